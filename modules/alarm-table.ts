import {
  BACKED_UP_RECORDS,
  FAILED_BACKUP_SHARE,
  METRIC_NAMESPACES,
  type MetricEntry,
  SOURCE_METRICS,
  STREAM_METRICS,
} from "./metric-table";

/** What an alarm monitors: each delivery stream, the metrics delivery stream, the metric stream, or the deployment. */
export type AlarmScope = "delivery stream" | "metrics delivery stream" | "metric stream" | "deployment";

/** A metric of any namespace: some alarms are about the metric stream or the error log. */
export interface AlarmMetric extends MetricEntry {
  readonly namespace: string;
}

/** What an alarm needs besides the stream that it monitors. */
export type AlarmRequirement = "customer key" | "metric stream" | "quota percentage";

/** A threshold that depends on the inputs of the deployment. */
export type NamedThreshold = "stalled seconds" | "quota percentage";

/** One alarm, as CloudWatch evaluates it. */
export interface Alarm {
  readonly id: string;
  readonly scope: AlarmScope;
  readonly requires?: AlarmRequirement;
  /** The metrics, by their ids in the expression. */
  readonly metrics: Readonly<Record<string, AlarmMetric>>;
  /**
   * Metric math over the metrics.
   * @default the one metric
   */
  readonly expression?: string;
  readonly comparison: "GreaterThanThreshold" | "LessThanThreshold";
  readonly threshold: number | NamedThreshold;
  readonly evaluationPeriods: number;
  readonly datapointsToAlarm: number;
  /** Firehose publishes no data without traffic: missing data is breaching only where traffic is certain. */
  readonly missingData: "notBreaching" | "breaching";
  /** What happened, as a sentence that also fits a notification of recovery. */
  readonly meaning: string;
  /** What to run, as a sentence. */
  readonly advice: string;
}

/** Period of every alarm. */
export const ALARM_PERIOD_SECONDS = 300;

/** CloudWatch User Guide, "Amazon CloudWatch alarm recommendations", Firehose DataFreshness. */
export const RECOMMENDED_FRESHNESS_SECONDS = 900;

/** How long the S3 backup buffers, in seconds. Source: Firehose API, BufferingHints.IntervalInSeconds, default. */
export const S3_BUFFERING_SECONDS = 300;

/** How long Firehose keeps a record that it cannot deliver. Source: Firehose Developer Guide, "Handle data delivery failures". */
export const RECORD_RETENTION_HOURS = 24;

/** Namespace of the metric of the error log's filter. */
export const ERROR_LOG_NAMESPACE = "KloudfuseFirehose";

/**
 * Matches, in the error log, the requests that the endpoint rejected as too large.
 *
 * Source: Firehose Developer Guide, "Troubleshooting HTTP endpoints"; CloudWatch Logs User Guide, "Filter and pattern
 * syntax": `*` is a wildcard only at the beginning and at the end of a value.
 */
export const REQUEST_TOO_LARGE_PATTERN =
  '{ ($.errorCode = "HttpEndpoint.DestinationException") && ($.message = "*destination. 413:*") }';

/**
 * Evaluation periods of an expression with `FILL`: more than the data points to alarm. When the values of the latest
 * period arrive late, `FILL` has already filled it, and an alarm that evaluates only that period would never fire.
 *
 * Source: CloudWatch User Guide, "Using math expressions with CloudWatch metrics", FILL.
 */
const FILLED_EVALUATION_PERIODS = 3;

const firehose = (entry: MetricEntry): AlarmMetric => ({ namespace: METRIC_NAMESPACES.firehose, ...entry });

const allFirehose = (entries: Readonly<Record<string, MetricEntry>>): Readonly<Record<string, AlarmMetric>> =>
  Object.fromEntries(Object.entries(entries).map(([name, entry]) => [name, firehose(entry)]));

// In a clone: the package is not on npm, so elsewhere npx would run a package that somebody else published by that name.
const VERIFY = "In a clone of the kloudfuse-firehose repository run npx kloudfuse-firehose verify to find the cause.";
const VERIFY_AND_FAILURES =
  "In a clone of the kloudfuse-firehose repository run npx kloudfuse-firehose verify and npx kloudfuse-firehose failures to find the cause; once it is fixed, npx kloudfuse-firehose replay sends the failed records.";

/** Every alarm, in the order in which they are documented. */
export const ALARMS = [
  {
    id: "delivery_failing",
    scope: "delivery stream",
    metrics: { success: firehose(STREAM_METRICS.success) },
    comparison: "LessThanThreshold",
    threshold: 1,
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    missingData: "notBreaching",
    meaning: "Kloudfuse rejects requests of this stream, or cannot be reached. Single retries are normal.",
    advice: VERIFY_AND_FAILURES,
  },
  {
    id: "records_backed_up",
    scope: "delivery stream",
    metrics: allFirehose(BACKED_UP_RECORDS.metrics),
    expression: BACKED_UP_RECORDS.expression,
    comparison: "GreaterThanThreshold",
    threshold: 0,
    evaluationPeriods: FILLED_EVALUATION_PERIODS,
    datapointsToAlarm: 1,
    missingData: "notBreaching",
    meaning: "Firehose wrote records of this stream to the backup bucket: they are not in Kloudfuse.",
    advice: VERIFY_AND_FAILURES,
  },
  {
    id: "backup_failing",
    scope: "delivery stream",
    metrics: allFirehose(FAILED_BACKUP_SHARE.metrics),
    expression: FAILED_BACKUP_SHARE.expression,
    comparison: "GreaterThanThreshold",
    threshold: 0,
    evaluationPeriods: FILLED_EVALUATION_PERIODS,
    datapointsToAlarm: 2,
    missingData: "notBreaching",
    meaning: `Firehose cannot write failed records of this stream to the backup bucket. It retries for ${RECORD_RETENTION_HOURS} hours, then the records are lost.`,
    advice: VERIFY,
  },
  {
    id: "delivery_stalled",
    scope: "delivery stream",
    metrics: { freshness: firehose(STREAM_METRICS.freshness) },
    comparison: "GreaterThanThreshold",
    threshold: "stalled seconds",
    evaluationPeriods: 3,
    datapointsToAlarm: 3,
    missingData: "notBreaching",
    meaning: `The oldest record of this stream is older than buffering and retries explain: neither Kloudfuse nor the backup bucket receives it. Firehose loses records after ${RECORD_RETENTION_HOURS} hours.`,
    advice: VERIFY,
  },
  {
    id: "throttled",
    scope: "delivery stream",
    metrics: { throttled: firehose(STREAM_METRICS.throttled) },
    comparison: "GreaterThanThreshold",
    threshold: 0,
    evaluationPeriods: 3,
    datapointsToAlarm: 2,
    missingData: "notBreaching",
    meaning: "Firehose refused records because this stream exceeds a quota.",
    advice: `${VERIFY} Request a higher quota of the stream.`,
  },
  {
    id: "quota_near",
    scope: "delivery stream",
    requires: "quota percentage",
    metrics: {
      records: firehose(STREAM_METRICS.incoming),
      recordslimit: firehose(STREAM_METRICS.recordsLimit),
      bytes: firehose(STREAM_METRICS.incomingBytes),
      byteslimit: firehose(STREAM_METRICS.bytesLimit),
      requests: firehose(STREAM_METRICS.incomingRequests),
      requestslimit: firehose(STREAM_METRICS.requestsLimit),
    },
    expression:
      "100 * MAX([records / PERIOD(records) / recordslimit, bytes / PERIOD(bytes) / byteslimit, requests / PERIOD(requests) / requestslimit])",
    comparison: "GreaterThanThreshold",
    threshold: "quota percentage",
    evaluationPeriods: 5,
    datapointsToAlarm: 3,
    missingData: "notBreaching",
    meaning: "This stream is near its quota of records, bytes or requests per second.",
    advice: `${VERIFY} Request a higher quota of the stream.`,
  },
  {
    id: "customer_key_unusable",
    scope: "delivery stream",
    requires: "customer key",
    metrics: {
      denied: firehose(STREAM_METRICS.keyAccessDenied),
      disabled: firehose(STREAM_METRICS.keyDisabled),
      invalid: firehose(STREAM_METRICS.keyInvalidState),
      notfound: firehose(STREAM_METRICS.keyNotFound),
    },
    expression: "FILL(denied, 0) + FILL(disabled, 0) + FILL(invalid, 0) + FILL(notfound, 0)",
    comparison: "GreaterThanThreshold",
    threshold: 0,
    evaluationPeriods: FILLED_EVALUATION_PERIODS,
    datapointsToAlarm: 1,
    missingData: "notBreaching",
    meaning: `Firehose cannot use the KMS key of this stream. It loses records after ${RECORD_RETENTION_HOURS} hours.`,
    advice: `${VERIFY} Check the state of the key and its policy.`,
  },
  {
    id: "request_too_large",
    scope: "deployment",
    metrics: { rejected: { namespace: ERROR_LOG_NAMESPACE, metric: "RequestTooLarge", statistic: "Sum" } },
    comparison: "GreaterThanThreshold",
    threshold: 0,
    evaluationPeriods: 1,
    datapointsToAlarm: 1,
    missingData: "notBreaching",
    meaning:
      "Kloudfuse rejected a request as too large (413). Firehose neither retries nor backs up its records: they are lost.",
    advice: `${VERIFY} Lower the buffering size of the stream.`,
  },
  {
    id: "metric_stream_failing",
    scope: "metric stream",
    requires: "metric stream",
    metrics: { errors: SOURCE_METRICS.publishErrorRate },
    comparison: "GreaterThanThreshold",
    threshold: 0,
    evaluationPeriods: 6,
    datapointsToAlarm: 6,
    missingData: "breaching",
    meaning: "CloudWatch cannot put metrics on the delivery stream, or the metric stream is stopped.",
    advice: VERIFY,
  },
  {
    id: "metrics_silent",
    scope: "metrics delivery stream",
    requires: "metric stream",
    metrics: { records: firehose(STREAM_METRICS.incoming) },
    comparison: "LessThanThreshold",
    threshold: 1,
    evaluationPeriods: 6,
    datapointsToAlarm: 6,
    missingData: "breaching",
    meaning: "No metrics arrive on this stream, although a metric stream sends them each minute.",
    advice: VERIFY,
  },
] as const satisfies readonly Alarm[];

/**
 * The age of the oldest record, in seconds, above which delivery counts as stalled. Retries alone do not exceed it: after
 * the buffering interval, the retries and the buffering of the backup, a failed record is in the backup bucket.
 */
export const stalledSeconds = (bufferingIntervalSeconds: number, retryDurationSeconds: number): number =>
  Math.max(RECOMMENDED_FRESHNESS_SECONDS, bufferingIntervalSeconds + retryDurationSeconds + S3_BUFFERING_SECONDS);

/** CloudWatch API, PutMetricAlarm.AlarmDescription. */
export const MAX_DESCRIPTION_CHARACTERS = 1024;

/** Description of an alarm, which is in its notifications. */
export const alarmDescription = ({ meaning, advice }: Alarm): string =>
  `${meaning} ${advice} Causes and fixes: docs/causes.md there.`;

/** Name of an alarm; `owner` is the name of the stream that it monitors. */
export const alarmName = (owner: string, { id }: Pick<Alarm, "id">): string => `${owner}-${id.replaceAll("_", "-")}`;
