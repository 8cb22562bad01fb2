import { brokenRule, FLEET_LIMITS } from "./limits";
import { placeholderProblem, textAt } from "./placeholders";
import type { FleetTarget } from "./targets";

/**
 * A target that is read with another role than the one that deploys it. The external id is the deploying role's.
 *
 * @param label what the pattern is called where it comes from
 * @param pattern ARN of the role, with placeholders
 * @throws Error when the pattern is no ARN of a role, or has other placeholders than `{account}` and `{region}`
 */
export function readWithRole(target: FleetTarget, label: string, pattern: string): FleetTarget {
  const { externalId: _, ...rest } = target;
  const assumeRole = textAt(pattern, target);
  const problem = placeholderProblem(label, pattern) ?? brokenRule(label, assumeRole, FLEET_LIMITS.assumeRole)?.problem;
  if (problem !== undefined) {
    throw new Error(problem);
  }
  return { ...rest, assumeRole };
}
