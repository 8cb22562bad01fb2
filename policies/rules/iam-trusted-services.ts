import { statements } from "../iam";
import { partitionOfRole } from "../kloudfuse";
import { finding, perRole, unknown } from "../outcomes";
import { UNKNOWN } from "../plan";
import type { Policy } from "../policy";
import { principalOf, TRUSTED_SERVICE_NAMES, trustedServiceOf } from "../../iam/trusted-services";

export const iamTrustedServices: Policy = {
  id: "KFF-IAM-001",
  severity: "error",
  title: "Exactly the two documented services may assume the role",
  why: "Whoever else may assume it can write to the streams and read the failed data.",
  source: "Guide, step 1; Checkov CKV_AWS_60, CKV_AWS_61",
  check: (kloudfuse) =>
    perRole(kloudfuse, "its trust policy", (role) => {
      const trust = statements(role, "assume_role_policy");
      if (trust === UNKNOWN) {
        return [unknown(role, "assume_role_policy")];
      }
      const partition = partitionOfRole(kloudfuse, role);
      const trusted = trust.filter(({ effect }) => effect === "Allow").flatMap(({ principals }) => principals);
      const services = trusted.map((principal) => trustedServiceOf(principal, partition));
      const extra = trusted.filter((_, index) => services[index] === undefined);
      const missing = TRUSTED_SERVICE_NAMES.filter((service) => !services.includes(service)).map((service) =>
        principalOf(service, partition),
      );
      const negated = trust.some(({ negations }) => negations.includes("NotPrincipal"));
      return [
        ...extra.map((principal) => finding(role, `${principal} may assume the role`, "Trust no other principal.")),
        ...(negated ? [finding(role, "NotPrincipal trusts whom it does not name", "Name the trusted services.")] : []),
        ...missing.map((principal) => finding(role, `${principal} may not assume the role`, `Trust ${principal}.`)),
      ];
    }),
};
