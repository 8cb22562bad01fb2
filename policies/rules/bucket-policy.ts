import { ACTIONS } from "../../iam/documented-actions";
import { outsideGrantees } from "../../iam/resource-policy";
import { bucketArnOf, locationOfBucket } from "../bucket-location";
import { denialsOf } from "../bucket-denials";
import { finding, undetermined, unknown } from "../outcomes";
import { quotedText, UNKNOWN } from "../plan";
import type { Policy } from "../policy";

/** What an outsider could read, write, or change. */
const SENSITIVE_ACTIONS = [...ACTIONS.backUp, ...ACTIONS.findBucket, "s3:DeleteObject", "s3:PutBucketPolicy"];

export const bucketPolicy: Policy = {
  id: "KFF-BKT-007",
  severity: "error",
  title: "The backup bucket's policy lets the role upload and grants nobody else",
  why: "A Deny of the upload loses failed data, and a grant to everybody or to another account gives it away.",
  source: "Amazon S3, Bucket policies; Checkov CKV_AWS_70; Security Hub S3.6",
  check: (kloudfuse) =>
    kloudfuse.buckets.flatMap((bucket) => {
      const { certain } = kloudfuse.related("aws_s3_bucket_policy", "bucket", bucket);
      return certain.flatMap((guard) => {
        const { statements, isComplete, invalid } = kloudfuse.plan.policyDocument(guard, "policy");
        if (invalid !== undefined) {
          return [finding(guard, "the policy is not a valid policy document", invalid)];
        }
        const arn = bucketArnOf(kloudfuse, bucket);
        if (!isComplete || arn === UNKNOWN) {
          return [unknown(guard, "what the policy grants and denies")];
        }
        const location = locationOfBucket(kloudfuse, bucket);
        const grantees = [arn, `${arn}/any/object`].flatMap((resource) =>
          outsideGrantees(statements, resource, location, SENSITIVE_ACTIONS),
        );
        const byPrincipal = new Map(grantees.map((grantee) => [`${grantee.principal} ${grantee.isCertain}`, grantee]));
        return [
          ...[...byPrincipal.values()].map(({ kind, principal, action, isCertain }) => {
            const whom = kind === "everyone" ? "everybody" : quotedText(guard, "policy", principal);
            return isCertain
              ? finding(guard, `the policy allows ${whom} ${action}`, "Allow principals of this account alone.")
              : undetermined(
                  guard,
                  `the policy may allow ${whom} ${action}`,
                  "Evaluate the plan again after the apply.",
                );
          }),
          ...denialsOf(kloudfuse, bucket, guard, statements, arn),
        ];
      });
    }),
};
