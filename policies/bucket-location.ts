import { partitionOfRegion } from "../iam/partitions";
import type { AwsLocation } from "../iam/request";
import type { Kloudfuse } from "./kloudfuse";
import { type Planned, type PlannedResource, UNKNOWN } from "./plan";

/** Where a resource is, as far as the plan tells. */
export function locationOfResource({ accountId, region }: PlannedResource): AwsLocation {
  return {
    accountId: accountId ?? UNKNOWN,
    region: region ?? UNKNOWN,
    partition: region === undefined ? UNKNOWN : partitionOfRegion(region),
  };
}

/** The ARN of a backup bucket: as the plan or a stream has it, else from its name. */
export function bucketArnOf({ streams }: Kloudfuse, bucket: PlannedResource): Planned<string> {
  const named = streams.find((stream) => stream.bucket.resource === bucket)?.bucket.value;
  const [arn] = [bucket.text("arn"), named].filter((text) => typeof text === "string" && text.startsWith("arn:"));
  const { partition } = locationOfResource(bucket);
  const name = bucket.text("bucket");
  return typeof arn === "string"
    ? arn
    : typeof name === "string" && partition !== UNKNOWN
      ? `arn:${partition}:s3:::${name}`
      : UNKNOWN;
}
