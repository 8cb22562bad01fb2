import { type CloudWatchLogsClient, paginateDescribeSubscriptionFilters } from "@aws-sdk/client-cloudwatch-logs";
import { type Answer, attempt } from "../aws/attempt";
import { collected, pagesOf } from "../aws/pages";
import { mergeConcurrently } from "../merge";

/** AWS allows 10 requests for subscription filters a second in an account: the SDK slows down before it fails. */
export const THROTTLED_SETTINGS = { retryMode: "adaptive", maxAttempts: 12 } as const;

/** CloudWatch Logs API, PutSubscriptionFilter.distribution: the default. */
export const DEFAULT_DISTRIBUTION = "ByLogStream";

/** The distribution of a subscription, unless it is the default. */
export const otherDistribution = (distribution: string | undefined): { readonly distribution?: string } =>
  distribution === undefined || distribution === "" || distribution === DEFAULT_DISTRIBUTION ? {} : { distribution };

/** A subscription filter of a log group. */
export interface SubscriptionFilter {
  readonly name: string;
  readonly destinationArn: string;
  readonly roleArn: string;
  readonly filterPattern: string;
  /** AWS's value, if it is not `ByLogStream`, the default. */
  readonly distribution?: string;
}

/**
 * The subscription filters of a log group; none if the log group no longer exists.
 *
 * @throws UndeterminedError when AWS does not list them
 */
export async function listSubscriptionFilters(
  client: CloudWatchLogsClient,
  logGroupName: string,
): Promise<SubscriptionFilter[]> {
  const paginator = paginateDescribeSubscriptionFilters({ client }, { logGroupName });
  const pages = pagesOf("logs:DescribeSubscriptionFilters", paginator);
  const filters = await collected(pages, (page) => page?.subscriptionFilters);
  return filters.map(({ filterName = "", destinationArn = "", roleArn = "", filterPattern = "", distribution }) => ({
    name: filterName,
    destinationArn,
    roleArn,
    filterPattern,
    ...otherDistribution(distribution),
  }));
}

/** More would only be throttled: AWS allows 10 requests for subscription filters a second in an account. */
const MAX_REQUESTS_IN_FLIGHT = 5;

/** A log group with its subscription filters, or why they are not known. */
export interface LogGroupWithFilters<Group> {
  readonly group: Group;
  readonly filters: Answer<readonly SubscriptionFilter[]>;
}

/** Reads the subscription filters of log groups, several at once, and yields them as they come. */
export function readFiltersOfEach<Group extends { readonly name: string }>(
  logs: CloudWatchLogsClient,
  groups: AsyncIterable<Group>,
): AsyncGenerator<readonly LogGroupWithFilters<Group>[]> {
  async function* filtersOf(group: Group): AsyncGenerator<LogGroupWithFilters<Group>> {
    yield { group, filters: await attempt(listSubscriptionFilters(logs, group.name)) };
  }
  return mergeConcurrently(groups, filtersOf, MAX_REQUESTS_IN_FLIGHT);
}
