import { perBucketSetting } from "../buckets/bucket-settings";
import { checkAttribute } from "../outcomes";
import type { Policy } from "../policy";

export const bucketVersioning: Policy = {
  id: "KFF-BKT-005",
  severity: "error",
  title: "Versioning is enabled on the backup bucket",
  why: "With versioning, failed data that is overwritten or deleted by mistake can be restored.",
  source: "Checkov CKV_AWS_21; Security Hub S3.14; Trivy AVD-AWS-0090",
  check: (kloudfuse) =>
    perBucketSetting(
      kloudfuse,
      { type: "aws_s3_bucket_versioning", argument: "versioning" },
      ({ resource, isArgument }) =>
        isArgument
          ? checkAttribute(resource, "versioning.0.enabled", (value) => value === true, "Set it to true.")
          : checkAttribute(
              resource,
              "versioning_configuration.0.status",
              (value) => value === "Enabled",
              "Set it to Enabled.",
            ),
    ),
};
