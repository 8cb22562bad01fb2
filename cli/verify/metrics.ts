import { INPUTS } from "../../modules/inputs";
import { STREAM_METRICS } from "../../modules/metric-table";
import type { DeliveryStream, HttpDestination } from "../aws/delivery-stream";
import type { SparklineValues } from "./sparkline";

/** The metrics that are evaluated, in the namespace AWS/Firehose. */
export const METRICS = {
  incoming: STREAM_METRICS.incoming,
  success: STREAM_METRICS.success,
  delivered: STREAM_METRICS.delivered,
  freshness: STREAM_METRICS.freshness,
  throttled: STREAM_METRICS.throttled,
  deliveredToS3: STREAM_METRICS.deliveredToS3,
  deliveryToS3Success: STREAM_METRICS.deliveryToS3Success,
  deliveryToS3Freshness: STREAM_METRICS.deliveryToS3Freshness,
  backedUpToS3: STREAM_METRICS.backedUpToS3,
  backupToS3Success: STREAM_METRICS.backupToS3Success,
  backupToS3Freshness: STREAM_METRICS.backupToS3Freshness,
} as const;

export type MetricId = keyof typeof METRICS;

/** A value for each minute up to the last whole one, for each metric. */
export type Metrics = Readonly<Record<MetricId, SparklineValues>>;

/** The series of each metric. */
export const eachMetric = (seriesOf: (id: MetricId) => SparklineValues): Metrics => ({
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

/** The settings of a stream that its metrics depend on. */
export type MeasuredStream = Pick<DeliveryStream, "signal" | "arn"> & {
  readonly destination: Pick<
    HttpDestination,
    "bufferingIntervalSeconds" | "retryDurationSeconds" | "roleArn" | "processors"
  > & { readonly backup: Pick<HttpDestination["backup"], "mode" | "bucket" | "prefix" | "errorOutputPrefix"> };
};

/** How long Firehose buffers records before it delivers them, in seconds. */
export const intervalOf = ({ destination }: MeasuredStream): number =>
  destination.bufferingIntervalSeconds ?? INPUTS.bufferingIntervalSeconds.default;

/** How long Firehose retries before it backs up, in seconds. */
export const retryOf = ({ destination }: MeasuredStream): number =>
  destination.retryDurationSeconds ?? INPUTS.retryDurationSeconds.default;
