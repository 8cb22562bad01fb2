import { GetMetricDataCommand, type MetricDataQuery } from "@aws-sdk/client-cloudwatch";
import { call } from "../aws/call";
import type { VerifyContext } from "./context";
import { HEALTHY } from "./healthy";
import { eachMetric, type MetricId, METRICS, type Metrics } from "./metrics";
import type { Series } from "./sparkline";

const PERIOD = HEALTHY.periodSeconds * 1000;

/** The metrics of a stream in the last hours, up to the last whole minute: one that is not over would look like a fall. */
export async function readMetrics(
  { cloudWatch, now }: Pick<VerifyContext, "cloudWatch" | "now">,
  streamName: string,
): Promise<Metrics> {
  const end = Math.floor(now.getTime() / PERIOD) * PERIOD;
  const start = end - HEALTHY.balanceMinutes * PERIOD;
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
  const answer = await call("cloudwatch:GetMetricData", cloudWatch.send(command));
  const seriesOf = (id: MetricId): Series => {
    const { Timestamps = [], Values = [] } = answer?.MetricDataResults?.find(({ Id }) => Id === id) ?? {};
    const byMinute = new Map(Timestamps.map((time, index) => [Math.floor(time.getTime() / PERIOD), Values[index]]));
    return Array.from({ length: HEALTHY.balanceMinutes }, (_, minute) => byMinute.get(start / PERIOD + minute));
  };
  return eachMetric(seriesOf);
}
