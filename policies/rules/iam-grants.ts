import { evaluateAction } from "../roles/evaluate-requests";
import { grantsOf } from "../roles/grants";
import type { Kloudfuse } from "../kloudfuse";
import { type LostPolicy, lostPolicies } from "../roles/lost-policies";
import { finding, IN_ITS_OWN_PLAN, undeterminedOutcome } from "../outcomes";
import type { PolicyOutcome, Policy } from "../policy";
import { displayedArn } from "../roles/permissions";
import { requestsOfRole } from "../roles/requests";
import { perUsedRole } from "../roles/role-outcomes";
import { statementsOf } from "../roles/role-policies";
import type { UsedRole } from "../roles/role-uses";

export const iamGrants: Policy = {
  id: "KFF-IAM-011",
  severity: "error",
  title: "The role grants what the streams need and loses no policy",
  why: "A role without its policy deploys cleanly, and every record and every backup fails.",
  source: "Guide, step 1; Amazon Data Firehose, Controlling access",
  check: (kloudfuse) => perUsedRole(kloudfuse, "what it grants", (used) => ofRole(kloudfuse, used)),
};

function ofRole(kloudfuse: Kloudfuse, { role }: UsedRole): PolicyOutcome[] {
  const { policies } = grantsOf(kloudfuse, role);
  const invalid = policies.flatMap(({ owner, path, document }) =>
    document.invalid === undefined
      ? []
      : [finding(owner, `${path} is not a policy document: ${document.invalid}`, "Correct the document.")],
  );
  const lost = lostPolicies(kloudfuse, role).flatMap((policy) => lossOf(kloudfuse, policy, role));
  const isEmpty = policies.length === 0 && lost.every(({ kind }) => kind === "unknown");
  if (!isEmpty) {
    return [...invalid, ...lost];
  }
  return kloudfuse.plan.isComplete
    ? [finding(role, "the role has no policy", "Attach a policy with the documented permissions.")]
    : [
        undeterminedOutcome(
          role,
          "the plan does not have the role's policies",
          "Evaluate a plan of the whole root module.",
        ),
      ];
}

/** Reports the permissions that the streams need and that the role loses with a policy. */
function lossOf(kloudfuse: Kloudfuse, { policy, by, how }: LostPolicy, role: UsedRole["role"]): PolicyOutcome[] {
  const left = statementsOf(grantsOf(kloudfuse, role).policies);
  const before = statementsOf([policy]);
  const lost = requestsOfRole(kloudfuse, role).flatMap((requests) =>
    requests.actions.flatMap((action) => {
      const isLost = evaluateAction(kloudfuse, requests, action, { identity: left }).result === "denied";
      const had = isLost ? evaluateAction(kloudfuse, requests, action, { identity: before }).result : "denied";
      return had === "denied" ? [] : [{ text: `${action} on ${displayedArn(requests)}`, isCertain: had === "allowed" }];
    }),
  );
  const [certain, possible] = [lost.filter(({ isCertain }) => isCertain), lost.filter(({ isCertain }) => !isCertain)];
  return [
    ...(certain.length > 0
      ? [finding(by, `${how}, and nothing else grants the role ${listed(certain)}`, "Keep the policy, or replace it.")]
      : []),
    ...(possible.length > 0 && certain.length === 0
      ? [
          undeterminedOutcome(
            by,
            `${how}, which may be the only policy that grants the role ${listed(possible)}`,
            IN_ITS_OWN_PLAN,
          ),
        ]
      : []),
  ];
}

const MAX_LISTED = 3;

function listed(lost: readonly { readonly text: string }[]): string {
  const texts = [...new Set(lost.map(({ text }) => text))];
  const more = texts.length - MAX_LISTED;
  return `${texts.slice(0, MAX_LISTED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
