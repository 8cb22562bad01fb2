import type { Statements } from "../../iam/evaluate";
import { memoizedByObject } from "../../iam/memoized";
import { otherTrustedPrincipals } from "../../iam/other-trusted-principals";
import type { OtherTrustedPrincipal } from "../../iam/trusted-principal";
import type { AwsLocation } from "../../iam/request";
import type { Condition } from "../../iam/statement";
import type { Text } from "../../iam/text";
import { evaluateTrust, requestByService } from "../../iam/trust";
import type { TrustedService } from "../../iam/trusted-services";
import { UNKNOWN } from "../../iam/unknown";
import type { Kloudfuse } from "../kloudfuse";
import { type PlannedResource, redactedText, SENSITIVE } from "../plan";
import { locationsOf, type RoleUse, streamArnOf, type UsedRole } from "./role-uses";

/** Path of a role's trust policy. */
export const TRUST = "assume_role_policy";

/** A role's trust policy, as far as the plan shows. */
export interface Trust {
  readonly statements: Statements;
  readonly invalid: string | undefined;
}

export function trustOf({ plan }: Kloudfuse, role: PlannedResource): Trust {
  const { statements, isComplete, invalid } = plan.policyDocument(role, TRUST);
  return { statements: isComplete ? statements : [...statements, UNKNOWN], invalid };
}

/** Whether no statement of a trust policy is known. */
export const isUnknown = ({ statements }: Trust): boolean => statements.every((statement) => statement === UNKNOWN);

/** The principals that can assume a role, other than the two services on behalf of this account. */
export const othersOf = (kloudfuse: Kloudfuse, used: UsedRole): readonly OtherTrustedPrincipal[] =>
  others(kloudfuse)(used);

const others = memoizedByObject((kloudfuse: Kloudfuse) =>
  memoizedByObject((used: UsedRole) => {
    const { statements } = trustOf(kloudfuse, used.role);
    return locationsOf(used.uses.map(({ stream }) => stream)).flatMap((location) =>
      otherTrustedPrincipals(statements, location),
    );
  }),
);

/** Whether a service can assume a role without a source account, because a condition passes if its key is absent. */
export const passesWithoutSource = (
  trust: Trust,
  service: TrustedService,
  locations: readonly AwsLocation[],
): boolean =>
  locations.some(
    (location) =>
      evaluateTrust(
        trust.statements,
        requestByService(service, { location, accountId: UNUSED_ACCOUNT, sourceArn: undefined }),
      ).result === "allowed",
  );

const UNUSED_ACCOUNT = "000000000000";

/** The source ARNs that Firehose sends; CloudWatch Logs can act for any log group. */
export const trustSourcesOf = ({ service, stream }: RoleUse): readonly Text[] =>
  service === "firehose" ? [streamArnOf(stream)] : [];

/** The principal or account in a trust policy, for a message. */
export const trusted = (role: PlannedResource, text: string): string => redactedText(role, TRUST, text);

/** Says that something depends on conditions, or is not known. */
export function dependsOn(role: PlannedResource, what: string, conditions: readonly Condition[]): string {
  const known = conditions.flatMap(({ operator, key, values }) =>
    key === UNKNOWN || values.includes(UNKNOWN) ? [] : [role.isSensitive(TRUST) ? SENSITIVE : `${operator} ${key}`],
  );
  return known.length === 0
    ? `${what} is not known before the apply`
    : `${what} depends on ${[...new Set(known)].join(", ")}`;
}
