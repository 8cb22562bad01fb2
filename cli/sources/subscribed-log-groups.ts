import type { CloudWatchLogsClient } from "@aws-sdk/client-cloudwatch-logs";
import { AccessDeniedError, isUndetermined } from "../aws/call";
import { UndeterminedError } from "../exit-codes";
import { listSubscribableLogGroups } from "./log-groups";
import { readFiltersOfEach, type SubscriptionFilter } from "./subscription-filters";

/** Our choice: AWS allows 10 requests for subscription filters a second, so that these take about 20 seconds. */
export const MAX_LOG_GROUPS = 200;

/** A subscription filter and the log group that it belongs to. */
export interface LogGroupFilter extends SubscriptionFilter {
  readonly logGroup: string;
}

/** The subscription filters of a region, as far as they were read. */
export interface SubscribedLogGroups {
  /** Sorted by log group and name. */
  readonly filters: readonly LogGroupFilter[];
  /** Number of log groups whose filters were read. */
  readonly count: number;
  /** Whether those are all that can be subscribed. */
  readonly isComplete: boolean;
  /** Why the filters of some log groups are not known, or the list of log groups; each reason once. */
  readonly errors: readonly UndeterminedError[];
}

/**
 * Reads the subscription filters of up to `MAX_LOG_GROUPS` log groups: AWS lists filters by log group only.
 *
 * @param first names of log groups to begin with, which need not exist
 */
export async function readSubscribedLogGroups(
  logs: CloudWatchLogsClient,
  first: readonly string[],
): Promise<SubscribedLogGroups> {
  const filters = new Array<LogGroupFilter>();
  const requested = new Set<string>();
  const errors = new Array<UndeterminedError>();
  let count = 0;
  let hasMore = false;
  async function* names(): AsyncGenerator<string> {
    yield* first;
    try {
      for await (const { name } of listSubscribableLogGroups(logs)) {
        yield name;
      }
    } catch (error) {
      if (!isUndetermined(error)) {
        throw error;
      }
      errors.push(error);
    }
  }
  async function* groupsToRead(): AsyncGenerator<{ readonly name: string }> {
    for await (const name of names()) {
      if (requested.has(name)) {
        continue;
      }
      // If the first calls are denied, the others would be denied too.
      hasMore =
        requested.size === MAX_LOG_GROUPS ||
        (count === 0 && errors.some((error) => error instanceof AccessDeniedError));
      if (hasMore) {
        return;
      }
      requested.add(name);
      yield { name };
    }
  }
  for await (const read of readFiltersOfEach(logs, groupsToRead())) {
    for (const { group, filters: answer } of read) {
      if (answer instanceof UndeterminedError) {
        errors.push(answer);
      } else {
        count += 1;
        filters.push(...answer.map((filter) => ({ ...filter, logGroup: group.name })));
      }
    }
  }
  filters.sort((one, other) => (keyOf(one) < keyOf(other) ? -1 : 1));
  return { filters, count, isComplete: errors.length === 0 && !hasMore, errors: distinct(errors) };
}

const distinct = (errors: readonly UndeterminedError[]): UndeterminedError[] => [
  ...new Map(errors.map((error) => [error.message, error])).values(),
];

const keyOf = ({ logGroup, name }: LogGroupFilter): string => `${logGroup}\n${name}`;
