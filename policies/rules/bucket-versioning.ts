import { perBucketGuard } from "../bucket-guard";
import { attribute } from "../outcomes";
import type { Policy } from "../policy";

export const bucketVersioning: Policy = {
  id: "KFF-BKT-005",
  severity: "error",
  title: "The backup bucket keeps versions",
  why: "Failed data that is overwritten or deleted by mistake can be restored.",
  source: "Checkov CKV_AWS_21; Security Hub S3.14; Trivy AVD-AWS-0090",
  check: (kloudfuse) =>
    perBucketGuard(kloudfuse, {
      type: "aws_s3_bucket_versioning",
      isProtected: (bucket) => bucket.get("versioning.0.enabled") === true,
      evaluate: (guard) =>
        attribute(guard, "versioning_configuration.0.status", (value) => value === "Enabled", "Set it to Enabled."),
    }),
};
