import { attribute } from "../outcomes";
import type { Policy } from "../policy";

export const bucketForceDestroy: Policy = {
  id: "KFF-BKT-006",
  severity: "warning",
  title: "Destroying the backup bucket does not delete the failed data in it",
  why: "Destroying a bucket with force_destroy deletes failed records that were not replayed.",
  source: "AWS provider, aws_s3_bucket",
  check: ({ buckets }) =>
    buckets.flatMap((bucket) =>
      attribute(bucket, "force_destroy", (value) => value !== true, "Set it only for the apply before the destroy."),
    ),
};
