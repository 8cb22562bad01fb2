import { backupBuckets, bucketNotInPlan } from "../buckets/backup-buckets";
import { checkAttribute } from "../outcomes";
import type { Policy } from "../policy";

export const bucketForceDestroy: Policy = {
  id: "KFF-BKT-006",
  severity: "warning",
  title: "Destroying the backup bucket does not delete the failed data in it",
  why: "Terraform empties a bucket with force_destroy without asking, and deletes failed data that nobody has replayed.",
  source: "AWS provider, aws_s3_bucket",
  check: (kloudfuse) =>
    backupBuckets(kloudfuse).flatMap((bucket) =>
      bucket.resource === undefined
        ? [bucketNotInPlan(bucket, "its force_destroy")]
        : checkAttribute(
            bucket.resource,
            "force_destroy",
            (value) => value !== true,
            "Set it only for the apply before the destroy.",
          ),
    ),
};
