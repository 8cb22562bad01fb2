import type { DeliveryStream } from "../aws/delivery-stream";
import type { Check } from "../checks/check";
import type { VerifyContext } from "./context";
import { logNoDataReason, logSenders, logSourceOutcomes } from "./log-sources";
import { metricNoDataReason, metricSenders, metricSourceChecks, metricStreamNames } from "./metric-sources";
import { misdirectedMetricStreams, misdirectedSubscriptions } from "./misdirected-sources";
import type { Sender } from "./needs";
import { type LogSources, readLogSources } from "./read-log-sources";
import { type MetricSources, readMetricSources } from "./read-metric-sources";
import type { NoDataReason } from "./no-data-reason";

/** The sources of a stream, and their checks. */
export interface Upstream {
  readonly checks: readonly Check[];
  readonly senders: readonly Sender[];
  /** Names of the metric streams that point at it, as far as AWS lists them. */
  readonly metricStreamNames: readonly string[];
  /** Why no record comes in, if none does. */
  readonly noDataReason: NoDataReason;
}

/**
 * Reads and checks what feeds a stream: a metric stream, or log subscriptions.
 *
 * @param streams the streams of the region, one of which a source may feed by mistake
 */
export async function upstreamOf(
  context: VerifyContext,
  stream: DeliveryStream,
  streams: readonly DeliveryStream[],
): Promise<Upstream> {
  const others = streams.filter(({ signal }) => signal !== stream.signal);
  return stream.signal === "metrics"
    ? ofMetrics(stream, others, await readMetricSources(context, stream), context)
    : ofLogs(stream, others, await readLogSources(context, stream), context.expected);
}

const ofMetrics = (
  stream: DeliveryStream,
  others: readonly DeliveryStream[],
  sources: MetricSources,
  comparison: Pick<VerifyContext, "deployed" | "expected">,
): Upstream => ({
  checks: [...metricSourceChecks(stream, sources, comparison), ...misdirectedMetricStreams(stream, others, sources)],
  senders: metricSenders(stream, sources),
  metricStreamNames: metricStreamNames(sources),
  noDataReason: metricNoDataReason(stream, sources),
});

const ofLogs = (
  stream: DeliveryStream,
  others: readonly DeliveryStream[],
  sources: LogSources,
  expected: VerifyContext["expected"],
): Upstream => ({
  checks: [...logSourceOutcomes(stream, sources, expected), ...misdirectedSubscriptions(stream, others, sources)].map(
    (outcome) => ({ subject: stream.name, ...outcome }),
  ),
  senders: logSenders(stream, sources),
  metricStreamNames: [],
  noDataReason: logNoDataReason(stream, sources),
});
