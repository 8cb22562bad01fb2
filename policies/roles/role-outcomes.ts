import type { Kloudfuse } from "../kloudfuse";
import { AFTER_THE_APPLY, distinct, finding, IN_ITS_OWN_PLAN, undeterminedOutcome } from "../outcomes";
import { type PlannedResource, quotedText } from "../plan";
import type { PolicyOutcome } from "../policy";
import { type RoleUse, roleUses, type UsedRole, usedRoles } from "./role-uses";

/** Evaluates each role of the plan; of a role that is not in it, says that `what` is undetermined. */
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

/** Says that the plan does not lead to the role; nothing where it does, or where no role is named. */
export function roleNotInPlan({ role, namedBy, path, service }: RoleUse, what: string): PolicyOutcome[] {
  const { kind, value } = role;
  if (kind === "linked" || kind === "absent" || service === undefined) {
    return [];
  }
  return typeof value === "string"
    ? [
        undeterminedOutcome(
          namedBy,
          `the plan does not have the role ${quotedText(namedBy, path, value)}: ${what} is undetermined`,
          IN_ITS_OWN_PLAN,
        ),
      ]
    : [undeterminedOutcome(namedBy, `${path} is not known before the apply: ${what} is undetermined`, AFTER_THE_APPLY)];
}

/** A finding where it is certain, else that it is undetermined. */
export const findingIf = (
  isCertain: boolean,
  resource: PlannedResource,
  found: string,
  remedy: string,
  doubt: string,
): PolicyOutcome =>
  isCertain ? finding(resource, found, remedy) : undeterminedOutcome(resource, `${found}, ${doubt}`, remedy);
