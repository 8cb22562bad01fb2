import { perBucketSetting } from "../buckets/bucket-settings";
import { checkAttribute } from "../outcomes";
import type { Policy } from "../policy";

export const bucketOwnership: Policy = {
  id: "KFF-BKT-002",
  severity: "error",
  title: "ACLs are disabled on the backup bucket",
  why: "An ACL can share an object that the bucket's policy does not share.",
  source: "Checkov CKV2_AWS_65; Security Hub S3.12",
  check: (kloudfuse) =>
    perBucketSetting(kloudfuse, { type: "aws_s3_bucket_ownership_controls" }, ({ resource }) =>
      checkAttribute(
        resource,
        "rule.0.object_ownership",
        (value) => value === "BucketOwnerEnforced",
        "Set it to BucketOwnerEnforced.",
      ),
    ),
};
