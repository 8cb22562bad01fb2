import { finding, perBucketGuard, unknown } from "../outcomes";
import { UNKNOWN } from "../plan";
import type { Policy } from "../policy";

const NEEDED = {
  "expiration.0.days": "expires objects",
  "noncurrent_version_expiration.0.noncurrent_days": "expires old versions",
  "abort_incomplete_multipart_upload.0.days_after_initiation": "aborts incomplete uploads",
};

export const bucketLifecycle: Policy = {
  id: "KFF-BKT-004",
  severity: "error",
  title: "Failed data expires: objects, old versions and incomplete uploads",
  why: "Otherwise telemetry is kept and billed for ever.",
  source: "Checkov CKV2_AWS_61, CKV_AWS_300; Security Hub S3.13",
  check: (kloudfuse) =>
    perBucketGuard(kloudfuse, "aws_s3_bucket_lifecycle_configuration", (guard) =>
      Object.entries(NEEDED).flatMap(([path, does]) => {
        const values = [0, 1, 2, 3, 4]
          .filter((index) => guard.get(`rule.${index}.status`) === "Enabled")
          .map((index) => guard.get(`rule.${index}.${path}`));
        if (values.some((value) => typeof value === "number" && value > 0)) {
          return [];
        }
        return values.includes(UNKNOWN)
          ? [unknown(guard, path)]
          : [finding(guard, `no enabled rule ${does}`, `Add a rule that ${does}.`)];
      }),
    ),
};
