import type { Decision } from "../../iam/evaluate";
import { otherTrustedPrincipals } from "../../iam/other-trusted-principals";
import type { OtherTrustedPrincipal } from "../../iam/trusted-principal";
import { mayAssume } from "../../iam/trust";
import {
  globalName,
  principalOf,
  TRUSTED_SERVICE_NAMES,
  TRUSTED_SERVICES,
  type TrustedService,
  trustedServiceOf,
} from "../../iam/trusted-services";
import { ok, type Outcome, problem, unknown } from "../checks/check";
import { conditionTexts, type NamedStatement } from "./rules";

/** Partition, region and account of the role and the streams. */
export interface RoleLocation {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** The services as checks name them. */
const SERVICE_NAMES = {
  firehose: "firehose",
  logs: "logs",
  metricStreams: "metric streams",
} as const satisfies Record<TrustedService, string>;

/**
 * Whether exactly the documented services may assume the role, each on behalf of this account only.
 *
 * @param uses the services that use the role
 */
export function trustOutcomes(
  rules: readonly NamedStatement[],
  location: RoleLocation,
  uses: readonly TrustedService[] = TRUSTED_SERVICE_NAMES,
): Outcome[] {
  const services = servicesOf(uses);
  const others = otherTrustedPrincipals(rules, location, services);
  return [
    ...services.map((service) =>
      uses.includes(service) || mayAssume(rules, service, location).result !== "denied"
        ? serviceOutcome(service, rules, others, location, services)
        : ok(
            `trust of ${SERVICE_NAMES[service]}`,
            "not trusted, and not needed: no logs stream that was checked uses the role",
          ),
    ),
    othersOutcome(others, location, services),
  ];
}

/** The services that a role may trust: CloudWatch Logs may use the delivery role too, to put records on the stream. */
const servicesOf = (uses: readonly TrustedService[]): readonly TrustedService[] => [
  ...new Set([...(uses.includes("firehose") ? TRUSTED_SERVICE_NAMES : []), ...uses]),
];

/** The service that the policy allows to use the role on behalf of another account, if any. */
const deputyOf = (
  { kind, principal }: OtherTrustedPrincipal,
  { partition }: Pick<RoleLocation, "partition">,
  services: readonly TrustedService[],
): TrustedService | undefined =>
  kind === "confusedDeputy" ? trustedServiceOf(principal, partition, services) : undefined;

function serviceOutcome(
  service: TrustedService,
  rules: readonly NamedStatement[],
  others: readonly OtherTrustedPrincipal[],
  location: RoleLocation,
  services: readonly TrustedService[],
): Outcome {
  const name = `trust of ${SERVICE_NAMES[service]}`;
  const host = hostOf(service, rules, location);
  const decision = mayAssume(rules, service, location);
  if (decision.result === "denied") {
    return problem(name, ...refusal(service, rules, decision, host, location));
  }
  const deputies = others.filter((other) => deputyOf(other, location, services) === service);
  const remedy = `Set the condition to ${documentedCondition(service, location)}.`;
  const deputy = deputies.find(({ isCertain }) => isCertain);
  if (deputy !== undefined) {
    const { accountId } = deputy;
    const whose = accountId === undefined ? "from any account" : `also from account ${accountId}`;
    return problem(name, `${host}, ${whose} (confused deputy)`, remedy);
  }
  if (decision.result === "undetermined") {
    const conditions = conditionTexts(decision.conditions);
    return unknown(
      name,
      decision.reason === "possibleDeny"
        ? `${host}, unless the trust policy denies it under ${conditions}`
        : `${host}, under ${conditions}`,
      `Make sure that ${host} can assume the role; documented is ${documentedCondition(service, location)}.`,
    );
  }
  const [possible] = deputies;
  return possible === undefined
    ? ok(name, `${host}, for this account only`)
    : unknown(name, `${host}, possibly also from other accounts (confused deputy)`, remedy);
}

/** The name of the service in the policy, because AWS has several for some services. */
function hostOf(service: TrustedService, rules: readonly NamedStatement[], { partition }: RoleLocation): string {
  const named = rules
    .flatMap(({ principals }) => principals?.ids ?? [])
    .filter(({ type }) => type === "Service")
    .map(({ id }) => String(id))
    .find((id) => trustedServiceOf(`Service:${id}`, partition, [service]) === service);
  return named === undefined ? principalOf(service, partition) : globalName(named);
}

/** Why a service may not assume the role, and what to do. */
function refusal(
  service: TrustedService,
  rules: readonly NamedStatement[],
  { reason }: Decision,
  host: string,
  location: RoleLocation,
): readonly [found: string, remedy: string] {
  const condition = documentedCondition(service, location);
  if (reason === "explicitDeny") {
    return [
      `${host} may not assume the role: the trust policy denies it`,
      `Remove the Deny, or exempt ${host} from it.`,
    ];
  }
  const unmet = rules.filter(
    (rule) =>
      rule.effect === "Allow" && mayAssume([{ ...rule, conditions: [] }], service, location).result === "allowed",
  );
  return unmet.length === 0
    ? [`${host} may not assume the role`, `Add ${host} to the trust policy, with sts:AssumeRole and ${condition}.`]
    : [
        `${host}, under a condition that this account does not meet: ${conditionTexts(unmet.flatMap(({ conditions }) => conditions))}`,
        `Set the condition to ${condition}.`,
      ];
}

function documentedCondition(service: TrustedService, { partition, accountId }: RoleLocation): string {
  const value = service === "logs" ? `arn:${partition}:logs:*:${accountId}:*` : accountId;
  return `${TRUSTED_SERVICES[service]} ${value}`;
}

function othersOutcome(
  all: readonly OtherTrustedPrincipal[],
  location: RoleLocation,
  services: readonly TrustedService[],
): Outcome {
  const name = "trust of others";
  const others = all.filter((other) => deputyOf(other, location, services) === undefined);
  const namesOf = (isCertain: boolean): string =>
    [...new Set(others.filter((other) => other.isCertain === isCertain).map(otherName))].join(", ");
  const [certain, possible] = [namesOf(true), namesOf(false)];
  const hosts = services.map((service) => principalOf(service, location.partition)).join(" and ");
  const remedy = `Remove them from the trust policy: only ${hosts} ${services.length === 1 ? "needs" : "need"} the role.`;
  if (certain !== "") {
    return problem(name, `${certain} may assume the role too`, remedy);
  }
  return possible === "" ? ok(name, "none") : unknown(name, `${possible} may be able to assume the role too`, remedy);
}

const otherName = ({ principal }: OtherTrustedPrincipal): string =>
  principal === "NotPrincipal" ? "everyone but some (NotPrincipal)" : principal;
