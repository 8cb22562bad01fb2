import { otherAccounts } from "./accounts";
import type { ContextValue } from "./context";
import { ACTIONS } from "./documented-actions";
import { type Decision, evaluate, type Policies, type Statements } from "./evaluate";
import { and, not, or } from "./logic";
import { matchStatement } from "./match";
import type { Requester } from "./principal";
import { ABSENT_SERVICE_KEYS, type AwsLocation, type Request } from "./request";
import type { Principal, Statement } from "./statement";
import { type Planned, UNKNOWN } from "./unknown";

/** A principal outside of the account that a resource-based policy grants an action. */
export interface ExternalGrantee<S extends Statement = Statement> {
  /** `everyone`: `*`, or everybody that `NotPrincipal` does not name; `account`: another account or its principal. */
  readonly kind: "everyone" | "account";
  /** As the policy names it, such as `AWS:*`. */
  readonly principal: string;
  readonly action: string;
  /** Whether the action is certainly granted; else a relevant part is not known. */
  readonly isCertain: boolean;
  readonly statement: S;
}

/** The principals outside of the account that the policy of a bucket, a key or a secret grants one of the actions. */
export function externalGrantees<S extends Statement>(
  policy: Statements<S>,
  resource: string,
  location: AwsLocation,
  actions: readonly string[],
): readonly ExternalGrantee<S>[] {
  const outsiders = otherAccounts(policy, location.accountId).map((accountId): Requester => ({
    kind: "account",
    accountId,
  }));
  const denies = policy.filter((statement) => statement === UNKNOWN || statement.effect === "Deny");
  return policy
    .filter((statement) => statement !== UNKNOWN)
    .filter(({ effect }) => effect === "Allow")
    .flatMap((statement) => {
      const { negated = false, ids = [] } = statement.principals ?? {};
      const principals = negated ? [undefined] : ids;
      return principals.flatMap((principal): readonly ExternalGrantee<S>[] => {
        const alone = principal === undefined ? statement : only(statement, principal);
        const isEveryone = principal === undefined || principal.id === "*";
        const requesters: readonly Requester[] = isEveryone ? [...outsiders, { kind: "anonymous" }] : outsiders;
        const found = requesters.flatMap((requester) =>
          actions.map((action) => {
            const request = { action, resource, principal: requester, context: contextOf(requester) };
            const { applies } = matchStatement(alone, request, RESOURCE_POLICY_ORIGIN);
            // A principal that the policy names can choose the unknown parts of its requests.
            const isNamed = isEveryone ? applies : applies !== false;
            return { action, isAllowed: and(isNamed, not(isDenied(denies, request))) };
          }),
        );
        const best =
          found.find(({ isAllowed }) => isAllowed === true) ?? found.find(({ isAllowed }) => isAllowed !== false);
        return best === undefined
          ? []
          : [
              {
                kind: isEveryone ? "everyone" : "account",
                principal: principal === undefined ? "NotPrincipal" : nameOf(principal),
                action: best.action,
                isCertain: best.isAllowed === true && !hasUnknown(alone),
                statement,
              },
            ];
      });
    });
}

export const RESOURCE_POLICY_ORIGIN = { isResourcePolicy: true, hasBoundary: false };

const only = (statement: Statement, principal: Principal): Statement => ({
  ...statement,
  principals: { negated: false, ids: [principal] },
});

const nameOf = ({ type, id }: Principal): string =>
  type === "*" ? "*" : `${type}:${id === UNKNOWN ? "(not known)" : id}`;

const hasUnknown = ({ actions, resources, principals, conditions }: Statement): boolean =>
  [...actions.values, ...(resources?.values ?? [])].includes(UNKNOWN) ||
  (principals?.ids ?? []).some(({ type, id }) => id === UNKNOWN || type === "CanonicalUser") ||
  conditions.some(({ key, values }) => key === UNKNOWN || values.includes(UNKNOWN));

const isDenied = (denies: Statements, request: Request): Planned<boolean> =>
  or(
    ...denies.map((deny) =>
      deny === UNKNOWN ? UNKNOWN : matchStatement(deny, request, RESOURCE_POLICY_ORIGIN).applies,
    ),
  );

function contextOf(requester: Requester): Request["context"] {
  const account = requester.kind === "account" ? requester.accountId : "anonymous";
  return new Map<string, ContextValue>([
    ["aws:principalaccount", [account]],
    ["kms:calleraccount", [account]],
    ["aws:securetransport", ["true"]],
    // Any address on the internet.
    ["aws:sourceip", [UNKNOWN]],
    ["aws:principalisawsservice", ["false"]],
    ...ABSENT_SERVICE_KEYS,
    ...(requester.kind === "anonymous"
      ? ([
          ["aws:principalarn", "absent"],
          ["aws:principalorgid", "absent"],
        ] as const)
      : []),
  ]);
}

/** Whether a resource-based policy allows a request, if the identity-based policies allow everything. */
export const evaluateResourcePolicy = (
  request: Request,
  resource: Statements,
  isSameAccount: Policies["isSameAccount"],
): Decision => evaluate(request, { identity: [ALLOW_EVERYTHING], resource, isSameAccount });

const OBJECT_ACTIONS = [...ACTIONS.backUp, "s3:DeleteObject"];
/** Stands for actions that S3 may add. */
const ANY_ACTION = "s3:AnyOtherAction";

/** Whether the policy of a bucket denies everybody all requests without TLS, to the bucket and to its objects. */
export function deniesRequestsWithoutTls(
  policy: Statements,
  bucketArn: string,
  location: AwsLocation,
): Planned<boolean> {
  const requesters: readonly Requester[] = [
    { kind: "anonymous" },
    ...otherAccounts(policy, location.accountId).map((accountId): Requester => ({ kind: "account", accountId })),
    { kind: "account", accountId: location.accountId },
  ];
  const requests = [
    ...[...ACTIONS.findBucket, ANY_ACTION].map((action) => ({ action, resource: bucketArn })),
    ...[...OBJECT_ACTIONS, ANY_ACTION].map((action) => ({ action, resource: `${bucketArn}/any/object` })),
  ];
  const isDeniedEach = requesters.flatMap((principal) =>
    requests.map((request): Planned<boolean> => {
      const { reason } = evaluate(
        { ...request, principal, context: PLAIN_HTTP },
        // Allows everything else, so that only a Deny decides.
        { identity: [], resource: [ALLOW_EVERYTHING, ...policy], isSameAccount: true },
      );
      return reason === "explicitDeny" || (reason === "possibleDeny" ? UNKNOWN : false);
    }),
  );
  return and(...isDeniedEach);
}

const PLAIN_HTTP: Request["context"] = new Map<string, ContextValue>([
  ["aws:securetransport", ["false"]],
  ["s3:tlsversion", "absent"],
]);

const ALLOW_EVERYTHING: Statement = {
  sid: "",
  effect: "Allow",
  actions: { negated: false, values: ["*"] },
  resources: { negated: false, values: ["*"] },
  principals: { negated: false, ids: [{ type: "*", id: "*" }] },
  conditions: [],
};
