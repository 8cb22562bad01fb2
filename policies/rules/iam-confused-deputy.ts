import { statements } from "../iam";
import { partitionOfRole } from "../kloudfuse";
import { finding, perRole, unknown } from "../outcomes";
import { UNKNOWN } from "../plan";
import type { Policy } from "../policy";
import { TRUSTED_SERVICES, trustedServiceOf } from "../../iam/trusted-services";

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
      const partition = partitionOfRole(kloudfuse, role);
      return trust
        .filter(({ effect }) => effect === "Allow")
        .flatMap(({ principals, conditions }) =>
          principals.flatMap((principal) => {
            const service = trustedServiceOf(principal, partition);
            if (service === undefined) {
              return [];
            }
            const condition = TRUSTED_SERVICES[service];
            return (conditions.get(condition) ?? []).some(namesAnAccount)
              ? []
              : [
                  finding(
                    role,
                    `${principal} is trusted without ${condition} of an account`,
                    `Add the condition ${condition}.`,
                  ),
                ];
          }),
        );
    }),
};

const namesAnAccount = (value: string): boolean => /(^|:)[0-9]{12}(:|$)/.test(value);
