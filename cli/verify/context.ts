import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { IAMClient } from "@aws-sdk/client-iam";
import { S3Client } from "@aws-sdk/client-s3";
import type { AwsContext } from "../aws/context";
import { bucketSettings } from "../aws/settings";
import type { AwsOptions } from "../options";

/** What the checks of one region need. */
export interface VerifyContext extends AwsContext {
  readonly iam: IAMClient;
  readonly s3: S3Client;
  readonly cloudWatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
  /** The time of the evaluation. */
  readonly now: Date;
  /** How long the command waited at most for streams in status CREATING; undefined when it did not wait. */
  readonly waitedSeconds: number | undefined;
}

export function verifyContext(
  aws: AwsContext,
  options: AwsOptions,
  { now, waitedSeconds }: Pick<VerifyContext, "now" | "waitedSeconds">,
): VerifyContext {
  const { settings, region } = aws;
  return {
    ...aws,
    iam: new IAMClient(settings),
    s3: new S3Client(bucketSettings({ ...options, region })),
    cloudWatch: new CloudWatchClient(settings),
    logs: new CloudWatchLogsClient(settings),
    now,
    waitedSeconds,
  };
}
