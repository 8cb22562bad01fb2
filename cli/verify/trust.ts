import { covers } from "../../policies/iam";
import { TRUSTED_SERVICES } from "../../policies/documented";
import { note, ok, type Outcome, problem } from "../checks/check";
import type { Rule } from "./rules";

const ASSUME = "sts:AssumeRole";
const FIREHOSE = "Service:firehose.amazonaws.com";
const LOGS = "Service:logs.amazonaws.com";

/** Where the role and the streams live. */
export interface Home {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** Whether exactly the documented two services may assume the role, each under the condition that guards it. */
export function trustOutcomes(rules: readonly Rule[], home: Home): Outcome[] {
  const allowing = rules.filter(
    ({ effect, actions }) => effect === "Allow" && actions.some((pattern) => covers(pattern, ASSUME)),
  );
  const others = allowing.flatMap(({ principals, negations }) => [
    ...principals.filter((principal) => serviceOf(principal) === undefined),
    ...negations.filter((part) => part === "NotPrincipal").map(() => "everyone but some (NotPrincipal)"),
  ]);
  return [
    serviceOutcome(FIREHOSE, allowing, home),
    serviceOutcome(LOGS, allowing, home),
    others.length === 0
      ? ok("trust of others", "none")
      : problem(
          "trust of others",
          `${[...new Set(others)].join(", ")} may assume the role too`,
          "Take them out of the trust policy: the role is for firehose.amazonaws.com and logs.amazonaws.com alone.",
        ),
    ...(rules.some(({ effect }) => effect === "Deny")
      ? [
          note(
            "trust: Deny",
            "the trust policy has a Deny",
            "Make sure that it keeps neither firehose.amazonaws.com nor logs.amazonaws.com out.",
          ),
        ]
      : []),
  ];
}

/** The documented service behind a principal; CloudWatch Logs has a name in each region besides. */
function serviceOf(principal: string): keyof typeof TRUSTED_SERVICES | undefined {
  return principal === FIREHOSE
    ? FIREHOSE
    : principal === LOGS || /^Service:logs\.[a-z0-9-]+\.amazonaws\.com(\.cn)?$/.test(principal)
      ? LOGS
      : undefined;
}

function serviceOutcome(service: keyof typeof TRUSTED_SERVICES, allowing: readonly Rule[], home: Home): Outcome {
  const host = service.slice("Service:".length);
  const name = `trust of ${host.split(".")[0] ?? host}`;
  const letting = allowing.filter(({ principals }) => principals.some((principal) => serviceOf(principal) === service));
  if (letting.length === 0) {
    return problem(
      name,
      `${host} may not assume the role`,
      `Add ${host} to the trust policy, with ${ASSUME} and ${documentedCondition(service, home)}.`,
    );
  }
  if (letting.some(({ conditions }) => conditions.size === 0)) {
    return note(
      name,
      `${host}, from any account (confused deputy)`,
      `Add the condition ${documentedCondition(service, home)}.`,
    );
  }
  const verdicts = letting.map(({ conditions }) =>
    [...conditions].map(([condition, values]) => meets(service, condition, values, home)),
  );
  if (verdicts.some((met) => met.every((each) => each === true))) {
    return ok(name, `${host}, for this account alone`);
  }
  return verdicts.every((met) => met.includes(false))
    ? problem(
        name,
        `${host}, under a condition that this account does not meet: ${conditionsOf(letting)}`,
        `Set the condition to ${documentedCondition(service, home)}.`,
      )
    : note(
        name,
        `${host}, under ${conditionsOf(letting)}`,
        `Make sure that ${host} meets it; documented is ${documentedCondition(service, home)}.`,
      );
}

const documentedCondition = (service: keyof typeof TRUSTED_SERVICES, home: Home): string =>
  `${TRUSTED_SERVICES[service]} ${service === FIREHOSE ? home.accountId : `arn:${home.partition}:logs:*:${home.accountId}:*`}`;

const conditionsOf = (rules: readonly Rule[]): string =>
  rules
    .flatMap(({ conditions }) => [...conditions].map(([condition, values]) => `${condition} ${values.join(", ")}`))
    .join("; ");

/** Whether a service that works for this account meets a condition; undefined when that cannot be told. */
function meets(
  service: keyof typeof TRUSTED_SERVICES,
  condition: string,
  values: readonly string[],
  { partition, region, accountId }: Home,
): boolean | undefined {
  const [operator = "", key = ""] = condition.split(" ");
  const isLike = /^(String(Equals|Like)|Arn(Equals|Like))$/.test(operator);
  const includes = (value: string): boolean => values.some((pattern) => covers(pattern, value));
  switch (key.toLowerCase()) {
    case "sts:externalid":
      // Firehose gives the account as the external id, CloudWatch Logs gives none.
      return service === FIREHOSE && isLike ? includes(accountId) : service === LOGS && isLike ? false : undefined;
    case "aws:sourceaccount":
      return isLike ? includes(accountId) : undefined;
    case "aws:sourcearn":
      // Which log group it is cannot be told, only whose.
      return service === LOGS && isLike
        ? includes(`arn:${partition}:logs:${region}:${accountId}:log-group:any`) || undefined
        : undefined;
    default:
      return undefined;
  }
}
