import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { AwsContext } from "../aws/context";
import { THROTTLED_SETTINGS } from "../sources/subscription-filters";

/** The clients that list log groups. */
export interface LogGroupsContext {
  readonly logs: CloudWatchLogsClient;
  readonly cloudWatch: CloudWatchClient;
}

export const logGroupsContext = ({ settings }: Pick<AwsContext, "settings">): LogGroupsContext => ({
  logs: new CloudWatchLogsClient({ ...settings, ...THROTTLED_SETTINGS }),
  cloudWatch: new CloudWatchClient(settings),
});
