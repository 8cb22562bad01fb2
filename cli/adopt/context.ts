import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { IAMClient } from "@aws-sdk/client-iam";
import type { AwsContext } from "../aws/context";
import { THROTTLED_SETTINGS } from "../sources/subscription-filters";

/** The clients that an adoption reads with. */
export interface AdoptContext extends AwsContext {
  readonly iam: IAMClient;
  readonly cloudWatch: CloudWatchClient;
  readonly logs: CloudWatchLogsClient;
}

export const adoptContext = (aws: AwsContext): AdoptContext => ({
  ...aws,
  iam: new IAMClient(aws.settings),
  cloudWatch: new CloudWatchClient(aws.settings),
  logs: new CloudWatchLogsClient({ ...aws.settings, ...THROTTLED_SETTINGS }),
});
