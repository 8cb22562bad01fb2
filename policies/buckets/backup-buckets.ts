import { lastPart } from "../../iam/arn";
import { memoizedByObject } from "../../iam/memoized";
import { BACKUP, type Kloudfuse, type PlannedStream } from "../kloudfuse";
import { IN_ITS_OWN_PLAN, undeterminedOutcome, unknownOutcome } from "../outcomes";
import { type PlannedResource, redactedText } from "../plan";
import type { PolicyOutcome } from "../policy";

/** A bucket for failed data, with the streams that back up to it. */
export interface PlannedBackupBucket {
  /** Undefined if the plan does not have the bucket, or does not show which one it is. */
  readonly resource: PlannedResource | undefined;
  /** The ARN that the streams name, where it is known. */
  readonly arn: string | undefined;
  readonly streams: readonly [PlannedStream, ...PlannedStream[]];
}

const PATH = `${BACKUP}.bucket_arn`;

/** The buckets that the streams back up to, each once. */
export const backupBuckets = memoizedByObject(({ streams }: Kloudfuse): readonly PlannedBackupBucket[] => {
  const groups = new Map<unknown, [PlannedStream, ...PlannedStream[]]>();
  for (const stream of streams) {
    const { kind, resource, value } = stream.bucket;
    if (kind !== "absent") {
      // Two values that are not known need not be the same.
      const key = resource ?? (typeof value === "string" ? value : stream);
      const others = groups.get(key);
      if (others === undefined) {
        groups.set(key, [stream]);
      } else {
        others.push(stream);
      }
    }
  }
  return [...groups.values()].map((members) => {
    const { resource } = members[0].bucket;
    const values = members.map(({ bucket }) => bucket.value);
    const arn = [...values, resource?.get("arn")].find((value) => typeof value === "string");
    return { resource, arn, streams: members };
  });
});

/** The bucket of each stream that backs up. */
export const bucketsByStream = memoizedByObject(
  (kloudfuse: Kloudfuse): ReadonlyMap<PlannedStream, PlannedBackupBucket> =>
    new Map(backupBuckets(kloudfuse).flatMap((bucket) => bucket.streams.map((stream) => [stream, bucket] as const))),
);

/** The bucket's name, as far as it is known. */
export function bucketName({ resource, arn }: PlannedBackupBucket): string | undefined {
  const name = resource?.get("bucket");
  return typeof name === "string" ? name : arn === undefined ? undefined : lastPart(arn);
}

/** Reports that the plan does not have the bucket, and what is therefore undetermined. */
export function bucketNotInPlan({ streams, arn }: PlannedBackupBucket, what: string): PolicyOutcome {
  const [{ resource }] = streams;
  return arn === undefined
    ? unknownBucket(resource, what)
    : undeterminedOutcome(
        resource,
        `the plan does not have the bucket ${redactedText(resource, PATH, arn)}: ${what} is undetermined`,
        IN_ITS_OWN_PLAN,
      );
}

function unknownBucket(stream: PlannedResource, what: string): PolicyOutcome {
  const { found, ...outcome } = unknownOutcome(stream, PATH);
  return { ...outcome, found: `${found}: ${what} is undetermined` };
}
