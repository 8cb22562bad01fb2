import type { Decision } from "../../iam/evaluate";
import type { OtherTrustedPrincipal } from "../../iam/trusted-principal";
import type { AwsLocation } from "../../iam/request";
import type { Text } from "../../iam/text";
import { mayAssume } from "../../iam/trust";
import { principalOf, TRUSTED_SERVICES, type TrustedService, trustedServiceOf } from "../../iam/trusted-services";
import { UNKNOWN } from "../../iam/unknown";
import { AFTER_THE_APPLY, finding, undeterminedOutcome } from "../outcomes";
import type { PlannedResource } from "../plan";
import type { PolicyOutcome } from "../policy";
import { dependsOn, TRUST, type Trust, trusted } from "./trust";

/** Reports another principal that can assume a role, except for confused deputies. */
export function otherOutcome(
  role: PlannedResource,
  { kind, principal, isCertain, conditions }: OtherTrustedPrincipal,
  remedy: string,
): PolicyOutcome[] {
  if (kind === "confusedDeputy") {
    return [];
  }
  if (kind === "unknown") {
    return [undeterminedOutcome(role, `a part of ${TRUST} is not known before the apply`, AFTER_THE_APPLY)];
  }
  const who = kind === "everyone" ? `everybody (${trusted(role, principal)})` : trusted(role, principal);
  return isCertain
    ? [finding(role, `${who} can assume the role`, remedy)]
    : [undeterminedOutcome(role, dependsOn(role, `whether ${who} can assume the role`, conditions), remedy)];
}

/** The services to check for confused deputies. */
interface DeputyQuestion {
  /** The services that the role is for. */
  readonly services: readonly TrustedService[];
  /** Whether a service can assume the role without sending a source account. */
  readonly passesWithoutSource: (service: TrustedService) => boolean;
}

/** Reports a service that can assume a role on behalf of another account. */
export function deputyOutcome(
  role: PlannedResource,
  { kind, principal, accountId, isCertain, conditions }: OtherTrustedPrincipal,
  { services, passesWithoutSource }: DeputyQuestion,
): PolicyOutcome[] {
  if (kind !== "confusedDeputy") {
    return [];
  }
  const service = trustedServiceOf(principal, undefined, services);
  const condition = service === undefined ? "aws:SourceAccount" : TRUSTED_SERVICES[service];
  const remedy = `Require ${condition} of this account only.`;
  const account = accountId === undefined ? "any account" : `the account ${trusted(role, accountId)}`;
  const what = `${trusted(role, principal)} can assume the role on behalf of ${account}`;
  if (isCertain) {
    return [finding(role, what, remedy)];
  }
  return service !== undefined && passesWithoutSource(service)
    ? [
        finding(
          role,
          `${trusted(role, principal)} can assume the role without a source account: the condition passes if its key is absent`,
          remedy,
        ),
      ]
    : [undeterminedOutcome(role, dependsOn(role, `whether ${what}`, conditions), remedy)];
}

/** A service that must be able to assume a role. */
interface AssumeQuestion {
  readonly service: TrustedService;
  readonly location: AwsLocation;
  /** ARNs of the resources that the service acts for; none: any in the account. */
  readonly sources: readonly Text[];
  /** Why the outcome may not apply, as the end of a sentence; undefined if it certainly applies. */
  readonly doubt: string | undefined;
}

/** Reports a service that cannot assume a role on behalf of this account. */
export function assumeOutcome(
  role: PlannedResource,
  { statements }: Trust,
  { service, location, sources, doubt }: AssumeQuestion,
): PolicyOutcome[] {
  const principal = principalOf(service, location.partition === UNKNOWN ? undefined : location.partition);
  const { result, reason, conditions }: Decision = mayAssume(statements, service, location, sources);
  const remedy =
    reason === "explicitDeny"
      ? `Exclude ${principal} from the Deny.`
      : `Trust ${principal}, with the condition ${TRUSTED_SERVICES[service]} of this account.`;
  const found = `${principal} cannot assume the role on behalf of this account`;
  switch (result) {
    case "allowed":
      return [];
    case "denied":
      return [
        doubt === undefined ? finding(role, found, remedy) : undeterminedOutcome(role, `${found}, ${doubt}`, remedy),
      ];
    case "undetermined":
      return [
        undeterminedOutcome(
          role,
          dependsOn(role, `whether ${principal} can assume the role on behalf of this account`, conditions),
          AFTER_THE_APPLY,
        ),
      ];
  }
}
