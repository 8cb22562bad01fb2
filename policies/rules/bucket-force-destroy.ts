import { attribute } from "../outcomes";
import type { Policy } from "../policy";

export const bucketForceDestroy: Policy = {
  id: "KFF-BKT-006",
  severity: "warning",
  title: "Destroying the backup bucket does not delete the failed data in it",
  why: "A bucket with force_destroy takes what has not been replayed with it, without asking.",
  source: "AWS provider, aws_s3_bucket",
  check: ({ buckets }) =>
    buckets.flatMap((bucket) =>
      attribute(bucket, "force_destroy", (value) => value !== true, "Set it only for the apply before the destroy."),
    ),
};
