import type { Decision } from "../../iam/evaluate";
import type { OtherTrusted } from "../../iam/others";
import { mayAssume } from "../../iam/trust";
import { principalOf, TRUSTED_SERVICES } from "../../iam/trusted-services";
import { UNKNOWN } from "../../iam/unknown";
import { AFTER_THE_APPLY, finding, undetermined } from "../outcomes";
import type { PlannedResource } from "../plan";
import type { Outcome, Policy } from "../policy";
import { perUsedRole } from "../roles/role-outcomes";
import { locationOf, type RoleUse } from "../roles/role-uses";
import { dependsOn, isUnknown, othersOf, sourcesOf, TRUST, type Trust, trusted, trustOf } from "../roles/trust";

export const iamTrustedServices: Policy = {
  id: "KFF-IAM-001",
  severity: "error",
  title: "Exactly the two documented services can assume the role",
  why: "Anyone else who can assume it can write to the streams and read the failed data.",
  source: "Guide, step 1; Checkov CKV_AWS_60, CKV_AWS_61",
  check: (kloudfuse) =>
    perUsedRole(kloudfuse, "who can assume it", (used) => {
      const { role, uses } = used;
      const trust = trustOf(kloudfuse, role);
      if (trust.invalid !== undefined) {
        return [finding(role, `${TRUST} is not a policy document: ${trust.invalid}`, "Correct the document.")];
      }
      return isUnknown(trust) && trust.statements.length > 0
        ? [undetermined(role, `${TRUST} is not known before the apply`, AFTER_THE_APPLY)]
        : [
            ...othersOf(kloudfuse, used)
              .filter(({ kind }) => kind !== "confusedDeputy")
              .map((other) => otherOutcome(role, other)),
            ...eachService(uses).flatMap((use) => serviceOutcome(role, trust, use)),
          ];
    }),
};

function otherOutcome(role: PlannedResource, { kind, principal, isCertain, conditions }: OtherTrusted): Outcome {
  const who = kind === "everyone" ? `everybody (${trusted(role, principal)})` : trusted(role, principal);
  const remedy = "Trust no principals but firehose.amazonaws.com and CloudWatch Logs.";
  if (kind === "unknown") {
    return undetermined(role, `a part of ${TRUST} is not known before the apply`, AFTER_THE_APPLY);
  }
  return isCertain
    ? finding(role, `${who} can assume the role`, remedy)
    : undetermined(role, dependsOn(role, `whether ${who} can assume the role`, conditions), remedy);
}

/** The uses without those that only another path of the stream makes, which ask the same of the trust policy. */
function eachService(uses: readonly RoleUse[]): readonly RoleUse[] {
  const byService = new Map(uses.map((use) => [`${use.service ?? ""}|${use.stream.resource.address}`, use]));
  return [...byService.values()];
}

/** What is wrong with the trust in the service that works with the role. */
function serviceOutcome(role: PlannedResource, trust: Trust, use: RoleUse): Outcome[] {
  const { service, stream, isCertain } = use;
  if (service === undefined) {
    return [];
  }
  const location = locationOf(stream);
  const principal = principalOf(service, location.partition === UNKNOWN ? undefined : location.partition);
  const { result, reason, conditions }: Decision = mayAssume(trust.statements, service, location, sourcesOf(use));
  const remedy =
    reason === "explicitDeny"
      ? `Except ${principal} from the Deny.`
      : `Trust ${principal}, with the condition ${TRUSTED_SERVICES[service]} of this account.`;
  switch (result) {
    case "allowed":
      return [];
    case "denied":
      return isCertain
        ? [finding(role, `${principal} cannot assume the role on behalf of this account`, remedy)]
        : [
            undetermined(
              role,
              `${principal} cannot assume the role on behalf of this account, which matters only if ${stream.resource.address} carries logs`,
              remedy,
            ),
          ];
    case "undetermined":
      return [
        undetermined(
          role,
          dependsOn(role, `whether ${principal} can assume the role on behalf of this account`, conditions),
          AFTER_THE_APPLY,
        ),
      ];
  }
}
