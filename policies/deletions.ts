import type { Kloudfuse } from "./kloudfuse";
import { finding } from "./outcomes";
import type { PlannedResource } from "./plan";
import type { PolicyOutcome } from "./policy";

/** The resources of a type that are replaced or destroyed. */
export function deletions({ deleted }: Kloudfuse, type: string): PolicyOutcome[] {
  return deleted
    .filter((resource) => resource.type === type)
    .map((resource) => finding(resource, deletion(resource), IF_INTENTIONAL));
}

/** What happens to a resource that the plan deletes. */
export const deletion = ({ isReplaced }: PlannedResource): string =>
  isReplaced ? "it is replaced" : "it is destroyed";

export const IF_INTENTIONAL = "If this is intentional, allow the policy by its id, with the reason.";

/** The resource that a plan creates with the same values at the paths, in the account and region of a deleted one. */
export const createdInPlaceOf = (
  { plan }: Kloudfuse,
  deleted: PlannedResource,
  paths: readonly [string, ...string[]],
): PlannedResource | undefined =>
  plan
    .withValue(deleted.type, paths[0], deleted.textBefore(paths[0]) ?? "")
    .filter(({ actions }) => actions.length === 1 && actions[0] === "create")
    .filter((other) => paths.every((path) => other.get(path) === deleted.textBefore(path)))
    .find(
      (other) =>
        plan.isSameAccount(deleted, other) && (deleted.region ?? other.region) === (other.region ?? deleted.region),
    );
