import type { Decision } from "../../iam/evaluate";
import { viaServiceNames } from "../../iam/partitions";
import { type Planned, UNKNOWN } from "../../iam/unknown";
import { displayText } from "../arn";
import { evaluateAction, type Identity, identityPoliciesOf } from "./evaluate-requests";
import type { Kloudfuse } from "../kloudfuse";
import { redactedText, SENSITIVE } from "../plan";
import type { PolicyOutcome } from "../policy";
import { isGranted } from "./kms-grants";
import { requestsOf } from "./requests";
import type { RoleRequests } from "./role-requests";
import { findingIf, roleNotInPlan } from "./role-outcomes";
import type { RoleStatement } from "./role-policies";
import { AFTER_THE_APPLY, distinct, IN_ITS_OWN_PLAN, undeterminedOutcome } from "../outcomes";

/** Reports the requests for some purposes that the roles' policies do not allow. */
export const checkRequests = (kloudfuse: Kloudfuse, purposes: readonly RoleRequests["purpose"][]): PolicyOutcome[] =>
  distinct(
    requestsOf(kloudfuse)
      .filter(({ purpose }) => purposes.includes(purpose))
      .flatMap((requests) => checkOne(kloudfuse, requests)),
  );

function checkOne(kloudfuse: Kloudfuse, requests: RoleRequests): PolicyOutcome[] {
  const { use, actions } = requests;
  if (use.role.kind === "absent") {
    return [];
  }
  const identity = identityPoliciesOf(kloudfuse, use);
  if (identity === undefined) {
    const what = `whether it allows ${actions.join(", ")} on ${displayedArn(requests)}`;
    return roleNotInPlan({ ...use, service: "firehose" }, what);
  }
  const decisions = actions
    .filter((action) => grantOf(kloudfuse, requests, action) !== true)
    .map((action) => ({
      action,
      decision: evaluateAction(kloudfuse, requests, action, { identity: identity.statements }),
    }));
  const of = (isIncluded: (decision: Decision<RoleStatement>) => boolean): typeof decisions =>
    decisions.filter(({ decision }) => isIncluded(decision));
  const explicit = of(({ reason }) => reason === "explicitDeny");
  const absent = of(
    ({ result, reason }) => result === "denied" && !["explicitDeny", "resourcePolicy"].includes(reason),
  );
  const mayBeGranted = absent.filter(({ action }) => grantOf(kloudfuse, requests, action) === UNKNOWN);
  const missing = absent.filter((one) => !mayBeGranted.includes(one));
  const open = [...of(({ result }) => result === "undetermined"), ...mayBeGranted];
  return [
    ...(missing.length > 0
      ? [
          missingOutcome(
            kloudfuse,
            requests,
            identity,
            missing.map(({ action }) => action),
          ),
        ]
      : []),
    ...(explicit.length > 0
      ? [
          report(
            requests,
            `the role cannot perform ${listOf(explicit)} on ${displayedArn(requests)}: ${statementNames(explicit)} denies it`,
            "Remove the Deny, or exclude the resource from it.",
          ),
        ]
      : []),
    ...(open.length > 0 ? [openOutcome(requests, identity, open)] : []),
  ];
}

/** Whether a KMS grant allows the action; always false if the plan has no key for the request. */
const grantOf = (kloudfuse: Kloudfuse, { key, use }: RoleRequests, action: string): Planned<boolean> =>
  key === undefined ? false : isGranted(kloudfuse, key, use.role, action);

type ActionDecisions = readonly { readonly action: string; readonly decision: Decision<RoleStatement> }[];

const listOf = (decided: ActionDecisions): string => decided.map(({ action }) => action).join(", ");

function missingOutcome(
  kloudfuse: Kloudfuse,
  requests: RoleRequests,
  { statements }: Identity,
  actions: readonly string[],
): PolicyOutcome {
  const { via, region, location } = requests;
  if (via === undefined) {
    return report(
      requests,
      `the role cannot perform ${actions.join(", ")} on ${displayedArn(requests)}`,
      `Allow ${actions.join(", ")} on it.`,
    );
  }
  const partition = location.partition === UNKNOWN ? undefined : location.partition;
  const service = region === UNKNOWN ? via : (viaServiceNames(via, region, partition)[0] ?? via);
  const found = `the role cannot perform ${actions.join(", ")} on ${displayedArn(requests)} through ${service}`;
  const elsewhere = actions.map((action) => ({
    action,
    decision: evaluateAction(kloudfuse, requests, action, { identity: statements }, true),
  }));
  return elsewhere.every(({ decision }) => decision.result !== "denied")
    ? report(
        requests,
        `${found}: ${statementNames(elsewhere)} allows it through other services`,
        `Add ${service} to the values of kms:ViaService.`,
      )
    : report(requests, found, `Allow ${actions.join(", ")} on it.`);
}

function openOutcome(requests: RoleRequests, { policies }: Identity, open: ActionDecisions): PolicyOutcome {
  const { namedBy } = requests.use;
  const whether = `whether the role can perform ${listOf(open)} on ${displayedArn(requests)}`;
  const doubt = requests.neededIf === undefined ? "" : `, which matters only if ${requests.neededIf}`;
  const conditions = [...new Set(open.flatMap(({ decision }) => conditionsOf(decision)))];
  const gaps = policies.filter(({ kind }) => kind !== "document").map(({ label }) => label);
  if (conditions.length > 0) {
    return undeterminedOutcome(
      namedBy,
      `${whether} depends on ${conditions.join(", ")}${doubt}`,
      "Make sure that the requests meet it.",
    );
  }
  return gaps.length > 0
    ? undeterminedOutcome(
        namedBy,
        `${whether} depends on ${gaps.join(", ")}, not in this plan${doubt}`,
        IN_ITS_OWN_PLAN,
      )
    : undeterminedOutcome(namedBy, `${whether} is not known before the apply${doubt}`, AFTER_THE_APPLY);
}

/** The known conditions whose result a plan does not determine. */
function conditionsOf({ conditions, statements }: Decision<RoleStatement>): string[] {
  return conditions.flatMap(({ operator, key, values }) =>
    key === UNKNOWN || values.includes(UNKNOWN)
      ? []
      : statements.some(({ policy }) => policy.owner.isSensitive(policy.path))
        ? [SENSITIVE]
        : [`${operator} ${key}`],
  );
}

/** The statements that decide, by their Sid and policy. */
function statementNames(decided: ActionDecisions): string {
  const names = decided.flatMap(({ decision }) => decision.statements.map(nameOf));
  return [...new Set(names)].join(", ");
}

function nameOf({ sid, policy }: RoleStatement): string {
  const { owner, path, label } = policy;
  return `${sid === "" ? "a statement" : redactedText(owner, path, sid)} of ${label}`;
}

const report = ({ use, neededIf }: RoleRequests, found: string, remedy: string): PolicyOutcome =>
  findingIf(neededIf === undefined, use.namedBy, found, remedy, `which matters only if ${neededIf ?? ""}`);

/** The ARN of the requested resource, for a message. */
export function displayedArn({ resourceArn, displayArn, readFrom }: RoleRequests): string {
  const text = displayArn ?? displayText(resourceArn);
  return readFrom.reduce((quoted, [resource, path]) => redactedText(resource, path, quoted), text);
}
