import { METRIC_NAMESPACES } from "../../modules/metric-table";
import type { VerifyContext } from "./context";
import { HEALTHY } from "./healthy";
import { eachMetric, METRICS, type Metrics } from "./metrics";
import { readSeries } from "./read-series";

/** The metrics of a stream in the last hours. */
export async function readMetrics(
  context: Pick<VerifyContext, "cloudWatch" | "now">,
  streamName: string,
): Promise<Metrics> {
  const dimensions = [{ Name: "DeliveryStreamName", Value: streamName }];
  const queries = Object.entries(METRICS).map(([id, { metric, statistic }]) => ({
    id,
    namespace: METRIC_NAMESPACES.firehose,
    metric,
    statistic,
    dimensions,
  }));
  return eachMetric(await readSeries(context, queries, HEALTHY.balanceMinutes));
}
