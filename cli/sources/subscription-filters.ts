import { type CloudWatchLogsClient, DescribeSubscriptionFiltersCommand } from "@aws-sdk/client-cloudwatch-logs";
import { call } from "../aws/call";

/** A subscription filter of a log group. */
export interface SubscriptionFilter {
  readonly name: string;
  readonly destinationArn: string;
  readonly roleArn: string;
  readonly filterPattern: string;
}

/**
 * The subscription filters of a log group; none where the log group does not exist any more.
 *
 * @throws UndeterminedError when AWS does not list them
 */
export async function subscriptionFilters(
  logs: CloudWatchLogsClient,
  logGroupName: string,
): Promise<SubscriptionFilter[]> {
  const filters = new Array<SubscriptionFilter>();
  let nextToken: string | undefined;
  do {
    const command = new DescribeSubscriptionFiltersCommand({ logGroupName, nextToken });
    const page = await call("logs:DescribeSubscriptionFilters", logs.send(command));
    filters.push(
      ...(page?.subscriptionFilters ?? []).map(
        ({ filterName = "", destinationArn = "", roleArn = "", filterPattern = "" }): SubscriptionFilter => ({
          name: filterName,
          destinationArn,
          roleArn,
          filterPattern,
        }),
      ),
    );
    nextToken = page?.nextToken;
  } while (nextToken !== undefined);
  return filters;
}
