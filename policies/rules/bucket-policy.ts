import { type PlannedBackupBucket, backupBuckets, bucketNotInPlan } from "../buckets/backup-buckets";
import { grantsToOthers } from "../buckets/bucket-grants";
import { uploadDenials } from "../buckets/bucket-uploads";
import { BUCKET_POLICY, resourcesOf } from "../buckets/bucket-settings";
import type { Kloudfuse } from "../kloudfuse";
import { distinct, finding, unknownOutcome } from "../outcomes";
import type { PolicyOutcome, Policy } from "../policy";
import { bucketPolicies } from "../buckets/resource-policies";

export const bucketPolicy: Policy = {
  id: "KFF-BKT-007",
  severity: "error",
  title: "The backup bucket's policy allows the role to upload and grants nobody else access",
  why: "Firehose drops failed data if the bucket's policy denies the upload, and everybody with access can read telemetry.",
  source: "Amazon S3 User Guide, Policies and permissions; Checkov CKV_AWS_70; Security Hub S3.2, S3.3, S3.6",
  check: (kloudfuse) => backupBuckets(kloudfuse).flatMap((bucket) => distinct(checkBucket(kloudfuse, bucket))),
};

function checkBucket(kloudfuse: Kloudfuse, bucket: PlannedBackupBucket): readonly PolicyOutcome[] {
  const policies = bucketPolicies(kloudfuse, bucket);
  const { resource } = bucket;
  const outcomes = policies.flatMap((policy) =>
    policy.invalid === undefined
      ? [...uploadDenials(kloudfuse, bucket, policy), ...grantsToOthers(kloudfuse, bucket, policy)]
      : [finding(policy.owner, `the bucket's policy is invalid: ${policy.invalid}`, "Correct it: S3 rejects it.")],
  );
  if (resource === undefined) {
    return policies.length === 0 ? [bucketNotInPlan(bucket, "its policy")] : outcomes;
  }
  const { possible } = resourcesOf(kloudfuse, BUCKET_POLICY.type, bucket);
  return policies.length === 0 && possible.length > 0
    ? [unknownOutcome(resource, `whether the bucket has ${BUCKET_POLICY.type}`)]
    : outcomes;
}
