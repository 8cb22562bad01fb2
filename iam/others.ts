import { otherAccounts } from "./accounts";
import { confusedDeputy } from "./confused-deputy";
import type { ContextValue } from "./context";
import type { Statements } from "./evaluate";
import { and } from "./logic";
import { matchStatement } from "./match";
import type { Requester } from "./principal";
import type { AwsLocation, Request } from "./request";
import type { Condition, Principal, Statement, Value } from "./statement";
import { ASSUME_ACTIONS, decideTrust, OF_TRUST, serviceRequest } from "./trust";
import { TRUSTED_SERVICE_NAMES, trustedServiceOf } from "./trusted-services";
import { type Planned, UNKNOWN } from "./unknown";

/** Somebody beside the two services, on behalf of this account, who may assume the role. */
export interface OtherTrusted<S extends Statement = Statement> {
  /**
   * - `principal`: a principal of AWS, such as an account, a user or another role
   * - `everyone`: `*`, or everybody whom `NotPrincipal` does not name
   * - `service`: another service
   * - `federated`: people or programs whom an identity provider vouches for
   * - `confusedDeputy`: Firehose or CloudWatch Logs on behalf of another account
   * - `unknown`: not known
   */
  readonly kind: "principal" | "everyone" | "service" | "federated" | "confusedDeputy" | "unknown";
  /** As the policy names it, such as `AWS:*` or `Service:logs.amazonaws.com`. */
  readonly principal: string;
  /** Another account on whose behalf the service may assume the role, where one is known. */
  readonly accountId?: string;
  /** Whether they may for certain; else a part that matters is not known. */
  readonly isCertain: boolean;
  /** Undefined where a policy is not known. */
  readonly statement: S | undefined;
  /** The conditions that could not be determined. */
  readonly conditions: readonly Condition[];
}

/** Everybody who may assume the role beside Firehose and CloudWatch Logs on behalf of the location's account. */
export function otherTrusted<S extends Statement>(
  trust: Statements<S>,
  location: AwsLocation,
): readonly OtherTrusted<S>[] {
  const known = trust.filter((statement) => statement !== UNKNOWN);
  const denies = trust.filter((statement) => statement === UNKNOWN || statement.effect === "Deny");
  const unknown: readonly OtherTrusted<S>[] =
    known.length < trust.length
      ? [{ kind: "unknown", principal: "not known", isCertain: false, statement: undefined, conditions: [] }]
      : [];
  const others = known
    .filter(({ effect }) => effect === "Allow")
    .flatMap((statement) => {
      const rest = [statement, ...denies];
      const { negated = false, ids = [] } = statement.principals ?? {};
      return negated
        ? everyone("NotPrincipal", rest, statement, location)
        : ids.flatMap((principal) => trustedBy(principal, rest, statement, location));
    });
  return [...unknown, ...others];
}

function trustedBy<S extends Statement>(
  principal: Principal,
  trust: Statements<S>,
  statement: S,
  location: AwsLocation,
): readonly OtherTrusted<S>[] {
  const { type, id } = principal;
  const name = nameOf(principal);
  const alone = { ...statement, principals: { negated: false, ids: [principal] } };
  if (type === "*" || (type === "AWS" && id === "*")) {
    return everyone(type === "*" ? "*" : name, trust, statement, location);
  }
  const others = (kind: OtherTrusted["kind"], requests: readonly Request[]): readonly OtherTrusted<S>[] =>
    named(kind, name, requests, trust, statement, alone);
  switch (type) {
    case "Service": {
      const partition = location.partition === UNKNOWN ? undefined : location.partition;
      const service = id === UNKNOWN ? undefined : trustedServiceOf(name, partition);
      if (service !== undefined) {
        return confusedDeputy(service, name, trust, statement, alone, location);
      }
      // A wildcard in a service's name is not documented.
      return others("service", serviceRequests(isPattern(id) ? UNKNOWN : id, trust, location));
    }
    case "Federated":
      return others("federated", federatedRequests(id));
    case "AWS":
    case "CanonicalUser":
      return others(
        "principal",
        awsRequesters(id, trust, location).map((requester) => assumeRole(requester)),
      );
  }
}

const isPattern = (id: Value): boolean => id !== UNKNOWN && /[*?]/.test(id);

const nameOf = ({ type, id }: Principal): string => `${type}:${id === UNKNOWN ? "(not known)" : id}`;

/** Somebody whom the policy names: what is not known of their requests, they may choose. */
function named<S extends Statement>(
  kind: OtherTrusted["kind"],
  principal: string,
  requests: readonly Request[],
  trust: Statements<S>,
  statement: S,
  alone: Statement,
): readonly OtherTrusted<S>[] {
  const found = requests.map((request) => {
    const { applies } = matchStatement(alone, request, OF_TRUST);
    const decision = decideTrust(trust, request);
    const isPossible = and(applies !== false, decision.result !== "denied");
    const isCertain =
      decision.result === "allowed" || (decision.reason === "possibleAllow" && !hasUnknown(alone, request));
    return { isPossible, isCertain: isPossible === true && isCertain, decision };
  });
  const [best] = [...found.filter(({ isCertain }) => isCertain), ...found.filter(({ isPossible }) => isPossible)];
  return best === undefined
    ? []
    : [{ kind, principal, isCertain: best.isCertain, statement, conditions: best.decision.conditions }];
}

/** Whether a part of the statement itself is not known, and not only of the request. */
function hasUnknown({ actions, principals, conditions }: Statement, { principal }: Request): boolean {
  const isServiceKnown = principals?.ids.every(
    ({ type, id }) => type !== "Service" || (id !== UNKNOWN && !isPattern(id)),
  );
  return (
    actions.values.includes(UNKNOWN) ||
    (isServiceKnown === false && principal.kind === "service") ||
    conditions.some(({ key, values }) => key === UNKNOWN || values.includes(UNKNOWN))
  );
}

/** `*` trusts every kind of principal; one of each kind is tried. */
function everyone<S extends Statement>(
  principal: string,
  trust: Statements<S>,
  statement: S,
  location: AwsLocation,
): readonly OtherTrusted<S>[] {
  const requests = [
    ...awsRequesters(UNKNOWN, trust, location).map((requester) => assumeRole(requester)),
    ...serviceRequests("another-service.amazonaws.com", trust, location),
    ...federatedRequests(UNKNOWN),
  ];
  const found = named("everyone", principal, requests, trust, statement, statement);
  const deputies = TRUSTED_SERVICE_NAMES.flatMap((service) =>
    confusedDeputy(service, principal, trust, statement, statement, location),
  );
  return [...found, ...deputies].sort((a, b) => Number(b.isCertain) - Number(a.isCertain)).slice(0, 1);
}

/** Another service works for our account or for others, and may not say for which. */
function serviceRequests(name: Planned<string>, trust: Statements, { accountId }: AwsLocation): readonly Request[] {
  const accounts: readonly Planned<string>[] = [accountId, ...otherAccounts(trust, accountId)];
  return [
    serviceRequest([name], [["aws:sourceaccount", "absent"] as const, ["aws:sourcearn", "absent"] as const]),
    ...accounts.map((account) => serviceRequest([name], [["aws:sourceaccount", [account]]])),
  ];
}

function awsRequesters(id: Planned<string>, trust: Statements, { accountId }: AwsLocation): readonly Requester[] {
  const named = id === UNKNOWN ? undefined : /(?:^|:)([0-9]{12})(?::|$)/.exec(id)?.[1];
  const accounts: readonly Planned<string>[] =
    named === undefined ? [...otherAccounts(trust, accountId), accountId] : [named];
  return accounts.map((account): Requester => ({
    kind: "account",
    accountId: account,
    arn: isUser(id) ? id : undefined,
  }));
}

const isUser = (id: Planned<string>): id is string =>
  id !== UNKNOWN && !/^(arn:[^:]+:iam::)?[0-9]{12}(:root)?$/.test(id);

function assumeRole(requester: Requester): Request {
  const accountId = requester.kind === "account" ? requester.accountId : UNKNOWN;
  return {
    action: ASSUME_ACTIONS.assumeRole,
    resource: UNKNOWN,
    principal: requester,
    context: new Map<string, ContextValue>([
      ["aws:securetransport", ["true"]],
      ["aws:principalaccount", [accountId]],
      ["aws:principalisawsservice", ["false"]],
      ["aws:principalservicename", "absent"],
      ["aws:principalservicenameslist", "absent"],
      ["aws:sourceaccount", "absent"],
      ["aws:sourcearn", "absent"],
      ["aws:sourceorgid", "absent"],
      ["aws:sourceorgpaths", "absent"],
    ]),
  };
}

const federatedRequests = (id: Planned<string>): readonly Request[] =>
  [ASSUME_ACTIONS.webIdentity, ASSUME_ACTIONS.saml].map((action) => ({
    action,
    resource: UNKNOWN,
    principal: { kind: "federated", provider: id },
    context: new Map(),
  }));
