import { type CloudWatchClient, GetMetricDataCommand, type MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { call } from "../aws/call";
import { HEALTHY } from "./healthy";
import { type MetricId, METRICS, type Metrics } from "./metrics";
import type { Series } from "./sparkline";

const PERIOD = HEALTHY.periodSeconds * 1000;

/** The metrics of a stream in the last whole minutes: the minute that is not over yet would look like a fall. */
export async function readMetrics(
  cloudWatch: CloudWatchClient,
  streamName: string,
  now: Date,
  abortSignal: AbortSignal,
): Promise<Metrics> {
  const end = Math.floor(now.getTime() / PERIOD) * PERIOD;
  const start = end - HEALTHY.windowMinutes * PERIOD;
  const command = new GetMetricDataCommand({
    StartTime: new Date(start),
    EndTime: new Date(end),
    ScanBy: "TimestampAscending",
    MetricDataQueries: Object.entries(METRICS).map(([id, { metric, statistic }]): MetricDataQuery => ({
      Id: id,
      MetricStat: {
        Metric: {
          Namespace: "AWS/Firehose",
          MetricName: metric,
          Dimensions: [{ Name: "DeliveryStreamName", Value: streamName }],
        },
        Period: HEALTHY.periodSeconds,
        Stat: statistic,
      },
    })),
  });
  const answer = await call("cloudwatch:GetMetricData", cloudWatch.send(command, { abortSignal }));
  const seriesOf = (id: MetricId): Series => {
    const { Timestamps = [], Values = [] } = answer?.MetricDataResults?.find(({ Id }) => Id === id) ?? {};
    const byMinute = new Map(Timestamps.map((time, index) => [Math.floor(time.getTime() / PERIOD), Values[index]]));
    return Array.from({ length: HEALTHY.windowMinutes }, (_, minute) => byMinute.get(start / PERIOD + minute));
  };
  return {
    incoming: seriesOf("incoming"),
    success: seriesOf("success"),
    delivered: seriesOf("delivered"),
    freshness: seriesOf("freshness"),
    throttled: seriesOf("throttled"),
    backedUp: seriesOf("backedUp"),
    backupSuccess: seriesOf("backupSuccess"),
    backupFreshness: seriesOf("backupFreshness"),
  };
}
