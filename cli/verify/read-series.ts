import type { Dimension, MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { getMetricData } from "../aws/metric-data";
import { UndeterminedError } from "../exit-codes";
import type { VerifyContext } from "./context";
import { HEALTHY } from "./healthy";
import type { SparklineValues } from "./sparkline";

const PERIOD = HEALTHY.periodSeconds * 1000;

/** A metric and a statistic to query. */
export interface SeriesQuery {
  readonly id: string;
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: string;
  readonly dimensions: readonly Dimension[];
}

/**
 * The values of the last minutes by the ids of the queries, up to the last full minute: an incomplete one would look
 * like a drop.
 *
 * @throws UndeterminedError when CloudWatch does not answer, or not in full
 */
export async function readSeries(
  { cloudWatch, now }: Pick<VerifyContext, "cloudWatch" | "now">,
  queries: readonly SeriesQuery[],
  minutes: number,
): Promise<(id: string) => SparklineValues> {
  const end = Math.floor(now.getTime() / PERIOD) * PERIOD;
  const start = end - minutes * PERIOD;
  const byId = new Map<string, SparklineValues>();
  const range = { StartTime: new Date(start), EndTime: new Date(end), ScanBy: "TimestampAscending" } as const;
  for await (const { id, times, values, isComplete } of getMetricData(cloudWatch, range, queries.map(queryOf))) {
    if (!isComplete) {
      const metric = queries.find((query) => query.id === id)?.metric ?? id;
      throw new UndeterminedError(`CloudWatch did not return all values of ${metric}. Run the command again.`);
    }
    const byMinute = new Map(times.map((time, index) => [Math.floor(time.getTime() / PERIOD), values[index]]));
    byId.set(
      id,
      Array.from({ length: minutes }, (_, minute) => byMinute.get(start / PERIOD + minute)),
    );
  }
  const missing = Array.from({ length: minutes }, () => undefined);
  return (id) => byId.get(id) ?? missing;
}

const queryOf = ({ id, namespace, metric, statistic, dimensions }: SeriesQuery): MetricDataQuery => ({
  Id: id,
  MetricStat: {
    Metric: { Namespace: namespace, MetricName: metric, Dimensions: [...dimensions] },
    Period: HEALTHY.periodSeconds,
    Stat: statistic,
  },
});
