import { perBucketGuard } from "../bucket-guard";
import { attribute } from "../outcomes";
import type { Policy } from "../policy";

export const bucketOwnership: Policy = {
  id: "KFF-BKT-002",
  severity: "error",
  title: "ACLs are disabled on the backup bucket",
  why: "With ACLs an object can be shared past the bucket's policy.",
  source: "Checkov CKV2_AWS_65; Security Hub S3.12",
  check: (kloudfuse) =>
    perBucketGuard(kloudfuse, {
      type: "aws_s3_bucket_ownership_controls",
      evaluate: (guard) =>
        attribute(
          guard,
          "rule.0.object_ownership",
          (value) => value === "BucketOwnerEnforced",
          "Set it to BucketOwnerEnforced.",
        ),
    }),
};
