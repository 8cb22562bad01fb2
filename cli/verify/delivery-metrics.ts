import { note, ok, type Outcome, problem } from "../checks/check";
import { plural, readableNumber } from "../numbers";
import { balanceOutcome } from "./balance";
import { HEALTHY } from "./healthy";
import { intervalOf, type MeasuredStream, METRICS, type Metrics, retryOf } from "./metrics";
import { average, isMissing, percent, recordsIn, sum } from "./series";
import type { NoDataReason } from "./no-data-reason";
import { knownOf, type SparklineValues, sparkline } from "./sparkline";

const SEE_ERROR_LOG = "See the error log's causes below, and try the endpoint with kloudfuse-firehose probe.";

/**
 * What comes in and what is delivered to the HTTP endpoint.
 *
 * @param noDataReason why no record comes in, if none does
 */
export function deliveryMetricOutcomes(
  stream: MeasuredStream,
  recent: Metrics,
  history: Metrics,
  noDataReason: NoDataReason,
): Outcome[] {
  return [
    incomingOutcome(recent.incoming, noDataReason),
    ...deliveredOutcome(stream, recent, history),
    ...successOutcome(recent.success),
    ...freshnessOutcome(stream, recent.freshness),
    ...throttledOutcome(recent),
  ];
}

function incomingOutcome(series: SparklineValues, noDataReason: NoDataReason): Outcome {
  const { metric } = METRICS.incoming;
  return sum(series) > 0
    ? ok(metric, recordsIn(series))
    : note(
        metric,
        `no data yet: no record came in within ${HEALTHY.windowMinutes} minutes; ${noDataReason.found}`,
        noDataReason.remedy,
      );
}

function deliveredOutcome(stream: MeasuredStream, recent: Metrics, history: Metrics): Outcome[] {
  const { incoming, delivered } = recent;
  const { metric } = METRICS.delivered;
  if (sum(delivered) > 0) {
    return [balanceOutcome(stream, history) ?? ok(metric, recordsIn(delivered))];
  }
  const first = incoming.findIndex((value) => value !== undefined && value > 0);
  if (first === -1) {
    return [];
  }
  const secondsWaiting = (incoming.length - first - 1) * HEALTHY.periodSeconds;
  const found = `${isMissing(delivered) ? "no data" : "none"} of ${plural(sum(incoming), "record")} that came in`;
  return secondsWaiting > intervalOf(stream) + HEALTHY.slackSeconds
    ? [problem(metric, `${found}, the oldest over ${secondsWaiting} s ago`, SEE_ERROR_LOG)]
    : [
        note(
          metric,
          `${found} yet`,
          "No action needed: they are still in the buffer. Run the command again in two minutes.",
        ),
      ];
}

function successOutcome(series: SparklineValues): Outcome[] {
  const { metric } = METRICS.success;
  const known = knownOf(series);
  if (known.length === 0) {
    return [];
  }
  const recent = knownOf(series.slice(-HEALTHY.recentMinutes));
  const now = recent.length > 0 ? recent : known.slice(-1);
  const picture = sparkline(series, 1);
  const failing = known.filter((value) => value < 1).length;
  if (now.every((value) => value < 1) || now.includes(0)) {
    return [problem(metric, `${percent(average(now))} now ${picture}`, SEE_ERROR_LOG)];
  }
  return failing > 0
    ? [
        note(
          metric,
          `below 100% in ${failing} of ${plural(known.length, "minute")} ${picture}`,
          "Deliveries succeed again, and Firehose retries those that failed. If this continues, see the error log's causes.",
        ),
      ]
    : [ok(metric, `100% ${picture}`)];
}

function freshnessOutcome(stream: MeasuredStream, series: SparklineValues): Outcome[] {
  const { metric } = METRICS.freshness;
  const known = knownOf(series);
  const newest = known.at(-1);
  if (newest === undefined) {
    return [];
  }
  const late = intervalOf(stream) + HEALTHY.slackSeconds;
  const tooLate = intervalOf(stream) + Math.max(retryOf(stream), HEALTHY.slackSeconds);
  const peak = Math.max(...known);
  const found = `${readableNumber(newest)} s now, ${readableNumber(peak)} s at most ${sparkline(series)}`;
  if (newest > tooLate) {
    return [
      problem(
        metric,
        `${found}, healthy up to ${late} s`,
        "Deliveries fail or are too slow: see the error log's causes below, and the ingester's load.",
      ),
    ];
  }
  return peak > late
    ? [
        note(
          metric,
          `${found}, healthy up to ${late} s`,
          "Some deliveries were retried. If this continues, look at the ingester's load.",
        ),
      ]
    : [ok(metric, found)];
}

function throttledOutcome({ throttled, incoming }: Metrics): Outcome[] {
  const { metric } = METRICS.throttled;
  if (isMissing(throttled)) {
    return sum(incoming) === 0
      ? []
      : [
          note(
            metric,
            "no data, though records came in",
            "CloudWatch has no value of this metric. No action needed while the senders report no throttling.",
          ),
        ];
  }
  return [
    sum(throttled) > 0
      ? problem(
          metric,
          recordsIn(throttled),
          "Incoming data exceeds the stream's quota: request a higher one in Service Quotas, Amazon Data Firehose, Direct PUT records and data per second.",
        )
      : ok(metric, "none"),
  ];
}
