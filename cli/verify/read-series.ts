import type { Dimension, MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { metricData } from "../aws/metric-data";
import type { VerifyContext } from "./context";
import { HEALTHY } from "./healthy";
import type { Series } from "./sparkline";

const PERIOD = HEALTHY.periodSeconds * 1000;

/** A metric with the statistic that is asked for. */
export interface SeriesQuery {
  readonly id: string;
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: string;
  readonly dimensions: readonly Dimension[];
}

/**
 * Metrics of the last minutes by the ids of the queries, up to the last whole minute: one that is not over would look
 * like a fall.
 */
export async function readSeries(
  { cloudWatch, now }: Pick<VerifyContext, "cloudWatch" | "now">,
  queries: readonly SeriesQuery[],
  minutes: number,
): Promise<(id: string) => Series> {
  const end = Math.floor(now.getTime() / PERIOD) * PERIOD;
  const start = end - minutes * PERIOD;
  const byId = new Map<string, Series>();
  const range = { StartTime: new Date(start), EndTime: new Date(end), ScanBy: "TimestampAscending" } as const;
  for await (const { Id = "", Timestamps = [], Values = [] } of metricData(cloudWatch, range, queries.map(queryOf))) {
    const byMinute = new Map(Timestamps.map((time, index) => [Math.floor(time.getTime() / PERIOD), Values[index]]));
    byId.set(
      Id,
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
