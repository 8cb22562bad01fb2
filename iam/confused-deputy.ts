import { otherAccounts, textsOf } from "./accounts";
import type { Decision, Statements } from "./evaluate";
import type { TrustedPrincipal } from "./trusted-principal";
import type { AwsLocation } from "./request";
import type { Text } from "./text";
import { anySourceArn, evaluateTrust, requestByService, SOURCES } from "./trust";
import type { TrustedService } from "./trusted-services";
import { UNKNOWN } from "./unknown";

/** Whether a service can also assume the role on behalf of another account. */
export function confusedDeputy(
  service: TrustedService,
  principal: string,
  trust: Statements,
  location: AwsLocation,
): readonly TrustedPrincipal[] {
  const deputies = otherAccounts(trust, location.accountId).flatMap((accountId) => {
    const evaluateSource = (sourceArn: Text | undefined): Decision =>
      evaluateTrust(trust, requestByService(service, { location, accountId, sourceArn }));
    const examples = sourceArnExamples(service, trust, location, accountId).map((sourceArn) =>
      evaluateSource(sourceArn),
    );
    const others = [evaluateSource(anySourceArn(service, location, accountId)), evaluateSource(undefined)];
    const certain = examples.find(({ result }) => result === "allowed");
    const possible = [...examples, ...others].find(({ result }) => result !== "denied");
    return certain !== undefined
      ? [{ accountId, isCertain: !mayBeOwnAccount(accountId, trust, location), conditions: [] }]
      : possible !== undefined
        ? [{ accountId, isCertain: false, conditions: possible.conditions }]
        : [];
  });
  const [best] = deputies.sort((a, b) => Number(b.isCertain) - Number(a.isCertain));
  if (best === undefined) {
    return [];
  }
  const isNamed = textsOf(trust).some((text) => text.includes(best.accountId));
  return [
    {
      kind: "confusedDeputy",
      principal,
      ...(isNamed ? { accountId: best.accountId } : {}),
      isCertain: best.isCertain,
      conditions: best.conditions,
    },
  ];
}

/** If the deployment's own account is not known, an account that the policy names may be it. */
const mayBeOwnAccount = (accountId: string, trust: Statements, location: AwsLocation): boolean =>
  location.accountId === UNKNOWN && textsOf(trust).some((text) => text.includes(accountId));

/** ARNs of another account's resources that match the patterns in the policy: an attacker can choose region and name. */
function sourceArnExamples(
  service: TrustedService,
  trust: Statements,
  { partition, region }: AwsLocation,
  accountId: string,
): readonly string[] {
  const patterns = textsOf(trust).map((text) => text.replaceAll(/[*?]/g, "x").split(":"));
  const regions = [region === UNKNOWN ? "us-east-1" : region, ...patterns.map((parts) => parts[3] ?? "")];
  const names = [
    "x",
    ...patterns.map((parts) =>
      parts
        .slice(5)
        .join(":")
        .replace(/^(deliverystream\/|log-group:|metric-stream\/)/, ""),
    ),
  ];
  const { namespace, resourceType } = SOURCES[service];
  const start = `arn:${partition === UNKNOWN ? "aws" : partition}:${namespace}`;
  return unique(regions).flatMap((each) =>
    unique(names).map((name) => `${start}:${each}:${accountId}:${resourceType}${name}`),
  );
}

const unique = (texts: readonly string[]): readonly string[] => [...new Set(texts)].filter((text) => text !== "");
