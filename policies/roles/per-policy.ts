import { memoizedByObject } from "../../iam/memoized";
import { grantsOf } from "./grants";
import type { Kloudfuse } from "../kloudfuse";
import { AFTER_THE_APPLY, distinct, IN_ITS_OWN_PLAN, undeterminedOutcome } from "../outcomes";
import { redactedText } from "../plan";
import type { PolicyOutcome } from "../policy";
import { roleNotInPlan } from "./role-outcomes";
import { isFullAccess, type RolePolicy } from "./role-policies";
import { type RoleUse, roleUses, usedRoles } from "./role-uses";
import { identityPoliciesOf } from "./evaluate-requests";

/** Every policy of the roles, each once, wherever it comes from. */
export const policiesOf = memoizedByObject((kloudfuse: Kloudfuse): readonly RolePolicy[] => {
  const all = [
    ...usedRoles(kloudfuse).flatMap(({ role }) => grantsOf(kloudfuse, role).policies),
    ...roleUses(kloudfuse)
      .filter(isElsewhere)
      .flatMap((use) => identityPoliciesOf(kloudfuse, use)?.policies ?? [])
      .filter(({ kind }) => kind === "document"),
  ];
  const unique = new Map<string, RolePolicy>();
  for (const policy of all) {
    const key = `${policy.owner.address}|${policy.path}|${policy.label}`;
    if (unique.get(key)?.isCertain !== true) {
      unique.set(key, policy);
    }
  }
  return [...unique.values()];
});

const isElsewhere = ({ role, service }: RoleUse): boolean => role.kind === "elsewhere" && service !== undefined;

/** Evaluates each policy of the roles, and reports the policies whose document the plan does not have. */
export function perPolicy(
  kloudfuse: Kloudfuse,
  what: string,
  evaluate: (policy: RolePolicy) => readonly PolicyOutcome[],
): PolicyOutcome[] {
  return distinct([
    ...roleUses(kloudfuse).flatMap((use) => roleNotInPlan(use, what)),
    ...policiesOf(kloudfuse).flatMap((policy) => [
      ...withoutDocument(policy, what),
      ...evaluate(policy).map((outcome) => (policy.isCertain ? outcome : asUndetermined(outcome))),
    ]),
  ]);
}

function withoutDocument({ owner, path, kind, label, arn, document }: RolePolicy, what: string): PolicyOutcome[] {
  if (isFullAccess(arn)) {
    // KFF-IAM-009 reports it.
    return [];
  }
  switch (kind) {
    case "rest":
      // KFF-IAM-009 reports it.
      return [];
    case "awsManaged":
    case "elsewhere":
      return [
        undeterminedOutcome(
          owner,
          `the plan does not have the policy ${label}: ${what} is undetermined`,
          IN_ITS_OWN_PLAN,
        ),
      ];
    case "unknown":
    case "document":
      return document.isComplete || document.invalid !== undefined
        ? []
        : [
            undeterminedOutcome(
              owner,
              `${path} is not known before the apply: ${what} is undetermined`,
              AFTER_THE_APPLY,
            ),
          ];
  }
}

const asUndetermined = (outcome: PolicyOutcome): PolicyOutcome => ({
  ...outcome,
  kind: "unknown",
  found: `${outcome.found}, which matters only if it is a policy of the role`,
});

/** A text in a policy, for a message. */
export const textOfPolicy = ({ owner, path }: RolePolicy, text: string): string => redactedText(owner, path, text);

/** The name of a statement, for a message. */
export const statementName = (policy: RolePolicy, sid: string): string =>
  sid === "" ? "a statement" : textOfPolicy(policy, sid);
