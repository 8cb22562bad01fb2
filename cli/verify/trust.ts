import { covers } from "../../policies/iam";
import { partitionOfArn } from "../../iam/partitions";
import {
  globalName,
  principalOf,
  TRUSTED_SERVICES,
  type TrustedService,
  trustedServiceOf,
} from "../../iam/trusted-services";
import { note, ok, type Outcome, problem, unknown } from "../checks/check";
import type { Rule } from "./rules";

const ASSUME = "sts:AssumeRole";

/** Where the role and the streams are. */
export interface AwsLocation {
  readonly partition: string;
  readonly region: string;
  readonly accountId: string;
}

/** Whether exactly the documented two services may assume the role, each under the condition that guards it. */
export function trustOutcomes(rules: readonly Rule[], location: AwsLocation): Outcome[] {
  const [firehose, logs] = [principalOf("firehose", location.partition), principalOf("logs", location.partition)];
  const allowing = rules.filter(
    ({ effect, actions }) => effect === "Allow" && actions.some((pattern) => covers(pattern, ASSUME)),
  );
  const others = allowing.flatMap(({ principals, negations }) => [
    ...principals.filter((principal) => trustedServiceOf(principal, location.partition) === undefined),
    ...negations.filter((part) => part === "NotPrincipal").map(() => "everyone but some (NotPrincipal)"),
  ]);
  return [
    serviceOutcome("firehose", allowing, location),
    serviceOutcome("logs", allowing, location),
    others.length === 0
      ? ok("trust of others", "none")
      : problem(
          "trust of others",
          `${[...new Set(others)].join(", ")} may assume the role too`,
          `Remove them from the trust policy: only ${firehose} and ${logs} need the role.`,
        ),
    ...(rules.some(({ effect }) => effect === "Deny")
      ? [
          note(
            "trust: Deny",
            "the trust policy has a Deny",
            `Make sure that it denies neither ${firehose} nor ${logs}.`,
          ),
        ]
      : []),
  ];
}

function serviceOutcome(service: TrustedService, allowing: readonly Rule[], location: AwsLocation): Outcome {
  const { partition } = location;
  const name = `trust of ${service}`;
  const isService = (principal: string): boolean => trustedServiceOf(principal, partition) === service;
  const matching = allowing.filter(({ principals }) => principals.some(isService));
  const principal = matching.flatMap(({ principals }) => principals).find(isService);
  // The name that the policy has, where AWS knows the service by several.
  const host = principal && globalName(principal.slice("Service:".length));
  if (host === undefined) {
    const expected = principalOf(service, partition);
    return problem(
      name,
      `${expected} may not assume the role`,
      `Add ${expected} to the trust policy, with ${ASSUME} and ${documentedCondition(service, location)}.`,
    );
  }
  if (matching.some(({ conditions }) => conditions.size === 0)) {
    return note(
      name,
      `${host}, from any account (confused deputy)`,
      `Add the condition ${documentedCondition(service, location)}.`,
    );
  }
  const verdicts = matching.map(({ conditions }) =>
    [...conditions].map(([condition, values]) => meets(service, condition, values, location)),
  );
  if (verdicts.some((met) => met.every((each) => each === true))) {
    return ok(name, `${host}, for this account alone`);
  }
  return verdicts.every((met) => met.includes(false))
    ? problem(
        name,
        `${host}, under a condition that this account does not meet: ${conditionsOf(matching)}`,
        `Set the condition to ${documentedCondition(service, location)}.`,
      )
    : unknown(
        name,
        `${host}, under ${conditionsOf(matching)}`,
        `Make sure that ${host} meets it; documented is ${documentedCondition(service, location)}.`,
      );
}

const documentedCondition = (service: TrustedService, { partition, accountId }: AwsLocation): string =>
  `${TRUSTED_SERVICES[service]} ${service === "firehose" ? accountId : `arn:${partition}:logs:*:${accountId}:*`}`;

const conditionsOf = (rules: readonly Rule[]): string =>
  rules
    .flatMap(({ conditions }) => [...conditions].map(([condition, values]) => `${condition} ${values.join(", ")}`))
    .join("; ");

/** Whether a service that works for this account meets a condition; undefined when that could not be determined. */
function meets(
  service: TrustedService,
  condition: string,
  values: readonly string[],
  location: AwsLocation,
): boolean | undefined {
  const { accountId } = location;
  const [operator = "", key = ""] = condition.split(" ");
  const isLike = /^(String(Equals|Like)|Arn(Equals|Like))$/.test(operator);
  const includes = (value: string): boolean => values.some((pattern) => covers(pattern, value));
  switch (key.toLowerCase()) {
    case "sts:externalid":
      // Firehose sends the account as the external id, CloudWatch Logs sends none.
      return isLike ? service === "firehose" && includes(accountId) : undefined;
    case "aws:sourceaccount":
      return isLike ? includes(accountId) : undefined;
    case "aws:sourcearn":
      return service === "logs" && isLike ? meetsSourceArn(values, location) : undefined;
    default:
      return undefined;
  }
}

/** The log group is not known, only whose it is: a pattern for some log groups is undetermined. */
function meetsSourceArn(
  patterns: readonly string[],
  { partition, region, accountId }: AwsLocation,
): boolean | undefined {
  if (patterns.some((pattern) => covers(pattern, `arn:${partition}:logs:${region}:${accountId}:log-group:any`))) {
    return true;
  }
  const isElsewhere = (pattern: string): boolean => {
    const accounts = [...pattern.matchAll(/:([0-9]{12})(?=:|$)/g)].map(([, account]) => account);
    const named = partitionOfArn(pattern) ?? "*";
    return (accounts.length > 0 && !accounts.includes(accountId)) || (/^[a-z-]+$/.test(named) && named !== partition);
  };
  return patterns.every(isElsewhere) ? false : undefined;
}
