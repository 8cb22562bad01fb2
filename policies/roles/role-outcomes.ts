import type { Kloudfuse } from "../kloudfuse";
import { AFTER_THE_APPLY, distinct, finding, IN_ITS_OWN_PLAN, undeterminedOutcome } from "../outcomes";
import { type PlannedResource, redactedText } from "../plan";
import type { PolicyOutcome } from "../policy";
import { type RoleUse, roleUses, type UsedRole, usedRoles } from "./role-uses";

/** Evaluates each role of the plan; reports that `what` is undetermined for a role that the plan does not have. */
export function perUsedRole(
  kloudfuse: Kloudfuse,
  what: string,
  evaluate: (used: UsedRole) => readonly PolicyOutcome[],
): PolicyOutcome[] {
  return [
    ...distinct(roleUses(kloudfuse).flatMap((use) => roleNotInPlan(use, what))),
    ...usedRoles(kloudfuse).flatMap((used) => distinct(evaluate(used))),
  ];
}

/** Reports that the plan does not have the role; nothing if it does, or if no role is named. */
export function roleNotInPlan({ role, namedBy, path, service }: RoleUse, what: string): PolicyOutcome[] {
  const { kind, value } = role;
  if (kind === "linked" || kind === "absent" || service === undefined) {
    return [];
  }
  return typeof value === "string"
    ? [
        undeterminedOutcome(
          namedBy,
          `the plan does not have the role ${redactedText(namedBy, path, value)}: ${what} is undetermined`,
          IN_ITS_OWN_PLAN,
        ),
      ]
    : [undeterminedOutcome(namedBy, `${path} is not known before the apply: ${what} is undetermined`, AFTER_THE_APPLY)];
}

/** A finding if it is certain, else an undetermined outcome. */
export const findingIf = (
  isCertain: boolean,
  resource: PlannedResource,
  found: string,
  remedy: string,
  doubt: string,
): PolicyOutcome =>
  isCertain ? finding(resource, found, remedy) : undeterminedOutcome(resource, `${found}, ${doubt}`, remedy);
