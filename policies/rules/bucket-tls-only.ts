import type { Statements } from "../../iam/evaluate";
import { refusesPlainHttp } from "../../iam/resource-policy";
import { perBucketGuard } from "../bucket-guard";
import { bucketArnOf, locationOfBucket } from "../bucket-location";
import { finding, unknown } from "../outcomes";
import { UNKNOWN } from "../plan";
import type { Policy } from "../policy";

export const bucketTlsOnly: Policy = {
  id: "KFF-BKT-003",
  severity: "error",
  title: "The backup bucket refuses requests without TLS",
  why: "Without it, anyone with access can read the failed data in the clear.",
  source: "Security Hub S3.5; Checkov CKV_AWS_379",
  check: (kloudfuse) =>
    perBucketGuard(kloudfuse, {
      type: "aws_s3_bucket_policy",
      evaluate: (guard, bucket) => {
        const { statements, isComplete } = kloudfuse.plan.policyDocument(guard, "policy");
        const arn = bucketArnOf(kloudfuse, bucket);
        const list: Statements = isComplete ? statements : [...statements, UNKNOWN];
        const refuses = arn === UNKNOWN ? UNKNOWN : refusesPlainHttp(list, arn, locationOfBucket(kloudfuse, bucket));
        if (refuses === UNKNOWN) {
          return [unknown(guard, "whether the policy denies every request without TLS")];
        }
        return refuses
          ? []
          : [
              finding(
                guard,
                "the policy does not deny every request without aws:SecureTransport",
                "Deny s3:* to everybody on the bucket and its objects where aws:SecureTransport is false.",
              ),
            ];
      },
    }),
};
