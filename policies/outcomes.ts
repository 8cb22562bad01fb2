import { type Permissions, permissionsOf, type Statement, statements } from "./iam";
import type { Kloudfuse, Stream } from "./kloudfuse";
import { type PlannedResource, quoted, UNKNOWN } from "./plan";
import type { Outcome } from "./policy";

export function finding(resource: PlannedResource, found: string, remedy: string): Outcome {
  return { kind: "finding", address: resource.address, found, remedy };
}

export function unknown(resource: PlannedResource, what: string): Outcome {
  return {
    kind: "unknown",
    address: resource.address,
    found: `${what} is not known before the apply`,
    remedy: "Evaluate the plan again after the apply.",
  };
}

/** What a plan does not decide, although all of it is known. */
export function undetermined(resource: PlannedResource, found: string, remedy: string): Outcome {
  return { kind: "unknown", address: resource.address, found, remedy };
}

/** An attribute must hold; where it is not known, that is said. */
export function attribute(
  resource: PlannedResource,
  path: string,
  holds: (value: unknown) => boolean,
  remedy: string,
): Outcome[] {
  const value = resource.get(path);
  if (value === UNKNOWN) {
    return [unknown(resource, path)];
  }
  return holds(value) ? [] : [finding(resource, `${path} is ${quoted(resource, path)}`, remedy)];
}

/** Judges each role; a role that is not in the plan cannot be judged, and that is said. */
export function perRole(
  { streams, roles }: Kloudfuse,
  what: string,
  judge: (role: PlannedResource) => readonly Outcome[],
): Outcome[] {
  const elsewhere = streams.filter(({ role }) => role.resource === undefined);
  return [...elsewhere.map(({ resource }) => notInPlan(resource, `the role, and ${what}`)), ...roles.flatMap(judge)];
}

/** Judges what the role of each stream may do, as far as the plan tells. */
export function perPermissions(
  kloudfuse: Kloudfuse,
  judge: (stream: Stream, permissions: Permissions) => readonly Outcome[],
): Outcome[] {
  return kloudfuse.streams.flatMap((stream) => {
    const permissions = permissionsOf(kloudfuse, stream);
    if (permissions === UNKNOWN) {
      return [unknown(stream.resource, "the role")];
    }
    if (permissions.policies.length === 0) {
      return [notInPlan(stream.resource, "the role's policies")];
    }
    const outcomes = judge(stream, permissions);
    // What is missing so far may stand in a policy that is not known yet.
    return permissions.isComplete || outcomes.length === 0
      ? outcomes
      : [unknown(stream.resource, "what the role may do")];
  });
}

/** Judges each inline policy that comes with the streams. */
export function perOwnPolicy(
  kloudfuse: Kloudfuse,
  judge: (policy: PlannedResource, list: readonly Statement[]) => readonly Outcome[],
): Outcome[] {
  const policies = kloudfuse.streams.flatMap((stream) => {
    const permissions = permissionsOf(kloudfuse, stream);
    return permissions === UNKNOWN ? [] : permissions.policies;
  });
  const modules = new Set(kloudfuse.streams.map(({ resource }) => resource.moduleAddress));
  const own = [...new Set(policies)].filter(
    (policy) =>
      String(policy.text("name")).startsWith("Kloudfuse") ||
      (policy.moduleAddress !== "" && modules.has(policy.moduleAddress)),
  );
  return own.flatMap((policy) => {
    const list = statements(policy, "policy");
    return list === UNKNOWN ? [unknown(policy, "policy")] : judge(policy, list);
  });
}

/** Judges a resource that guards the backup bucket; where a bucket of the plan has none, that is a finding. */
export function perBucketGuard(
  { streams, buckets, related, plan }: Kloudfuse,
  type: string,
  judge: (guard: PlannedResource) => readonly Outcome[],
): Outcome[] {
  const elsewhere = streams.filter(({ bucket }) => bucket.resource === undefined);
  return [
    ...elsewhere.map(({ resource }) => notInPlan(resource, `the backup bucket, and its ${type}`)),
    ...buckets.flatMap((bucket) => {
      const { certain, possible } = related(type, "bucket", bucket);
      if (certain.length > 0) {
        return certain.flatMap(judge);
      }
      if (possible.length > 0) {
        return [unknown(bucket, `whether it has a ${type}`)];
      }
      return plan.isComplete ? [finding(bucket, `it has no ${type}`, "Add one.")] : [notInPlan(bucket, `its ${type}`)];
    }),
  ];
}

/** The resources of a type that are to be replaced or destroyed. */
export function deletions({ deleted }: Kloudfuse, type: string): Outcome[] {
  return deleted
    .filter((resource) => resource.type === type)
    .map((resource) => finding(resource, deletion(resource), IF_INTENTIONAL));
}

export const deletion = ({ actions }: PlannedResource): string =>
  actions.includes("create") ? "it is replaced" : "it is destroyed";

export const IF_INTENTIONAL = "If this is intentional, allow the policy by its id, with the reason.";

function notInPlan(resource: PlannedResource, what: string): Outcome {
  return {
    kind: "unknown",
    address: resource.address,
    found: `${what} are not in this plan, or not known before the apply`,
    remedy: "Evaluate the plan of the root that manages them.",
  };
}
