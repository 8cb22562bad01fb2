import { perBucketGuard } from "../bucket-guard";
import { attribute } from "../outcomes";
import type { Policy } from "../policy";

export const encryptionBucket: Policy = {
  id: "KFF-ENC-002",
  severity: "error",
  title: "The backup bucket encrypts by default",
  why: "Failed data is telemetry too.",
  source: "Checkov CKV_AWS_19; Security Hub S3.17; Trivy AVD-AWS-0088",
  check: (kloudfuse) =>
    perBucketGuard(kloudfuse, {
      type: "aws_s3_bucket_server_side_encryption_configuration",
      isProtected: (bucket) => isAlgorithm(bucket.get(`server_side_encryption_configuration.0.${ALGORITHM}`)),
      evaluate: (guard) => attribute(guard, ALGORITHM, isAlgorithm, "Use AES256 or aws:kms."),
    }),
};

const ALGORITHM = "rule.0.apply_server_side_encryption_by_default.0.sse_algorithm";

const isAlgorithm = (value: unknown): boolean => value === "AES256" || value === "aws:kms" || value === "aws:kms:dsse";
