import { CloudWatchClient } from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import type { AwsContext } from "../aws/context";

/** What the listing of log groups needs. */
export interface LogGroupsContext {
  readonly logs: CloudWatchLogsClient;
  readonly cloudWatch: CloudWatchClient;
}

/** AWS answers 10 requests for subscription filters a second in an account: the SDK slows down before it gives up. */
const THROTTLED_SETTINGS = { retryMode: "adaptive", maxAttempts: 12 } as const;

export const logGroupsContext = ({ settings }: Pick<AwsContext, "settings">): LogGroupsContext => ({
  logs: new CloudWatchLogsClient({ ...settings, ...THROTTLED_SETTINGS }),
  cloudWatch: new CloudWatchClient(settings),
});
