import { finding, perRole, unknown } from "../outcomes";
import { UNKNOWN } from "../plan";
import type { Policy } from "../policy";

export const iamNoManagedFullAccess: Policy = {
  id: "KFF-IAM-009",
  severity: "error",
  title: "No managed FullAccess or administrator policy is attached to the role",
  why: "It grants the whole service, in every region, to whoever can write to a stream's configuration.",
  source: "AWS IAM, Security best practices; Checkov CKV_AWS_274",
  check: (kloudfuse) =>
    perRole(kloudfuse, "its attached policies", (role) => {
      const { certain, possible } = kloudfuse.related("aws_iam_role_policy_attachment", "role", role);
      return [
        ...possible.map((attachment) => unknown(attachment, "role")),
        ...certain.flatMap((attachment) => {
          const arn = attachment.text("policy_arn");
          if (arn === UNKNOWN) {
            return [unknown(attachment, "policy_arn")];
          }
          return /(FullAccess|AdministratorAccess|PowerUserAccess)$/.test(arn ?? "")
            ? [finding(attachment, `${arn ?? ""} is attached`, "Detach it; the inline policies are enough.")]
            : [];
        }),
      ];
    }),
};
