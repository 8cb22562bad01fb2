import type { Kloudfuse } from "../kloudfuse";
import { finding, undetermined } from "../outcomes";
import type { PlannedResource } from "../plan";
import type { Outcome, Policy } from "../policy";

/** Resources that replace all of what another of their type wrote, and the bucket's own deprecated block for the same. */
const WHOLE = [
  { type: "aws_s3_bucket_policy", block: "policy" },
  { type: "aws_s3_bucket_lifecycle_configuration", block: "lifecycle_rule" },
] as const;

export const bucketOneWriter: Policy = {
  id: "KFF-BKT-008",
  severity: "error",
  title: "One policy and one lifecycle resource for a bucket",
  why: "S3 keeps one of each: the last apply wins, and each plan after it shows a change.",
  source: "Amazon S3 API, PutBucketPolicy, PutBucketLifecycleConfiguration; AWS provider, aws_s3_bucket_policy",
  check: (kloudfuse) =>
    kloudfuse.buckets.flatMap((bucket) =>
      WHOLE.flatMap(({ type, block }) => writersOf(kloudfuse, bucket, type, block)),
    ),
};

function writersOf({ related }: Kloudfuse, bucket: PlannedResource, type: string, block: string): Outcome[] {
  const { certain, possible } = related(type, "bucket", bucket);
  const [first, ...others] = certain;
  const remedy = "Merge them into one.";
  return [
    ...others.map(({ address }) =>
      finding(bucket, `${first?.address ?? ""} and ${address} replace each other`, remedy),
    ),
    ...(first !== undefined && isSet(bucket, block) && bucket.actions.includes("create")
      ? [finding(bucket, `its ${block} and ${first.address} replace each other`, remedy)]
      : []),
    ...(first === undefined ? [] : possible).map(({ address }) =>
      undetermined(
        bucket,
        `whether ${address} is for this bucket too, beside ${first?.address ?? ""}, is not known before the apply`,
        "Evaluate the plan again after the apply.",
      ),
    ),
  ];
}

/** What the configuration sets; a bucket that exists shows what others wrote. */
function isSet(bucket: PlannedResource, block: string): boolean {
  const value = bucket.get(block);
  return (typeof value === "string" && value !== "") || (Array.isArray(value) && value.length > 0);
}
