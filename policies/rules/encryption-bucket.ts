import { attribute, perBucketGuard } from "../outcomes";
import type { Policy } from "../policy";

export const encryptionBucket: Policy = {
  id: "KFF-ENC-002",
  severity: "error",
  title: "The backup bucket encrypts by default",
  why: "Failed data is telemetry too.",
  source: "Checkov CKV_AWS_19; Security Hub S3.17; Trivy AVD-AWS-0088",
  check: (kloudfuse) =>
    perBucketGuard(kloudfuse, "aws_s3_bucket_server_side_encryption_configuration", (guard) =>
      attribute(
        guard,
        "rule.0.apply_server_side_encryption_by_default.0.sse_algorithm",
        (value) => value === "AES256" || value === "aws:kms" || value === "aws:kms:dsse",
        "Use AES256 or aws:kms.",
      ),
    ),
};
