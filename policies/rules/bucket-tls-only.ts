import { statements } from "../iam";
import { finding, perBucketGuard, unknown } from "../outcomes";
import { UNKNOWN } from "../plan";
import type { Policy } from "../policy";

export const bucketTlsOnly: Policy = {
  id: "KFF-BKT-003",
  severity: "error",
  title: "The backup bucket refuses requests without TLS",
  why: "Without it, whoever has access may read the failed data in the clear.",
  source: "Security Hub S3.5; Checkov CKV_AWS_379",
  check: (kloudfuse) =>
    perBucketGuard(kloudfuse, "aws_s3_bucket_policy", (guard) => {
      const list = statements(guard, "policy");
      if (list === UNKNOWN) {
        return [unknown(guard, "policy")];
      }
      const refuses = list.some(
        ({ effect, actions, principals, conditions, resources }) =>
          effect === "Deny" &&
          actions.includes("s3:*") &&
          principals.includes("AWS:*") &&
          resources.some((arn) => arn.endsWith("/*")) &&
          resources.some((arn) => !arn.endsWith("/*")) &&
          (conditions.get("Bool aws:SecureTransport") ?? []).includes("false"),
      );
      return refuses
        ? []
        : [finding(guard, "no statement denies s3:* without aws:SecureTransport", "Deny it, on bucket and objects.")];
    }),
};
