import { memoized, memoizedByObject } from "../../iam/memoized";
import { type PlannedBackupBucket, backupBuckets, bucketNotInPlan, bucketName } from "./backup-buckets";
import type { Kloudfuse } from "../kloudfuse";
import { finding, IN_ITS_OWN_PLAN, undeterminedOutcome, unknownOutcome } from "../outcomes";
import { type Planned, type PlannedResource, UNKNOWN } from "../plan";
import type { PolicyOutcome } from "../policy";

/** A setting of a bucket: a resource of its own, or a deprecated argument of `aws_s3_bucket`. */
export interface BucketSetting {
  readonly type: string;
  readonly argument?: string;
}

/** How a bucket encrypts by default. */
export const BUCKET_ENCRYPTION = {
  type: "aws_s3_bucket_server_side_encryption_configuration",
  argument: "server_side_encryption_configuration",
} as const;

export const BUCKET_LIFECYCLE = {
  type: "aws_s3_bucket_lifecycle_configuration",
  argument: "lifecycle_rule",
} as const;

export const BUCKET_POLICY = { type: "aws_s3_bucket_policy", argument: "policy" } as const;

/** What holds a setting: `path` is the argument of `aws_s3_bucket`, undefined for a resource of its own. */
export interface SettingHolder {
  readonly resource: PlannedResource;
  readonly isArgument: boolean;
}

/** Evaluates a setting of each backup bucket; that a bucket of the plan does not have it is a finding. */
export function perBucketSetting(
  kloudfuse: Kloudfuse,
  setting: BucketSetting,
  evaluate: (holder: SettingHolder, bucket: PlannedBackupBucket) => readonly PolicyOutcome[],
): PolicyOutcome[] {
  return backupBuckets(kloudfuse).flatMap((bucket) =>
    checkSetting(kloudfuse, setting, bucket, (holder) => evaluate(holder, bucket)),
  );
}

/** Evaluates a setting of one bucket. */
export function checkSetting(
  kloudfuse: Kloudfuse,
  setting: BucketSetting,
  bucket: PlannedBackupBucket,
  evaluate: (holder: SettingHolder) => readonly PolicyOutcome[],
): readonly PolicyOutcome[] {
  const { holders, unknown: gaps } = holdersOf(kloudfuse, setting, bucket);
  return holders.length > 0 ? holders.flatMap(evaluate) : gaps.length > 0 ? gaps : missing(kloudfuse, setting, bucket);
}

function missing({ plan }: Kloudfuse, { type }: BucketSetting, { resource }: PlannedBackupBucket): PolicyOutcome[] {
  if (resource === undefined) {
    return [];
  }
  return plan.isComplete
    ? [finding(resource, `it has no ${type}`, "Add one.")]
    : [
        undeterminedOutcome(
          resource,
          `the plan is not complete: whether the bucket has ${type} is undetermined`,
          IN_ITS_OWN_PLAN,
        ),
      ];
}

/** What holds a setting of a bucket, and, where nothing surely does, why that is undetermined. */
export function holdersOf(
  kloudfuse: Kloudfuse,
  { type, argument }: BucketSetting,
  bucket: PlannedBackupBucket,
): { readonly holders: readonly SettingHolder[]; readonly unknown: readonly PolicyOutcome[] } {
  const { certain, possible } = resourcesOf(kloudfuse, type, bucket);
  const { resource } = bucket;
  if (certain.length > 0) {
    return { holders: certain.map((each) => ({ resource: each, isArgument: false })), unknown: [] };
  }
  if (resource === undefined) {
    return { holders: [], unknown: [bucketNotInPlan(bucket, `its ${type}`)] };
  }
  const isSet = argument === undefined ? false : isArgumentSet(kloudfuse, type, argument, resource);
  if (isSet === true) {
    return { holders: [{ resource, isArgument: true }], unknown: [] };
  }
  return {
    holders: [],
    unknown: [
      ...(isSet === UNKNOWN ? [unknownOutcome(resource, argument ?? "")] : []),
      ...(possible.length > 0 ? [unknownOutcome(resource, `whether the bucket has ${type}`)] : []),
    ],
  };
}

/** The resources of a type that name a bucket, also one that another root manages. */
export function resourcesOf(
  { plan, related }: Kloudfuse,
  type: string,
  bucket: PlannedBackupBucket,
): { readonly certain: readonly PlannedResource[]; readonly possible: readonly PlannedResource[] } {
  if (bucket.resource !== undefined) {
    return related(type, "bucket", bucket.resource);
  }
  const name = bucketName(bucket);
  return { certain: name === undefined ? [] : plan.withValue(type, "bucket", name), possible: [] };
}

/** Whether a bucket has a setting by an argument of its own. */
function isArgumentSet(
  kloudfuse: Kloudfuse,
  type: string,
  argument: string,
  bucket: PlannedResource,
): Planned<boolean> {
  const value = bucket.get(argument);
  if (value === UNKNOWN) {
    return kloudfuse.plan.isOmitted(bucket, argument) ? false : UNKNOWN;
  }
  const isSet = Array.isArray(value) ? value.length > 0 : typeof value === "string" && value !== "";
  // The state also lists what a resource of its own has set, and destroying that resource takes it away.
  return isSet && !namesOfDestroyed(kloudfuse)(type).has(bucket.textBefore("bucket"));
}

/** Names of the buckets that lose their resource of a type. */
const namesOfDestroyed = memoizedByObject(({ deletedOfType }: Kloudfuse) =>
  memoized((type): ReadonlySet<unknown> => {
    const gone = deletedOfType(type).filter(({ isGone }) => isGone);
    return new Set(gone.flatMap((resource) => resource.textBefore("bucket") ?? []));
  }),
);
