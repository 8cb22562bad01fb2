import { describeStream, type FirehoseContext, listStreamNames } from "../aws/find-streams";

/** A resource of the region that uses a role. */
export interface RoleUser {
  readonly roleArn: string;
  /** The resource, for messages: `delivery stream clicks`. */
  readonly user: string;
}

/** A delivery stream of the region that writes to a bucket. */
export interface BucketUser {
  readonly bucketArn: string;
  readonly user: string;
}

/** The roles and buckets that other delivery streams use. */
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
    // Sequentially: AWS allows five DescribeDeliveryStream requests a second for an account.
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

/** Every distinct ARN in a field of a description, for any type of destination. */
const arnsIn = (value: unknown, field: ArnField): string[] => [...new Set(valuesOf(value, field))];

function valuesOf(value: unknown, field: ArnField): string[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, entry]: [string, unknown]) =>
    name === field && typeof entry === "string" ? [entry] : valuesOf(entry, field),
  );
}
