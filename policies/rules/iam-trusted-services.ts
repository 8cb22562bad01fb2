import { AFTER_THE_APPLY, finding, undeterminedOutcome } from "../outcomes";
import type { PlannedResource } from "../plan";
import type { PolicyOutcome, Policy } from "../policy";
import { perUsedRole } from "../roles/role-outcomes";
import { locationOf, type RoleUse } from "../roles/role-uses";
import { isUnknown, othersOf, trustSourcesOf, TRUST, type Trust, trustOf } from "../roles/trust";
import { assumeOutcome, otherOutcome } from "../roles/trust-outcomes";

const REMEDY = "Trust only firehose.amazonaws.com and CloudWatch Logs.";

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
        ? [undeterminedOutcome(role, `${TRUST} is not known before the apply`, AFTER_THE_APPLY)]
        : [
            ...othersOf(kloudfuse, used).flatMap((other) => otherOutcome(role, other, REMEDY)),
            ...eachService(uses).flatMap((use) => serviceOutcome(role, trust, use)),
          ];
    }),
};

/** One use per service and stream: others have the same requirements on the trust policy. */
function eachService(uses: readonly RoleUse[]): readonly RoleUse[] {
  const byService = new Map(uses.map((use) => [`${use.service ?? ""}|${use.stream.resource.address}`, use]));
  return [...byService.values()];
}

/** Reports a service that must be able to assume the role, and cannot. */
function serviceOutcome(role: PlannedResource, trust: Trust, use: RoleUse): PolicyOutcome[] {
  const { service, stream, isCertain } = use;
  return service === undefined
    ? []
    : assumeOutcome(role, trust, {
        service,
        location: locationOf(stream),
        sources: trustSourcesOf(use),
        doubt: isCertain ? undefined : `which matters only if ${stream.resource.address} carries logs`,
      });
}
