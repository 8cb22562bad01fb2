import { PUBLIC_ACCESS_BLOCKS } from "../../modules/public-access-blocks";
import { type PlannedBackupBucket, backupBuckets } from "../buckets/backup-buckets";
import { checkSetting } from "../buckets/bucket-settings";
import type { Kloudfuse } from "../kloudfuse";
import { checkAttribute } from "../outcomes";
import type { PlannedResource } from "../plan";
import type { PolicyOutcome, Policy } from "../policy";

const TYPE = "aws_s3_bucket_public_access_block";
const BLOCKS = PUBLIC_ACCESS_BLOCKS.map(({ attribute: name }) => name);

export const bucketPublicAccess: Policy = {
  id: "KFF-BKT-001",
  severity: "error",
  title: "All public access to the backup bucket is blocked",
  why: "Otherwise a single mistake in a policy or an ACL makes the failed data public.",
  source: "Checkov CKV_AWS_53, 54, 55, 56; Security Hub S3.8; Trivy AVD-AWS-0086, 0087, 0091, 0093",
  check: (kloudfuse) => backupBuckets(kloudfuse).flatMap((bucket) => checkBucket(kloudfuse, bucket)),
};

function checkBucket(kloudfuse: Kloudfuse, bucket: PlannedBackupBucket): readonly PolicyOutcome[] {
  const ofAccount = accountBlocks(kloudfuse, bucket);
  // S3 applies the account's settings to all buckets of the account.
  const open = BLOCKS.filter((block) => !ofAccount.some((resource) => resource.get(block) === true));
  return open.length === 0
    ? []
    : checkSetting(kloudfuse, { type: TYPE }, bucket, ({ resource }) =>
        open.flatMap((block) => checkAttribute(resource, block, (value) => value === true, "Set it to true.")),
      );
}

/** The public access blocks of the bucket's account. */
function accountBlocks({ plan }: Kloudfuse, { resource }: PlannedBackupBucket): readonly PlannedResource[] {
  if (resource === undefined) {
    return [];
  }
  return plan.ofType("aws_s3_account_public_access_block").filter((block) => {
    const account = block.get("account_id");
    return typeof account === "string" && account !== "" && resource.accountId !== undefined
      ? account === resource.accountId
      : plan.isSameAccount(block, resource);
  });
}
