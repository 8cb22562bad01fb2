import type { DeliveryStream, HttpDestination } from "../aws/delivery-stream";
import { DEFAULTS } from "../../modules/defaults";
import { note, ok, type Outcome, problem } from "../checks/check";
import type { SignalName } from "../options";
import { HEALTHY } from "./healthy";
import { knownOf, type Series, sparkline } from "./sparkline";

/** The metrics that are looked at, each with the statistic that says most; in the namespace AWS/Firehose. */
export const METRICS = {
  incoming: { metric: "IncomingRecords", statistic: "Sum" },
  success: { metric: "DeliveryToHttpEndpoint.Success", statistic: "Average" },
  delivered: { metric: "DeliveryToHttpEndpoint.Records", statistic: "Sum" },
  freshness: { metric: "DeliveryToHttpEndpoint.DataFreshness", statistic: "Maximum" },
  throttled: { metric: "ThrottledRecords", statistic: "Sum" },
  backedUp: { metric: "BackupToS3.Records", statistic: "Sum" },
  backupSuccess: { metric: "BackupToS3.Success", statistic: "Average" },
  backupFreshness: { metric: "BackupToS3.DataFreshness", statistic: "Maximum" },
} as const;

export type MetricId = keyof typeof METRICS;

/** A value for each of the last minutes, for each metric. */
export type Metrics = Readonly<Record<MetricId, Series>>;

/** What healthy means for a stream's metrics depends on this. */
export type Delivery = Pick<HttpDestination, "bufferingIntervalSeconds" | "retryDurationSeconds" | "roleArn"> & {
  readonly backup: Pick<HttpDestination["backup"], "mode">;
};

/** The last minutes of a stream against what healthy means. */
export function metricOutcomes(
  { signal, arn }: Pick<DeliveryStream, "signal" | "arn">,
  delivery: Delivery,
  metrics: Metrics,
): Outcome[] {
  return [
    incomingOutcome(metrics.incoming, MISSING_STEP[signal](arn, delivery.roleArn)),
    ...deliveredOutcome(delivery, metrics),
    ...successOutcome(metrics.success),
    ...freshnessOutcome(delivery, metrics.freshness),
    throttledOutcome(metrics.throttled),
    backedUpOutcome(delivery, signal, metrics.backedUp),
    ...backupSuccessOutcome(metrics.backupSuccess),
    ...backupFreshnessOutcome(metrics.backupFreshness),
  ];
}

const MISSING_STEP = {
  metrics: (streamArn: string) =>
    `The step before is missing: a CloudWatch metric stream with firehose_arn ${streamArn}. If there is one, it is stopped or its filters let nothing through.`,
  logs: (streamArn: string, roleArn: string) =>
    `The step before is missing: a CloudWatch Logs subscription filter, of a log group or of the account, with destination_arn ${streamArn} and role_arn ${roleArn}. Whoever makes it needs logs:PutSubscriptionFilter and iam:PassRole.`,
} as const satisfies Record<SignalName, (streamArn: string, roleArn: string) => string>;

function incomingOutcome(series: Series, missingStep: string): Outcome {
  const { metric } = METRICS.incoming;
  return sum(series) > 0
    ? ok(metric, counted("records", series))
    : note(metric, `no data yet: no record came in within ${HEALTHY.windowMinutes} minutes`, missingStep);
}

function deliveredOutcome(delivery: Delivery, { incoming, delivered }: Metrics): Outcome[] {
  const { metric } = METRICS.delivered;
  if (sum(delivered) > 0) {
    return [ok(metric, counted("records", delivered))];
  }
  const first = incoming.findIndex((value) => value !== undefined && value > 0);
  if (first === -1) {
    return [];
  }
  const secondsWaiting = (incoming.length - first - 1) * HEALTHY.periodSeconds;
  const found = `none of ${number(sum(incoming))} records that came in`;
  return secondsWaiting > intervalOf(delivery) + HEALTHY.slackSeconds
    ? [
        problem(
          metric,
          `${found}, the oldest over ${secondsWaiting} s ago`,
          "See the error log's causes below, and try the endpoint with kloudfuse-firehose probe.",
        ),
      ]
    : [note(metric, `${found} yet`, "Nothing: they are still in the buffer. Run the command again in two minutes.")];
}

function successOutcome(series: Series): Outcome[] {
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
    return [
      problem(
        metric,
        `${percent(average(now))} now ${picture}`,
        "See the error log's causes below, and try the endpoint with kloudfuse-firehose probe.",
      ),
    ];
  }
  return failing > 0
    ? [
        note(
          metric,
          `below 100% in ${failing} of ${known.length} minutes ${picture}`,
          "Deliveries succeed again, and Firehose repeats what failed. If this goes on, see the error log's causes.",
        ),
      ]
    : [ok(metric, `100% ${picture}`)];
}

function freshnessOutcome(delivery: Delivery, series: Series): Outcome[] {
  const { metric } = METRICS.freshness;
  const known = knownOf(series);
  const newest = known.at(-1);
  if (newest === undefined) {
    return [];
  }
  const interval = intervalOf(delivery);
  const late = interval + HEALTHY.slackSeconds;
  const tooLate = interval + Math.max(retryOf(delivery), HEALTHY.slackSeconds);
  const peak = Math.max(...known);
  const found = `${number(newest)} s now, ${number(peak)} s at most ${sparkline(series)}`;
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
          "Some deliveries were tried again. If this goes on, look at the ingester's load.",
        ),
      ]
    : [ok(metric, found)];
}

function throttledOutcome(series: Series): Outcome {
  const { metric } = METRICS.throttled;
  return sum(series) > 0
    ? problem(
        metric,
        counted("records", series),
        "More comes in than the stream's quota takes: ask for a higher one in Service Quotas, Amazon Data Firehose, Direct PUT records and data per second.",
      )
    : ok(metric, "none");
}

function backedUpOutcome({ backup }: Delivery, signal: SignalName, series: Series): Outcome {
  const { metric } = METRICS.backedUp;
  if (sum(series) === 0) {
    return ok(metric, "none");
  }
  return backup.mode === "AllData"
    ? ok(metric, `${counted("records", series)}, as everything is backed up`)
    : problem(
        metric,
        `${counted("records", series)} could not be delivered and were backed up`,
        `See why with kloudfuse-firehose failures --signal ${signal}, mend it, then send them again with kloudfuse-firehose replay --signal ${signal}.`,
      );
}

function backupSuccessOutcome(series: Series): Outcome[] {
  const { metric } = METRICS.backupSuccess;
  const known = knownOf(series);
  if (known.length === 0) {
    return [];
  }
  const lowest = Math.min(...known);
  const picture = sparkline(series, 1);
  return lowest < 1
    ? [
        problem(
          metric,
          `${percent(lowest)} at worst ${picture}`,
          "What cannot be delivered cannot be backed up either, and is lost after 24 hours: see the role's and the bucket's checks.",
        ),
      ]
    : [ok(metric, `100% ${picture}`)];
}

function backupFreshnessOutcome(series: Series): Outcome[] {
  const { metric } = METRICS.backupFreshness;
  const known = knownOf(series);
  if (known.length === 0) {
    return [];
  }
  const peak = Math.max(...known);
  const found = `${number(peak)} s at most ${sparkline(series)}`;
  return peak > HEALTHY.longestBackupSeconds + HEALTHY.slackSeconds
    ? [note(metric, found, "The backup is late: see the role's and the bucket's checks.")]
    : [ok(metric, found)];
}

const intervalOf = ({ bufferingIntervalSeconds }: Delivery): number =>
  bufferingIntervalSeconds ?? DEFAULTS.bufferingIntervalSeconds;
const retryOf = ({ retryDurationSeconds }: Delivery): number => retryDurationSeconds ?? DEFAULTS.retryDurationSeconds;

const sum = (series: Series): number => knownOf(series).reduce((total, value) => total + value, 0);
const average = (values: readonly number[]): number => sum(values) / values.length;
const number = (value: number): string => Math.round(value).toLocaleString("en-US");
const counted = (what: string, series: Series): string => `${number(sum(series))} ${what} ${sparkline(series)}`;

/** Rounded down, so that only all of it is 100%. */
const percent = (ratio: number): string => `${Math.floor(ratio * 1000) / 10}%`;
