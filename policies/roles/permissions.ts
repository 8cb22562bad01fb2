import type { Decision } from "../../iam/evaluate";
import { viaServiceNames } from "../../iam/partitions";
import { type Planned, UNKNOWN } from "../../iam/unknown";
import { written } from "../arn";
import { decide, type Identity, identityPoliciesOf } from "./evaluate-requests";
import type { Kloudfuse } from "../kloudfuse";
import { quotedText, SENSITIVE } from "../plan";
import type { PolicyOutcome } from "../policy";
import { isGranted } from "./kms-grants";
import { requestsOf } from "./requests";
import type { RoleRequests } from "./role-requests";
import { findingIf, roleNotInPlan } from "./role-outcomes";
import type { Grant } from "./role-policies";
import { AFTER_THE_APPLY, distinct, IN_ITS_OWN_PLAN, undeterminedOutcome } from "../outcomes";

/** Says which of the requests for some purposes the roles' policies do not allow. */
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
    const what = `whether it allows ${actions.join(", ")} on ${shown(requests)}`;
    return roleNotInPlan({ ...use, service: "firehose" }, what);
  }
  const decisions = actions
    .filter((action) => grantOf(kloudfuse, requests, action) !== true)
    .map((action) => ({
      action,
      decision: decide(kloudfuse, requests, action, { identity: identity.statements }),
    }));
  const of = (isIncluded: (decision: Decision<Grant>) => boolean): typeof decisions =>
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
            `the role cannot ${listOf(explicit)} on ${shown(requests)}: ${statementNames(explicit)} denies it`,
            "Remove the Deny, or except the resource from it.",
          ),
        ]
      : []),
    ...(open.length > 0 ? [openOutcome(requests, identity, open)] : []),
  ];
}

/** Whether a grant of the key lets the role do it; of anything but a key of the plan, none does. */
const grantOf = (kloudfuse: Kloudfuse, { key, use }: RoleRequests, action: string): Planned<boolean> =>
  key === undefined ? false : isGranted(kloudfuse, key, use.role, action);

type ActionDecisions = readonly { readonly action: string; readonly decision: Decision<Grant> }[];

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
      `the role cannot ${actions.join(", ")} on ${shown(requests)}`,
      `Allow ${actions.join(", ")} on it.`,
    );
  }
  const partition = location.partition === UNKNOWN ? undefined : location.partition;
  const service = region === UNKNOWN ? via : (viaServiceNames(via, region, partition)[0] ?? via);
  const found = `the role cannot ${actions.join(", ")} on ${shown(requests)} through ${service}`;
  const elsewhere = actions.map((action) => ({
    action,
    decision: decide(kloudfuse, requests, action, { identity: statements }, true),
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
  const whether = `whether the role can ${listOf(open)} on ${shown(requests)}`;
  const doubt = requests.matters === undefined ? "" : `, which matters only if ${requests.matters}`;
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

/** The conditions that a plan does not decide, although it knows them. */
function conditionsOf({ conditions, statements }: Decision<Grant>): string[] {
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

function nameOf({ sid, policy }: Grant): string {
  const { owner, path, label } = policy;
  return `${sid === "" ? "a statement" : quotedText(owner, path, sid)} of ${label}`;
}

const report = ({ use, matters }: RoleRequests, found: string, remedy: string): PolicyOutcome =>
  findingIf(matters === undefined, use.namedBy, found, remedy, `which matters only if ${matters ?? ""}`);

/** The ARN of what is asked for, for a message. */
export function shown({ on, shownAs, readFrom }: RoleRequests): string {
  const text = shownAs ?? written(on);
  return readFrom.reduce((quoted, [resource, path]) => quotedText(resource, path, quoted), text);
}
