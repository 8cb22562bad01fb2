import { TRUSTED_SERVICE_NAMES } from "../../iam/trusted-services";
import type { OtherTrustedPrincipal } from "../../iam/trusted-principal";
import { AFTER_THE_APPLY, undeterminedOutcome } from "../outcomes";
import type { PolicyOutcome, Policy } from "../policy";
import { perUsedRole } from "../roles/role-outcomes";
import { locationsOf, type UsedRole } from "../roles/role-uses";
import { othersOf, passesWithoutSource, TRUST, type Trust, trustOf } from "../roles/trust";
import { deputyOutcome } from "../roles/trust-outcomes";

export const iamConfusedDeputy: Policy = {
  id: "KFF-IAM-002",
  severity: "error",
  title: "The services can assume the role on behalf of this account only",
  why: "Without the condition, another account can make the service use this role for it (confused deputy).",
  source: "Amazon Data Firehose, Controlling access; CloudWatch Logs, Confused deputy prevention",
  check: (kloudfuse) =>
    perUsedRole(kloudfuse, "on whose behalf it can be assumed", (used) => {
      const trust = trustOf(kloudfuse, used.role);
      return othersOf(kloudfuse, used).flatMap((other) => outcomesOf(used, trust, other));
    }),
};

const outcomesOf = (used: UsedRole, trust: Trust, other: OtherTrustedPrincipal): PolicyOutcome[] =>
  other.kind === "unknown"
    ? [undeterminedOutcome(used.role, `${TRUST} is not known before the apply`, AFTER_THE_APPLY)]
    : deputyOutcome(used.role, other, {
        services: TRUSTED_SERVICE_NAMES,
        passesWithoutSource: (service) =>
          passesWithoutSource(trust, service, locationsOf(used.uses.map(({ stream }) => stream))),
      });
