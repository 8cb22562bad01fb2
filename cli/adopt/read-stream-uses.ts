import { describeStream, type FirehoseContext, listStreamNames } from "../aws/find-streams";

/** Something of the region that works with a role. */
export interface RoleUser {
  readonly roleArn: string;
  /** What it is, for a reader: `delivery stream clicks`. */
  readonly user: string;
}

/** A delivery stream of the region that writes to a bucket. */
export interface BucketUser {
  readonly bucketArn: string;
  readonly user: string;
}

/** What other delivery streams use. */
export interface StreamUses {
  readonly roles: readonly RoleUser[];
  readonly buckets: readonly BucketUser[];
}

/**
 * The roles and buckets of the region's other delivery streams.
 *
 * @param own names of the streams to leave out
 * @throws UndeterminedError when AWS does not list or describe them
 */
export async function readStreamUses(context: FirehoseContext, own: readonly string[]): Promise<StreamUses> {
  const roles = new Array<RoleUser>();
  const buckets = new Array<BucketUser>();
  for await (const name of listStreamNames(context)) {
    // One by one: AWS describes five streams a second for an account.
    const description = own.includes(name) ? undefined : await describeStream(context, name);
    if (description !== undefined) {
      const user = `delivery stream ${name}`;
      roles.push(...arnsIn(description.Destinations, "RoleARN").map((roleArn) => ({ roleArn, user })));
      buckets.push(...arnsIn(description.Destinations, "BucketARN").map((bucketArn) => ({ bucketArn, user })));
    }
  }
  return { roles, buckets };
}

type ArnField = "RoleARN" | "BucketARN";

/** Every ARN that a description has in a field, once, whatever the kind of destination. */
const arnsIn = (value: unknown, field: ArnField): string[] => [...new Set(valuesOf(value, field))];

function valuesOf(value: unknown, field: ArnField): string[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, entry]: [string, unknown]) =>
    name === field && typeof entry === "string" ? [entry] : valuesOf(entry, field),
  );
}
