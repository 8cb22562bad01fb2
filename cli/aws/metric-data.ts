import {
  type CloudWatchClient,
  GetMetricDataCommand,
  type GetMetricDataCommandInput,
  type MetricDataQuery,
  type MetricDataResult,
} from "@aws-sdk/client-cloudwatch";
import { call } from "./call";

/** Source: CloudWatch API, GetMetricData.MetricDataQueries. */
const MAX_QUERIES = 500;

/**
 * What CloudWatch has for queries, in as many requests as they take.
 *
 * @throws UndeterminedError when CloudWatch does not answer
 */
export async function* metricData(
  cloudWatch: CloudWatchClient,
  range: Omit<GetMetricDataCommandInput, "MetricDataQueries">,
  queries: readonly MetricDataQuery[],
): AsyncGenerator<MetricDataResult> {
  for (let first = 0; first < queries.length; first += MAX_QUERIES) {
    const command = new GetMetricDataCommand({
      ...range,
      MetricDataQueries: queries.slice(first, first + MAX_QUERIES),
    });
    const answer = await call("cloudwatch:GetMetricData", cloudWatch.send(command));
    yield* answer?.MetricDataResults ?? [];
  }
}
