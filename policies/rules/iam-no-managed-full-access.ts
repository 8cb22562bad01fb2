import { grantsOf } from "../roles/grants";
import { AFTER_THE_APPLY, undeterminedOutcome } from "../outcomes";
import type { Policy } from "../policy";
import { findingIf, perUsedRole } from "../roles/role-outcomes";
import { isFullAccess } from "../roles/role-policies";

export const iamNoManagedFullAccess: Policy = {
  id: "KFF-IAM-009",
  severity: "error",
  title: "No managed FullAccess or administrator policy is attached to the role",
  why: "It grants the whole service, in every region, to anyone who can change a stream's configuration.",
  source: "AWS IAM, Security best practices; Checkov CKV_AWS_274, CKV2_AWS_56; Security Hub IAM.27",
  check: (kloudfuse) =>
    perUsedRole(kloudfuse, "what is attached to it", ({ role }) =>
      grantsOf(kloudfuse, role).policies.flatMap(({ kind, arn, owner, path, label, isCertain }) => {
        // Other policies evaluate the document of an inline policy.
        if (kind === "rest" || (kind === "unknown" && !path.startsWith("inline_policy"))) {
          return [
            undeterminedOutcome(
              owner,
              `${path} is not known before the apply: whether it names a FullAccess policy is undetermined`,
              AFTER_THE_APPLY,
            ),
          ];
        }
        return isFullAccess(arn)
          ? [
              findingIf(
                isCertain,
                owner,
                `${label} is attached`,
                "Detach it. Allow only the documented actions.",
                "which matters only if it is attached to the role",
              ),
            ]
          : [];
      }),
    ),
};
