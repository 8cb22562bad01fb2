import { otherAccounts, textsOf } from "./accounts";
import { confusedDeputy } from "./confused-deputy";
import type { ContextValue } from "./context";
import { ASSUME_ACTIONS } from "./documented-actions";
import type { Statements } from "./evaluate";
import type { OtherTrustedPrincipal, TrustedPrincipal } from "./trusted-principal";
import { accountNamedBy, type Requester } from "./principal";
import { ABSENT_SERVICE_KEYS, type AwsLocation, type Request } from "./request";
import type { Principal, Statement, Value } from "./statement";
import { evaluateTrust, serviceRequest } from "./trust";
import { logsRegionOf, TRUSTED_SERVICE_NAMES, type TrustedService, trustedServiceOf } from "./trusted-services";
import { type Planned, UNKNOWN } from "./unknown";

/**
 * The principals that can assume a role, other than the services that the role is for, on behalf of the location's
 * account.
 *
 * @param services the services that the role is for; by default those of the delivery role
 */
export function otherTrustedPrincipals<S extends Statement>(
  trust: Statements<S>,
  location: AwsLocation,
  services: readonly TrustedService[] = TRUSTED_SERVICE_NAMES,
): readonly OtherTrustedPrincipal<S>[] {
  const known = trust.filter((statement) => statement !== UNKNOWN);
  const denies = trust.filter((statement) => statement === UNKNOWN || statement.effect === "Deny");
  const unknown: readonly OtherTrustedPrincipal<S>[] =
    known.length < trust.length
      ? [{ kind: "unknown", principal: "not known", isCertain: false, statement: undefined, conditions: [] }]
      : [];
  const others = known
    .filter(({ effect }) => effect === "Allow")
    .flatMap((statement) => {
      const { negated = false, ids = [] } = statement.principals ?? {};
      const trusted = negated
        ? everyone("NotPrincipal", [statement, ...denies], location, services)
        : ids.flatMap((principal) => {
            const alone = { ...statement, principals: { negated: false, ids: [principal] } };
            return trustedBy(principal, [alone, ...denies], location, services);
          });
      return trusted.map((each) => ({ ...each, statement }));
    });
  return [...unknown, ...others];
}

/** @param trust a statement that names only the principal, and the statements that deny */
function trustedBy(
  principal: Principal,
  trust: Statements,
  location: AwsLocation,
  services: readonly TrustedService[],
): readonly TrustedPrincipal[] {
  const { type, id } = principal;
  const name = nameOf(principal);
  if (type === "*" || (type === "AWS" && id === "*")) {
    return everyone(type === "*" ? "*" : name, trust, location, services);
  }
  switch (type) {
    case "Service": {
      const partition = location.partition === UNKNOWN ? undefined : location.partition;
      const service = trustedServiceOf(name, partition, services);
      if (service !== undefined) {
        return confusedDeputy(service, name, trust, { ...location, region: logsRegionOf(name) ?? location.region });
      }
      // A wildcard in a service's name is not documented.
      return named("service", name, serviceRequests(isPattern(id) ? UNKNOWN : id, trust, location), trust);
    }
    case "Federated":
      return named("federated", name, federatedRequests(id), trust);
    case "AWS":
    case "CanonicalUser":
      return named("principal", name, awsRequests(id, trust, location), trust);
  }
}

const isPattern = (id: Value): boolean => id !== UNKNOWN && /[*?]/.test(id);

const nameOf = ({ type, id }: Principal): string => `${type}:${id === UNKNOWN ? "(not known)" : id}`;

/** A principal that the policy names, and that can choose the unknown parts of its requests. */
function named(
  kind: OtherTrustedPrincipal["kind"],
  principal: string,
  requests: readonly Request[],
  trust: Statements,
): readonly TrustedPrincipal[] {
  const possible = requests.flatMap((request) => {
    const { result, reason, conditions } = evaluateTrust(trust, request);
    const isCertain =
      result === "allowed" || (reason === "possibleAllow" && !trust.some((each) => hasUnknown(each, request)));
    return result === "denied" ? [] : [{ kind, principal, isCertain, conditions }];
  });
  return mostCertain(possible);
}

function mostCertain(trusted: readonly TrustedPrincipal[]): readonly TrustedPrincipal[] {
  const best = trusted.find(({ isCertain }) => isCertain) ?? trusted[0];
  return best === undefined ? [] : [best];
}

/** Whether a part of the statement itself, and not only of the request, is not known. */
function hasUnknown(statement: Planned<Statement>, { principal }: Request): boolean {
  if (statement === UNKNOWN) {
    return true;
  }
  const { actions, principals, conditions } = statement;
  const isServiceKnown = principals?.ids.every(
    ({ type, id }) => type !== "Service" || (id !== UNKNOWN && !isPattern(id)),
  );
  return (
    actions.values.includes(UNKNOWN) ||
    (isServiceKnown === false && principal.kind === "service") ||
    conditions.some(({ key, values }) => key === UNKNOWN || values.includes(UNKNOWN))
  );
}

/** `*` trusts every kind of principal: evaluates one of each kind, and the services that the policy names. */
function everyone(
  principal: string,
  trust: Statements,
  location: AwsLocation,
  services: readonly TrustedService[],
): readonly TrustedPrincipal[] {
  const requests = [
    ...awsRequests(UNKNOWN, trust, location),
    ...["another-service.amazonaws.com", ...otherServices(trust, services)].flatMap((name) =>
      serviceRequests(name, trust, location),
    ),
    ...federatedRequests(UNKNOWN),
  ];
  const deputies = services.flatMap((service) => confusedDeputy(service, principal, trust, location));
  return mostCertain([...named("everyone", principal, requests, trust), ...deputies]);
}

/** The strings in a policy that may be names of services, except for those that the role is for. */
const otherServices = (trust: Statements, services: readonly TrustedService[]): readonly string[] =>
  textsOf(trust)
    .map((text) => text.replaceAll(/[*?]/g, "x"))
    .filter((name) => trustedServiceOf(`Service:${name}`, undefined, services) === undefined);

/** Requests of another service, which acts for this account or for others, and may not send the account. */
function serviceRequests(name: Planned<string>, trust: Statements, { accountId }: AwsLocation): readonly Request[] {
  const accounts: readonly Planned<string>[] = [accountId, ...otherAccounts(trust, accountId)];
  return [
    serviceRequest([name], [["aws:sourceaccount", "absent"] as const, ["aws:sourcearn", "absent"] as const]),
    ...accounts.map((account) => serviceRequest([name], [["aws:sourceaccount", [account]]])),
  ];
}

function awsRequests(id: Planned<string>, trust: Statements, { accountId }: AwsLocation): readonly Request[] {
  const named = id === UNKNOWN ? undefined : /(?:^|:)([0-9]{12})(?::|$)/.exec(id)?.[1];
  const accounts: readonly Planned<string>[] =
    named === undefined ? [...otherAccounts(trust, accountId), accountId] : [named];
  const arn = id === UNKNOWN || accountNamedBy(id) !== undefined ? undefined : id;
  return accounts.map((account) => assumeRole({ kind: "account", accountId: account, arn }));
}

function assumeRole(principal: Requester & { readonly kind: "account" }): Request {
  return {
    action: ASSUME_ACTIONS.assumeRole,
    resource: UNKNOWN,
    principal,
    context: new Map<string, ContextValue>([
      ["aws:securetransport", ["true"]],
      ["aws:principalaccount", [principal.accountId]],
      ["aws:principalisawsservice", ["false"]],
      ...ABSENT_SERVICE_KEYS,
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
