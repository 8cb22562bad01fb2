import { parseArn } from "../../iam/arn";
import type { AwsLocation } from "../../iam/request";
import type { Statements } from "../../iam/evaluate";
import { type PlannedBackupBucket, bucketName } from "./backup-buckets";
import { type Plan, UNKNOWN } from "../plan";
import { locationOf } from "../roles/role-uses";

/** The location of a bucket, as far as the plan shows. */
export function locationOfBucket(plan: Plan, { resource, streams }: PlannedBackupBucket): AwsLocation {
  const [stream] = streams;
  const { partition, accountId } = locationOf(stream);
  const isInAccountOfStream = resource !== undefined && plan.isSameAccount(resource, stream.resource);
  return {
    partition,
    region: resource?.region ?? UNKNOWN,
    accountId: resource?.accountId ?? (isInAccountOfStream ? accountId : UNKNOWN),
  };
}

/** Stands for the ARN of a bucket whose name is not known: no policy of another bucket names it. */
export const NAMELESS_BUCKET_ARN = "arn:aws:s3:::name-not-known";

/**
 * ARN of a bucket, also of one that the plan creates; undefined where its name is not known.
 *
 * @param statements the bucket's policy, whose ARNs show the partition if nothing else does
 */
export function arnOfBucket(plan: Plan, bucket: PlannedBackupBucket, statements: Statements): string | undefined {
  const name = bucketName(bucket);
  if (bucket.arn !== undefined || name === undefined) {
    return bucket.arn;
  }
  const { partition } = locationOfBucket(plan, bucket);
  const written = statements
    .flatMap((statement) => (statement === UNKNOWN ? [] : (statement.resources?.values ?? [])))
    .flatMap((value) => parseArn(value)?.partition ?? []);
  return `arn:${partition === UNKNOWN ? (written[0] ?? "aws") : partition}:s3:::${name}`;
}
