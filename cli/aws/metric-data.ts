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

/** The values of one query. */
export interface MetricData {
  readonly id: string;
  readonly times: readonly Date[];
  /** The values at those times. */
  readonly values: readonly number[];
  /** Whether CloudWatch says that it returned every value that it has. */
  readonly isComplete: boolean;
}

/**
 * Gets the values of queries, in as many requests as necessary.
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

/**
 * Joins the pages: values of a query that do not fit on a page are on the next one, and the query is partial until
 * then.
 */
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
