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
