import { type CloudWatchLogsClient, DescribeLogGroupsCommand } from "@aws-sdk/client-cloudwatch-logs";
import { call } from "../aws/call";

/** The class of which log groups can be subscribed. Source: CloudWatch Logs User Guide, "Log classes". */
const STANDARD = "STANDARD";

/**
 * The names of the log groups of a region that can be subscribed, as AWS lists them.
 *
 * @throws UndeterminedError when AWS does not list them
 */
export async function* subscribableLogGroups(
  logs: CloudWatchLogsClient,
  abortSignal: AbortSignal,
): AsyncGenerator<string> {
  let nextToken: string | undefined;
  do {
    const command = new DescribeLogGroupsCommand({ nextToken });
    const page = await call("logs:DescribeLogGroups", logs.send(command, { abortSignal }));
    for (const { logGroupName, logGroupClass = STANDARD } of page?.logGroups ?? []) {
      if (logGroupName !== undefined && logGroupClass === STANDARD) {
        yield logGroupName;
      }
    }
    nextToken = page?.nextToken;
  } while (nextToken !== undefined);
}
