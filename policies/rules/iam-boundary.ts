import { UNKNOWN } from "../../iam/unknown";
import { evaluateAction } from "../roles/evaluate-requests";
import { boundaryOf } from "../roles/grants";
import type { Kloudfuse } from "../kloudfuse";
import { AFTER_THE_APPLY, finding, IN_ITS_OWN_PLAN, undeterminedOutcome } from "../outcomes";
import { displayedArn } from "../roles/permissions";
import type { PolicyOutcome, Policy } from "../policy";
import { requestsOfRole } from "../roles/requests";
import type { RoleRequests } from "../roles/role-requests";
import { perUsedRole } from "../roles/role-outcomes";
import { allowing, type RolePolicy, statementsOf } from "../roles/role-policies";
import type { UsedRole } from "../roles/role-uses";

export const iamBoundary: Policy = {
  id: "KFF-IAM-012",
  severity: "error",
  title: "The permissions boundary allows what the role needs",
  why: "A boundary blocks what the role's policies allow, and no error shows it before the first record.",
  source: "AWS IAM, Permissions boundaries for IAM entities",
  check: (kloudfuse) =>
    perUsedRole(kloudfuse, "its permissions boundary", ({ role }) => {
      const boundary = boundaryOf(kloudfuse, role);
      return boundary === undefined ? [] : ofBoundary(kloudfuse, role, boundary);
    }),
};

function ofBoundary(kloudfuse: Kloudfuse, role: UsedRole["role"], boundary: RolePolicy): PolicyOutcome[] {
  if (boundary.document.invalid !== undefined) {
    return [
      finding(boundary.owner, `policy is not a policy document: ${boundary.document.invalid}`, "Correct the document."),
    ];
  }
  const statements = statementsOf([boundary]);
  const needed = requestsOfRole(kloudfuse, role).map((requests) =>
    evaluateBoundary(kloudfuse, requests, statements, boundary),
  );
  const blocked = needed.flatMap((requests) => outcomeOf(role, requests));
  // If the boundary is not known, one outcome is enough.
  return statements.every((statement) => statement === UNKNOWN) || boundary.kind !== "document"
    ? blocked
        .slice(0, 1)
        .map(() =>
          boundary.kind === "unknown" || boundary.kind === "document"
            ? undeterminedOutcome(role, "the permissions boundary is not known before the apply", AFTER_THE_APPLY)
            : undeterminedOutcome(
                role,
                `the plan does not have the permissions boundary ${boundary.label}`,
                IN_ITS_OWN_PLAN,
              ),
        )
    : blocked;
}

interface BoundaryDecision {
  readonly requests: RoleRequests;
  readonly denied: readonly string[];
  readonly open: readonly string[];
}

/** Evaluates requests by the boundary, if the role's policies allow everything. */
function evaluateBoundary(
  kloudfuse: Kloudfuse,
  requests: RoleRequests,
  boundary: ReturnType<typeof statementsOf>,
  policy: RolePolicy,
): BoundaryDecision {
  const identity = [{ ...allowing("*"), policy }];
  const decisions = requests.actions.map((action) => ({
    action,
    ...evaluateAction(kloudfuse, { ...requests, policyHolders: [] }, action, { identity, boundary }),
  }));
  const of = (result: string): string[] =>
    decisions.filter((decision) => decision.result === result).map(({ action }) => action);
  return { requests, denied: of("denied"), open: of("undetermined") };
}

function outcomeOf(role: UsedRole["role"], { requests, denied, open }: BoundaryDecision): PolicyOutcome[] {
  const { neededIf } = requests;
  const doubt = neededIf === undefined ? "" : `, which matters only if ${neededIf}`;
  const found = `the permissions boundary does not allow ${denied.join(", ")} on ${displayedArn(requests)}`;
  const remedy = `Allow ${denied.join(", ")} in the boundary.`;
  return [
    ...(denied.length === 0
      ? []
      : [
          neededIf === undefined ? finding(role, found, remedy) : undeterminedOutcome(role, `${found}${doubt}`, remedy),
        ]),
    ...(open.length === 0
      ? []
      : [
          undeterminedOutcome(
            role,
            `whether the permissions boundary allows ${open.join(", ")} on ${displayedArn(requests)} is not known before the apply${doubt}`,
            AFTER_THE_APPLY,
          ),
        ]),
  ];
}
