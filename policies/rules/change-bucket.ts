import { deletions } from "../deletions";
import type { Policy } from "../policy";

export const changeBucket: Policy = {
  id: "KFF-CHG-003",
  severity: "error",
  title: "The backup bucket is not replaced or destroyed",
  why: "The failed data in it is lost, and Firehose drops more until there is a new bucket.",
  source: "Amazon S3 API, DeleteBucket",
  check: (kloudfuse) => deletions(kloudfuse, "aws_s3_bucket"),
};
