/** A CloudWatch metric with the statistic that says most about it. */
export interface MetricEntry {
  readonly metric: string;
  readonly statistic: "Average" | "Maximum" | "Sum";
}

/**
 * The metrics of a delivery stream, in the namespace AWS/Firehose, for the alarms, the dashboard, the construct's
 * `metric…()` methods and the command `verify`.
 *
 * Of the backup there are two families. For destinations that back up failed data only, AWS documents `DeliveryToS3.*`,
 * for those that back up all data `BackupToS3.*`, and for HTTP endpoints it names neither: both are read, until a real
 * stream has shown which one it is.
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
 * The metrics of what feeds the streams.
 *
 * Source: CloudWatch User Guide, "Monitor your metric streams with CloudWatch metrics"; CloudWatch Logs User Guide,
 * "Monitoring CloudWatch Logs usage".
 */
export const SOURCE_METRICS = {
  publishErrorRate: {
    namespace: "AWS/CloudWatch/MetricStreams",
    metric: "PublishErrorRate",
    statistic: "Average",
  },
  forwarded: { namespace: "AWS/Logs", metric: "ForwardedLogEvents", statistic: "Sum" },
  deliveryErrors: { namespace: "AWS/Logs", metric: "DeliveryErrors", statistic: "Sum" },
  deliveryThrottling: { namespace: "AWS/Logs", metric: "DeliveryThrottling", statistic: "Sum" },
} as const satisfies Readonly<Record<string, MetricEntry & { readonly namespace: string }>>;

/** Metric math over some metrics of a delivery stream, by the name that the expression calls them. */
export interface MetricExpression {
  readonly metrics: Readonly<Record<string, MetricEntry>>;
  readonly expression: string;
}

/**
 * Records in the backup bucket, by the sum of both families.
 *
 * CloudWatch documents that an operator takes a missing value as 0. `FILL` repeats it: whether it fills a metric
 * that was never published is not documented, so that neither alone is relied on.
 *
 * Source: CloudWatch User Guide, "Using math expressions with CloudWatch metrics".
 */
export const BACKED_UP_RECORDS = {
  metrics: { delivered: STREAM_METRICS.deliveredToS3, backedup: STREAM_METRICS.backedUpToS3 },
  expression: "FILL(delivered, 0) + FILL(backedup, 0)",
} as const satisfies MetricExpression;

/**
 * Share of the puts to the backup bucket that failed, by the sum of both families: that of a family without data is 0,
 * however CloudWatch fills a metric that was never published.
 */
export const FAILED_BACKUP_SHARE = {
  metrics: { delivered: STREAM_METRICS.deliveryToS3Success, backedup: STREAM_METRICS.backupToS3Success },
  expression: "(1 - FILL(delivered, 1)) + (1 - FILL(backedup, 1))",
} as const satisfies MetricExpression;
