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

/** Somebody outside of the account whom the policy of a resource allows an action. */
export interface OutsideGrantee<S extends Statement = Statement> {
  /** `everyone`: `*`, or everybody whom `NotPrincipal` does not name; `account`: another account or its principal. */
  readonly kind: "everyone" | "account";
  /** As the policy names it, such as `AWS:*`. */
  readonly principal: string;
  readonly action: string;
  /** Whether they are allowed for certain; else a part that matters is not known. */
  readonly isCertain: boolean;
  readonly statement: S;
}

/** Everybody outside of the account whom a policy of a bucket, a key or a secret allows one of the actions. */
export function outsideGrantees<S extends Statement>(
  policy: Statements<S>,
  resource: string,
  location: AwsLocation,
  actions: readonly string[],
): readonly OutsideGrantee<S>[] {
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
      return principals.flatMap((principal): readonly OutsideGrantee<S>[] => {
        const alone = principal === undefined ? statement : only(statement, principal);
        const isEveryone = principal === undefined || principal.id === "*";
        const requesters: readonly Requester[] = isEveryone ? [...outsiders, { kind: "anonymous" }] : outsiders;
        const found = requesters.flatMap((requester) =>
          actions.map((action) => {
            const request = { action, resource, principal: requester, context: contextOf(requester) };
            const { applies } = matchStatement(alone, request, OF_RESOURCE);
            // Whom the policy names may choose what is not known of their requests.
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

export const OF_RESOURCE = { isResourcePolicy: true, hasBoundary: false };

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
  or(...denies.map((deny) => (deny === UNKNOWN ? UNKNOWN : matchStatement(deny, request, OF_RESOURCE).applies)));

function contextOf(requester: Requester): Request["context"] {
  const account = requester.kind === "account" ? requester.accountId : "anonymous";
  return new Map<string, ContextValue>([
    ["aws:principalaccount", [account]],
    ["kms:calleraccount", [account]],
    ["aws:securetransport", ["true"]],
    // From the internet: some address.
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

/** Whether the policy of a resource lets a role through whose own policies allow everything. */
export const decideByResource = (
  request: Request,
  resource: Statements,
  isSameAccount: Policies["isSameAccount"],
): Decision => evaluate(request, { identity: [ALLOW_EVERYTHING], resource, isSameAccount });

const BUCKET_ACTIONS = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"];
const OBJECT_ACTIONS = [...ACTIONS.backUp, "s3:DeleteObject"];
/** No list names the actions that S3 will have. */
const ANY_ACTION = "s3:AnyOtherAction";

/** Whether the policy of a bucket denies everybody every request without TLS, to the bucket and to its objects. */
export function refusesPlainHttp(policy: Statements, bucketArn: string, location: AwsLocation): Planned<boolean> {
  const requesters: readonly Requester[] = [
    { kind: "anonymous" },
    ...otherAccounts(policy, location.accountId).map((accountId): Requester => ({ kind: "account", accountId })),
    { kind: "account", accountId: location.accountId },
  ];
  const requests = [
    ...[...BUCKET_ACTIONS, ANY_ACTION].map((action) => ({ action, resource: bucketArn })),
    ...[...OBJECT_ACTIONS, ANY_ACTION].map((action) => ({ action, resource: `${bucketArn}/any/object` })),
  ];
  const isRefused = requesters.flatMap((principal) =>
    requests.map((request): Planned<boolean> => {
      const { reason } = evaluate(
        { ...request, principal, context: PLAIN_HTTP },
        // Allows everything else, so that a Deny alone decides.
        { identity: [], resource: [ALLOW_EVERYTHING, ...policy], isSameAccount: true },
      );
      return reason === "explicitDeny" || (reason === "possibleDeny" ? UNKNOWN : false);
    }),
  );
  return and(...isRefused);
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
