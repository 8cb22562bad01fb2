import { TRUSTED_SERVICES } from "../documented";
import { statements } from "../iam";
import { finding, perRole, unknown } from "../outcomes";
import { UNKNOWN } from "../plan";
import type { Policy } from "../policy";

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
      const trusted = trust.filter(({ effect }) => effect === "Allow").flatMap(({ principals }) => principals);
      const extra = trusted.filter((principal) => !Object.hasOwn(TRUSTED_SERVICES, principal));
      const missing = Object.keys(TRUSTED_SERVICES).filter((principal) => !trusted.includes(principal));
      const negated = trust.some(({ negations }) => negations.includes("NotPrincipal"));
      return [
        ...extra.map((principal) => finding(role, `${principal} may assume the role`, "Trust no other principal.")),
        ...(negated ? [finding(role, "NotPrincipal trusts whom it does not name", "Name the trusted services.")] : []),
        ...missing.map((principal) => finding(role, `${principal} may not assume the role`, "Trust this service.")),
      ];
    }),
};
