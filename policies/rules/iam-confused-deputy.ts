import { TRUSTED_SERVICES } from "../documented";
import { statements } from "../iam";
import { finding, perRole, unknown } from "../outcomes";
import { UNKNOWN } from "../plan";
import type { Policy } from "../policy";

export const iamConfusedDeputy: Policy = {
  id: "KFF-IAM-002",
  severity: "error",
  title: "The services may assume the role on behalf of this account alone",
  why: "Without the condition, another account can make the service use this role for it: the confused deputy.",
  source: "Amazon Data Firehose, Controlling access; CloudWatch Logs, Confused deputy prevention",
  check: (kloudfuse) =>
    perRole(kloudfuse, "its trust policy", (role) => {
      const trust = statements(role, "assume_role_policy");
      if (trust === UNKNOWN) {
        return [unknown(role, "assume_role_policy")];
      }
      return Object.entries(TRUSTED_SERVICES).flatMap(([principal, condition]) =>
        trust
          .filter(({ effect, principals }) => effect === "Allow" && principals.includes(principal))
          .filter(({ conditions }) => !(conditions.get(condition) ?? []).some(namesAnAccount))
          .map(() =>
            finding(
              role,
              `${principal} is trusted without ${condition} of an account`,
              `Add the condition ${condition}.`,
            ),
          ),
      );
    }),
};

const namesAnAccount = (value: string): boolean => /(^|:)[0-9]{12}(:|$)/.test(value);
