import { trustedServiceOf, TRUSTED_SERVICES } from "../../iam/trusted-services";
import type { OtherTrusted } from "../../iam/others";
import { AFTER_THE_APPLY, finding, undetermined } from "../outcomes";
import type { Outcome, Policy } from "../policy";
import { perUsedRole } from "../roles/role-outcomes";
import type { UsedRole } from "../roles/role-uses";
import { dependsOn, othersOf, passesWithoutSource, TRUST, type Trust, trusted, trustOf } from "../roles/trust";

export const iamConfusedDeputy: Policy = {
  id: "KFF-IAM-002",
  severity: "error",
  title: "The services can assume the role on behalf of this account only",
  why: "Without the condition, another account can make the service use this role for it: the confused deputy.",
  source: "Amazon Data Firehose, Controlling access; CloudWatch Logs, Confused deputy prevention",
  check: (kloudfuse) =>
    perUsedRole(kloudfuse, "on whose behalf it can be assumed", (used) => {
      const trust = trustOf(kloudfuse, used.role);
      return othersOf(kloudfuse, used).flatMap((other) => outcomesOf(used, trust, other));
    }),
};

function outcomesOf(used: UsedRole, trust: Trust, other: OtherTrusted): Outcome[] {
  const { role } = used;
  const { kind, principal, accountId, isCertain, conditions } = other;
  if (kind === "unknown") {
    return [undetermined(role, `${TRUST} is not known before the apply`, AFTER_THE_APPLY)];
  }
  if (kind !== "confusedDeputy") {
    return [];
  }
  const service = trustedServiceOf(principal, undefined);
  const condition = service === undefined ? "aws:SourceAccount" : TRUSTED_SERVICES[service];
  const remedy = `Require ${condition} of this account only.`;
  const account = accountId === undefined ? "any account" : `the account ${trusted(role, accountId)}`;
  const what = `${trusted(role, principal)} can assume the role on behalf of ${account}`;
  if (isCertain) {
    return [finding(role, what, remedy)];
  }
  return service !== undefined && passesWithoutSource(trust, service, used)
    ? [
        finding(
          role,
          `${trusted(role, principal)} can assume the role without saying for which account: a condition passes where its key is absent`,
          remedy,
        ),
      ]
    : [undetermined(role, dependsOn(role, `whether ${what}`, conditions), remedy)];
}
