import { describe, type FirehoseContext, listStreamNames } from "../aws/find-streams";

/** Something of the region that works with a role. */
export interface RoleUser {
  readonly roleArn: string;
  /** What it is, for a reader: `delivery stream clicks`. */
  readonly user: string;
}

/**
 * The roles of the region's other delivery streams.
 *
 * @param own names of the streams to leave out
 * @throws UndeterminedError when AWS does not list or describe them
 */
export async function readRoleUsers(context: FirehoseContext, own: readonly string[]): Promise<RoleUser[]> {
  const users = new Array<RoleUser>();
  for await (const name of listStreamNames(context)) {
    // One by one: AWS describes five streams a second for an account.
    const description = own.includes(name) ? undefined : await describe(context, name);
    if (description !== undefined) {
      const roles = rolesIn(description.Destinations);
      users.push(...[...new Set(roles)].map((roleArn) => ({ roleArn, user: `delivery stream ${name}` })));
    }
  }
  return users;
}

/** Every role that a description names, whatever the kind of destination. */
function rolesIn(value: unknown): string[] {
  if (typeof value !== "object" || value === null) {
    return [];
  }
  return Object.entries(value).flatMap(([name, entry]: [string, unknown]) =>
    name === "RoleARN" && typeof entry === "string" ? [entry] : rolesIn(entry),
  );
}
