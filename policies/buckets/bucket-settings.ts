import { memoized, memoizedByObject } from "../../iam/memoized";
import { type PlannedBackupBucket, backupBuckets, bucketNotInPlan, bucketName } from "./backup-buckets";
import type { Kloudfuse } from "../kloudfuse";
import { finding, IN_ITS_OWN_PLAN, undeterminedOutcome, unknownOutcome } from "../outcomes";
import { type Planned, type PlannedResource, UNKNOWN } from "../plan";
import type { PolicyOutcome } from "../policy";

/** A setting of a bucket: a separate resource, or a deprecated argument of `aws_s3_bucket`. */
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

/** The resource that holds a setting. */
export interface SettingHolder {
  readonly resource: PlannedResource;
  /** Whether the setting is an argument of `aws_s3_bucket`. */
  readonly isArgument: boolean;
}

/** Evaluates a setting of each backup bucket; a bucket of the plan without it is a finding. */
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

/** The resources that hold a setting of a bucket; if none certainly does, the outcomes that say why. */
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

/** The resources of a type that name a bucket, which another root module may manage. */
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

/** Whether an argument of a bucket has a setting. */
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
  // The state also lists the setting of a separate resource; destroying that resource removes the setting.
  return isSet && !namesOfDestroyed(kloudfuse)(type).has(bucket.textBefore("bucket"));
}

/** Names of the buckets whose resource of a type the plan destroys. */
const namesOfDestroyed = memoizedByObject(({ deletedOfType }: Kloudfuse) =>
  memoized((type): ReadonlySet<unknown> => {
    const gone = deletedOfType(type).filter(({ isGone }) => isGone);
    return new Set(gone.flatMap((resource) => resource.textBefore("bucket") ?? []));
  }),
);
