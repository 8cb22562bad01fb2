import { Construct } from "constructs";
import { STREAM_METRICS, type StreamMetricId } from "./metric-table";
import { type StreamMetric, streamMetric, type StreamMetricOptions } from "./stream-metric";

/** The metrics of a delivery stream, each with its most useful statistic. */
export abstract class DeliveryStreamMetrics extends Construct {
  /** Name of the delivery stream. */
  public abstract readonly streamName: string;

  /**
   * A metric of the stream, for an alarm or a dashboard.
   *
   * @param metricName name in the namespace AWS/Firehose
   * @example
   * new CloudwatchMetricAlarm(this, "failing", {
   *   alarmName: "kloudfuse-metrics-failing",
   *   ...stream.metric("DeliveryToHttpEndpoint.Success", { statistic: "Average" }),
   *   comparisonOperator: "LessThanThreshold",
   *   threshold: 1,
   *   evaluationPeriods: 3,
   * });
   */
  public metric(metricName: string, options: StreamMetricOptions = {}): StreamMetric {
    return streamMetric(this.streamName, metricName, options);
  }

  /** Records that producers put on the stream. */
  public metricIncomingRecords(options: StreamMetricOptions = {}): StreamMetric {
    return this.metricOf("incoming", options);
  }

  /** Bytes that producers put on the stream. */
  public metricIncomingBytes(options: StreamMetricOptions = {}): StreamMetric {
    return this.metricOf("incomingBytes", options);
  }

  /** `PutRecord` and `PutRecordBatch` requests of producers. */
  public metricIncomingPutRequests(options: StreamMetricOptions = {}): StreamMetric {
    return this.metricOf("incomingRequests", options);
  }

  /** Quota of records per second. */
  public metricRecordsPerSecondLimit(options: StreamMetricOptions = {}): StreamMetric {
    return this.metricOf("recordsLimit", options);
  }

  /** Quota of bytes per second. */
  public metricBytesPerSecondLimit(options: StreamMetricOptions = {}): StreamMetric {
    return this.metricOf("bytesLimit", options);
  }

  /** Quota of put requests per second. */
  public metricPutRequestsPerSecondLimit(options: StreamMetricOptions = {}): StreamMetric {
    return this.metricOf("requestsLimit", options);
  }

  /** Records that Firehose rejected because the stream exceeded a quota. */
  public metricThrottledRecords(options: StreamMetricOptions = {}): StreamMetric {
    return this.metricOf("throttled", options);
  }

  /** Share of the requests that the endpoint accepted, from 0 to 1. */
  public metricDeliverySuccess(options: StreamMetricOptions = {}): StreamMetric {
    return this.metricOf("success", options);
  }

  /** Records that the endpoint accepted. */
  public metricDeliveredRecords(options: StreamMetricOptions = {}): StreamMetric {
    return this.metricOf("delivered", options);
  }

  /**
   * Age of the oldest record that is not delivered yet, in seconds: the maximum of
   * `DeliveryToHttpEndpoint.DataFreshness`.
   *
   * @example
   * new CloudwatchMetricAlarm(this, "late", {
   *   alarmName: "kloudfuse-logs-late",
   *   ...stream.metricDataFreshness(),
   *   comparisonOperator: "GreaterThanThreshold",
   *   threshold: 900,
   *   evaluationPeriods: 3,
   * });
   */
  public metricDataFreshness(options: StreamMetricOptions = {}): StreamMetric {
    return this.metricOf("freshness", options);
  }

  /** Failed records that Firehose wrote to the backup bucket; add `metricBackupToS3Records`, see `STREAM_METRICS`. */
  public metricDeliveryToS3Records(options: StreamMetricOptions = {}): StreamMetric {
    return this.metricOf("deliveredToS3", options);
  }

  /**
   * Share of the puts to the backup bucket that succeeded, from 0 to 1; see `STREAM_METRICS` about
   * `metricBackupToS3Success`.
   */
  public metricDeliveryToS3Success(options: StreamMetricOptions = {}): StreamMetric {
    return this.metricOf("deliveryToS3Success", options);
  }

  /** Age of the oldest record that is not in the backup bucket yet, in seconds. */
  public metricDeliveryToS3DataFreshness(options: StreamMetricOptions = {}): StreamMetric {
    return this.metricOf("deliveryToS3Freshness", options);
  }

  /** Records that Firehose wrote to the backup bucket, by the other family of metrics; see `STREAM_METRICS`. */
  public metricBackupToS3Records(options: StreamMetricOptions = {}): StreamMetric {
    return this.metricOf("backedUpToS3", options);
  }

  /** Share of the puts to the backup bucket that succeeded, by the other family of metrics. */
  public metricBackupToS3Success(options: StreamMetricOptions = {}): StreamMetric {
    return this.metricOf("backupToS3Success", options);
  }

  /** Age of the oldest record that is not in the backup bucket yet, in seconds, by the other family of metrics. */
  public metricBackupToS3DataFreshness(options: StreamMetricOptions = {}): StreamMetric {
    return this.metricOf("backupToS3Freshness", options);
  }

  /** Uses of the customer key that its policy denied. */
  public metricKmsKeyAccessDenied(options: StreamMetricOptions = {}): StreamMetric {
    return this.metricOf("keyAccessDenied", options);
  }

  /** Uses of the customer key that failed because it is disabled. */
  public metricKmsKeyDisabled(options: StreamMetricOptions = {}): StreamMetric {
    return this.metricOf("keyDisabled", options);
  }

  /** Uses of the customer key that failed because of its state, such as pending deletion. */
  public metricKmsKeyInvalidState(options: StreamMetricOptions = {}): StreamMetric {
    return this.metricOf("keyInvalidState", options);
  }

  /** Uses of the customer key that failed because it does not exist. */
  public metricKmsKeyNotFound(options: StreamMetricOptions = {}): StreamMetric {
    return this.metricOf("keyNotFound", options);
  }

  private metricOf(id: StreamMetricId, options: StreamMetricOptions): StreamMetric {
    const { metric, statistic } = STREAM_METRICS[id];
    return this.metric(metric, { statistic, ...options });
  }
}
