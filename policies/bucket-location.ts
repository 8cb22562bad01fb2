import type { AwsLocation } from "../iam/request";
import type { Kloudfuse } from "./kloudfuse";
import { locationOf } from "./role-uses";
import { type Planned, type PlannedResource, UNKNOWN } from "./plan";

/** Where a backup bucket is: Firehose takes a bucket of another account too, but nothing says of which. */
export function locationOfBucket({ streams }: Kloudfuse, bucket: PlannedResource): AwsLocation {
  const stream = streams.find((candidate) => candidate.bucket.resource === bucket);
  const { accountId, region } = bucket;
  const ofStream = stream === undefined ? NOWHERE : locationOf(stream);
  return { ...ofStream, accountId: accountId ?? ofStream.accountId, region: region ?? ofStream.region };
}

const NOWHERE: AwsLocation = { accountId: UNKNOWN, region: UNKNOWN, partition: UNKNOWN };

/** The ARN of a backup bucket: as the plan or a stream has it, else from its name. */
export function bucketArnOf(kloudfuse: Kloudfuse, bucket: PlannedResource): Planned<string> {
  const named = kloudfuse.streams.find((stream) => stream.bucket.resource === bucket)?.bucket.value;
  const [arn] = [bucket.text("arn"), named].filter((text) => typeof text === "string" && text.startsWith("arn:"));
  const { partition } = locationOfBucket(kloudfuse, bucket);
  const name = bucket.text("bucket");
  return typeof arn === "string"
    ? arn
    : typeof name === "string" && partition !== UNKNOWN
      ? `arn:${partition}:s3:::${name}`
      : UNKNOWN;
}
