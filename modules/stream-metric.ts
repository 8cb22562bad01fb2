/** Options of a metric. */
export interface StreamMetricOptions {
  /**
   * Statistic, such as `Average`, `Sum`, `Maximum` or `p99`.
   * @default "Sum"
   */
  readonly statistic?: string;
  /**
   * Period in seconds: 60 or a multiple of it. Firehose publishes a value a minute.
   * @default 300
   */
  readonly periodSeconds?: number;
}

/** A CloudWatch metric of a delivery stream, in the properties that `aws_cloudwatch_metric_alarm` takes. */
export interface StreamMetric {
  readonly namespace: string;
  readonly metricName: string;
  readonly dimensions: Record<string, string>;
  readonly statistic: string;
  readonly period: number;
}

/** Source: Amazon Data Firehose Developer Guide, "Monitor with CloudWatch metrics". */
export function streamMetric(
  streamName: string,
  metricName: string,
  { statistic = "Sum", periodSeconds = 300 }: StreamMetricOptions,
): StreamMetric {
  return {
    namespace: "AWS/Firehose",
    metricName,
    dimensions: { DeliveryStreamName: streamName },
    statistic,
    period: periodSeconds,
  };
}
