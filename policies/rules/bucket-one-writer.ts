import { type PlannedBackupBucket, backupBuckets, bucketNotInPlan } from "../buckets/backup-buckets";
import { BUCKET_LIFECYCLE, BUCKET_POLICY, type BucketSetting, resourcesOf } from "../buckets/bucket-settings";
import type { Kloudfuse } from "../kloudfuse";
import { finding, unknownOutcome } from "../outcomes";
import { type Plan, type PlannedResource, UNKNOWN } from "../plan";
import type { PolicyOutcome, Policy } from "../policy";

const SETTINGS = [BUCKET_POLICY, BUCKET_LIFECYCLE] as const;

export const bucketOneWriter: Policy = {
  id: "KFF-BKT-008",
  severity: "error",
  title: "One policy and one lifecycle resource for a bucket",
  why: "Each replaces what the other sets: the last writer wins on every apply, and the TLS-only policy or the expiration is lost.",
  source: "Amazon S3 API, PutBucketPolicy, PutBucketLifecycleConfiguration; AWS provider, aws_s3_bucket_policy",
  check: (kloudfuse) =>
    backupBuckets(kloudfuse).flatMap((bucket) => {
      const outcomes = SETTINGS.flatMap((setting) => checkSetting(kloudfuse, setting, bucket));
      return bucket.resource === undefined
        ? [...outcomes, bucketNotInPlan(bucket, "whether it has one policy and one lifecycle")]
        : outcomes;
    }),
};

function checkSetting(
  kloudfuse: Kloudfuse,
  setting: Required<BucketSetting>,
  bucket: PlannedBackupBucket,
): PolicyOutcome[] {
  const { type, argument } = setting;
  const { certain, possible } = resourcesOf(kloudfuse, type, bucket);
  const { resource } = bucket;
  const [first, ...others] = certain;
  if (first === undefined) {
    return [];
  }
  return [
    ...others.map((other) =>
      finding(other, `${first.address} sets the same configuration of the bucket`, "Merge them: the last writer wins."),
    ),
    ...(resource !== undefined && isWritten(kloudfuse.plan, resource, argument)
      ? [
          finding(
            resource,
            `${argument} and ${first.address} set the same configuration of the bucket`,
            `Remove ${argument}: the last writer wins.`,
          ),
        ]
      : []),
    ...possible.map((other) => unknownOutcome(other, `whether it sets the same configuration as ${first.address}`)),
  ];
}

/** Whether the configuration sets an argument that the provider also reads back. */
function isWritten(plan: Plan, bucket: PlannedResource, argument: string): boolean {
  const value = bucket.get(argument);
  const isSet = value !== undefined && value !== "" && !(Array.isArray(value) && value.length === 0);
  // A plan does not show dynamic blocks, but the values of a new bucket can only come from the configuration.
  const isNew = bucket.actions.includes("create") && value !== UNKNOWN;
  return isSet && (plan.isConfigured(bucket, argument) || isNew);
}
