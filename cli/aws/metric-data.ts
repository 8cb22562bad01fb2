import {
  type CloudWatchClient,
  type GetMetricDataCommandInput,
  type MetricDataQuery,
  paginateGetMetricData,
} from "@aws-sdk/client-cloudwatch";
import { pagesOf } from "./pages";

/** Source: CloudWatch API, GetMetricData.MetricDataQueries. */
const MAX_QUERIES = 500;

const COMPLETE = "Complete";

/** What CloudWatch has for one query. */
export interface MetricData {
  readonly id: string;
  readonly times: readonly Date[];
  /** The values at those times. */
  readonly values: readonly number[];
  /** Whether CloudWatch says that it returned every value that it has. */
  readonly isComplete: boolean;
}

/**
 * What CloudWatch has for queries, in as many requests as they take.
 *
 * @throws UndeterminedError when CloudWatch does not answer
 */
export async function* getMetricData(
  cloudWatch: CloudWatchClient,
  range: Omit<GetMetricDataCommandInput, "MetricDataQueries" | "NextToken">,
  queries: readonly MetricDataQuery[],
): AsyncGenerator<MetricData> {
  for (let first = 0; first < queries.length; first += MAX_QUERIES) {
    yield* await allPages(cloudWatch, { ...range, MetricDataQueries: queries.slice(first, first + MAX_QUERIES) });
  }
}

/** A query whose values do not fit a page has the others on the next one, and is partial until then. */
async function allPages(client: CloudWatchClient, input: GetMetricDataCommandInput): Promise<MetricData[]> {
  const byId = new Map<string, MetricData>();
  for await (const page of pagesOf("cloudwatch:GetMetricData", paginateGetMetricData({ client }, input))) {
    for (const { Id = "", Timestamps = [], Values = [], StatusCode = COMPLETE } of page?.MetricDataResults ?? []) {
      const { times = [], values = [] } = byId.get(Id) ?? {};
      byId.set(Id, {
        id: Id,
        times: [...times, ...Timestamps],
        values: [...values, ...Values],
        isComplete: StatusCode === COMPLETE,
      });
    }
  }
  return [...byId.values()];
}
