/** Namespaces of CloudWatch. */
export const METRIC_NAMESPACES = {
  firehose: "AWS/Firehose",
  logs: "AWS/Logs",
  metricStreams: "AWS/CloudWatch/MetricStreams",
} as const;

/** A CloudWatch metric with its most useful statistic. */
export interface MetricEntry {
  readonly metric: string;
  readonly statistic: "Average" | "Maximum" | "Sum";
}

/**
 * The metrics of a delivery stream, in the namespace AWS/Firehose, for the alarms, the dashboard, the construct's
 * `metric…()` methods and the command `verify`.
 *
 * The backup has two families of metrics. AWS documents `DeliveryToS3.*` for destinations that back up failed data only,
 * `BackupToS3.*` for those that back up all data, and neither for HTTP endpoints. Both are read until it is known which
 * one a real stream publishes.
 *
 * Source: Amazon Data Firehose Developer Guide, "Monitor with CloudWatch metrics".
 */
export const STREAM_METRICS = {
  incoming: { metric: "IncomingRecords", statistic: "Sum" },
  incomingBytes: { metric: "IncomingBytes", statistic: "Sum" },
  incomingRequests: { metric: "IncomingPutRequests", statistic: "Sum" },
  recordsLimit: { metric: "RecordsPerSecondLimit", statistic: "Average" },
  bytesLimit: { metric: "BytesPerSecondLimit", statistic: "Average" },
  requestsLimit: { metric: "PutRequestsPerSecondLimit", statistic: "Average" },
  success: { metric: "DeliveryToHttpEndpoint.Success", statistic: "Average" },
  delivered: { metric: "DeliveryToHttpEndpoint.Records", statistic: "Sum" },
  freshness: { metric: "DeliveryToHttpEndpoint.DataFreshness", statistic: "Maximum" },
  throttled: { metric: "ThrottledRecords", statistic: "Sum" },
  deliveredToS3: { metric: "DeliveryToS3.Records", statistic: "Sum" },
  deliveryToS3Success: { metric: "DeliveryToS3.Success", statistic: "Average" },
  deliveryToS3Freshness: { metric: "DeliveryToS3.DataFreshness", statistic: "Maximum" },
  backedUpToS3: { metric: "BackupToS3.Records", statistic: "Sum" },
  backupToS3Success: { metric: "BackupToS3.Success", statistic: "Average" },
  backupToS3Freshness: { metric: "BackupToS3.DataFreshness", statistic: "Maximum" },
  keyAccessDenied: { metric: "KMSKeyAccessDenied", statistic: "Sum" },
  keyDisabled: { metric: "KMSKeyDisabled", statistic: "Sum" },
  keyInvalidState: { metric: "KMSKeyInvalidState", statistic: "Sum" },
  keyNotFound: { metric: "KMSKeyNotFound", statistic: "Sum" },
} as const satisfies Readonly<Record<string, MetricEntry>>;

/** Key of a metric of a delivery stream in the table. */
export type StreamMetricId = keyof typeof STREAM_METRICS;

/**
 * The metrics of the sources that feed the streams.
 *
 * Source: CloudWatch User Guide, "Monitor your metric streams with CloudWatch metrics"; CloudWatch Logs User Guide,
 * "Monitoring CloudWatch Logs usage".
 */
export const SOURCE_METRICS = {
  publishErrorRate: {
    namespace: METRIC_NAMESPACES.metricStreams,
    metric: "PublishErrorRate",
    statistic: "Average",
  },
  forwarded: { namespace: METRIC_NAMESPACES.logs, metric: "ForwardedLogEvents", statistic: "Sum" },
  deliveryErrors: { namespace: METRIC_NAMESPACES.logs, metric: "DeliveryErrors", statistic: "Sum" },
  deliveryThrottling: { namespace: METRIC_NAMESPACES.logs, metric: "DeliveryThrottling", statistic: "Sum" },
} as const satisfies Readonly<Record<string, MetricEntry & { readonly namespace: string }>>;

/** Metric math over metrics of a delivery stream, by their ids in the expression. */
export interface MetricExpression {
  readonly metrics: Readonly<Record<string, MetricEntry>>;
  readonly expression: string;
}

/**
 * Records in the backup bucket: the sum of both families.
 *
 * CloudWatch documents that an operator treats a missing value as 0. `FILL` does so explicitly, but it is not documented
 * whether it fills a metric that was never published: so the expression relies on neither alone.
 *
 * Source: CloudWatch User Guide, "Using math expressions with CloudWatch metrics".
 */
export const BACKED_UP_RECORDS = {
  metrics: { delivered: STREAM_METRICS.deliveredToS3, backedup: STREAM_METRICS.backedUpToS3 },
  expression: "FILL(delivered, 0) + FILL(backedup, 0)",
} as const satisfies MetricExpression;

/**
 * Share of the puts to the backup bucket that failed: the sum of both families. A family without data counts as 0,
 * however CloudWatch fills a metric that was never published.
 */
export const FAILED_BACKUP_SHARE = {
  metrics: { delivered: STREAM_METRICS.deliveryToS3Success, backedup: STREAM_METRICS.backupToS3Success },
  expression: "(1 - FILL(delivered, 1)) + (1 - FILL(backedup, 1))",
} as const satisfies MetricExpression;
