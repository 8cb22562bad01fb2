import type { Kloudfuse } from "./kloudfuse";
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
