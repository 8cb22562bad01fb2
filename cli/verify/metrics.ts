import { DEFAULTS } from "../../modules/defaults";
import type { DeliveryStream, HttpDestination } from "../aws/delivery-stream";
import type { Series } from "./sparkline";

/**
 * The metrics that are evaluated, each with the statistic that says most; in the namespace AWS/Firehose.
 *
 * Of the backup there are two families. For destinations that back up failed data only, AWS documents `DeliveryToS3.*`,
 * for those that back up all data `BackupToS3.*`, and for HTTP endpoints it names neither: both are read, until a real
 * stream has shown which one it is.
 *
 * Source: Firehose, "Monitor with CloudWatch metrics".
 */
export const METRICS = {
  incoming: { metric: "IncomingRecords", statistic: "Sum" },
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
} as const;

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
} as const;

export type MetricId = keyof typeof METRICS;

/** A value for each minute up to the last whole one, for each metric. */
export type Metrics = Readonly<Record<MetricId, Series>>;

/** The series of each metric. */
export const eachMetric = (seriesOf: (id: MetricId) => Series): Metrics => ({
  incoming: seriesOf("incoming"),
  success: seriesOf("success"),
  delivered: seriesOf("delivered"),
  freshness: seriesOf("freshness"),
  throttled: seriesOf("throttled"),
  deliveredToS3: seriesOf("deliveredToS3"),
  deliveryToS3Success: seriesOf("deliveryToS3Success"),
  deliveryToS3Freshness: seriesOf("deliveryToS3Freshness"),
  backedUpToS3: seriesOf("backedUpToS3"),
  backupToS3Success: seriesOf("backupToS3Success"),
  backupToS3Freshness: seriesOf("backupToS3Freshness"),
});

/** A stream as far as its metrics depend on it. */
export type MeasuredStream = Pick<DeliveryStream, "signal" | "arn"> & {
  readonly destination: Pick<
    HttpDestination,
    "bufferingIntervalSeconds" | "retryDurationSeconds" | "roleArn" | "processors"
  > & { readonly backup: Pick<HttpDestination["backup"], "mode" | "bucket" | "prefix" | "errorOutputPrefix"> };
};

/** How long Firehose buffers records before it delivers them, in seconds. */
export const intervalOf = ({ destination }: MeasuredStream): number =>
  destination.bufferingIntervalSeconds ?? DEFAULTS.bufferingIntervalSeconds;

/** How long Firehose retries before it backs up, in seconds. */
export const retryOf = ({ destination }: MeasuredStream): number =>
  destination.retryDurationSeconds ?? DEFAULTS.retryDurationSeconds;
