import type { Kloudfuse } from "./kloudfuse";
import { finding, undetermined, unknown } from "./outcomes";
import type { PlannedResource } from "./plan";
import type { Outcome } from "./policy";

/** A resource that protects a bucket, such as its policy. */
export interface BucketGuard {
  readonly type: string;
  /**
   * Whether the bucket is protected without such a resource, such as by a block of its own.
   * @default it is not
   */
  readonly isProtected?: (bucket: PlannedResource) => boolean;
  readonly evaluate: (guard: PlannedResource, bucket: PlannedResource) => readonly Outcome[];
}

/** Evaluates what protects each backup bucket; a bucket of the plan without it is a finding. */
export function perBucketGuard(
  { streams, buckets, related, deletedOfType, plan }: Kloudfuse,
  { type, isProtected = () => false, evaluate }: BucketGuard,
): Outcome[] {
  const elsewhere = streams.filter(({ bucket }) => bucket.resource === undefined);
  return [
    ...elsewhere.map(({ resource }) => notInPlan(resource, `the backup bucket, and its ${type}`)),
    ...buckets.flatMap((bucket) => {
      const { certain, possible } = related(type, "bucket", bucket);
      if (certain.length > 0) {
        return certain.flatMap((guard) => evaluate(guard, bucket));
      }
      if (possible.length > 0) {
        return [unknown(bucket, `whether it has a ${type}`)];
      }
      // A block that is in the state alone is what a resource of this plan wrote there, until it is destroyed.
      if (isProtected(bucket) && !deletedOfType(type).some(({ isGone }) => isGone)) {
        return [];
      }
      return plan.isComplete ? [finding(bucket, `it has no ${type}`, "Add one.")] : [notInPlan(bucket, `its ${type}`)];
    }),
  ];
}

const notInPlan = (resource: PlannedResource, what: string): Outcome =>
  undetermined(
    resource,
    `${what} are not in this plan, or not known before the apply`,
    "Evaluate the plan of the root that manages them.",
  );
