import { perBucketGuard } from "../bucket-guard";
import type { Kloudfuse } from "../kloudfuse";
import { attribute } from "../outcomes";
import type { PlannedResource } from "../plan";
import type { Policy } from "../policy";

const BLOCKS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

export const bucketPublicAccess: Policy = {
  id: "KFF-BKT-001",
  severity: "error",
  title: "All public access to the backup bucket is blocked",
  why: "One policy or ACL by mistake, and the failed data is public.",
  source: "Checkov CKV_AWS_53, 54, 55, 56; Security Hub S3.8; Trivy AVD-AWS-0086, 0087, 0091, 0093",
  check: (kloudfuse) =>
    perBucketGuard(kloudfuse, {
      type: "aws_s3_bucket_public_access_block",
      isProtected: (bucket) => isAccountBlocked(kloudfuse, bucket),
      evaluate: (guard) =>
        BLOCKS.flatMap((block) => attribute(guard, block, (value) => value === true, "Set it to true.")),
    }),
};

/** Whether the whole account blocks public access, which applies to each of its buckets. */
const isAccountBlocked = ({ plan }: Kloudfuse, bucket: PlannedResource): boolean =>
  plan
    .ofType("aws_s3_account_public_access_block")
    .some((account) => account.accountId === bucket.accountId && BLOCKS.every((block) => account.get(block) === true));
