import { Token } from "cdktf";
import { METRIC_NAMESPACES } from "./metric-table";

/** Options of a metric. */
export interface StreamMetricOptions {
  /**
   * Statistic, such as `Average`, `Sum`, `Maximum` or `p99`.
   * @default "Sum"
   */
  readonly statistic?: string;
  /**
   * Period in seconds: 60 or a multiple of it. Firehose publishes one value per minute.
   * @default 300
   */
  readonly periodSeconds?: number;
}

/** A CloudWatch metric of a delivery stream, in the properties that `aws_cloudwatch_metric_alarm` takes. */
export interface StreamMetric {
  /** Namespace of CloudWatch. */
  readonly namespace: string;
  /** Name of the metric. */
  readonly metricName: string;
  /** The dimension that names the delivery stream. */
  readonly dimensions: Record<string, string>;
  /** Set for `SampleCount`, `Average`, `Sum`, `Minimum` and `Maximum`. */
  readonly statistic?: string;
  /** Set for every other statistic, such as `p99`. */
  readonly extendedStatistic?: string;
  /** Period in seconds. */
  readonly period: number;
}

/** How often Firehose publishes a value. Source: Amazon Data Firehose Developer Guide, "Monitor with CloudWatch metrics". */
export const PUBLISH_PERIOD_SECONDS = 60;

/** Period of a metric, unless the caller sets another one. */
export const DEFAULT_PERIOD_SECONDS = 300;

/** CloudWatch API, PutMetricAlarm.Statistic. */
const SIMPLE_STATISTICS = ["SampleCount", "Average", "Sum", "Minimum", "Maximum"];

/**
 * Source: Amazon Data Firehose Developer Guide, "Monitor with CloudWatch metrics".
 *
 * @throws Error when the period is not a multiple of 60
 */
export function streamMetric(
  streamName: string,
  metricName: string,
  { statistic = "Sum", periodSeconds = DEFAULT_PERIOD_SECONDS }: StreamMetricOptions,
): StreamMetric {
  if (
    !Token.isUnresolved(periodSeconds) &&
    (periodSeconds < PUBLISH_PERIOD_SECONDS || periodSeconds % PUBLISH_PERIOD_SECONDS !== 0)
  ) {
    throw new Error(
      `periodSeconds must be a multiple of ${PUBLISH_PERIOD_SECONDS}, got ${periodSeconds}. Firehose publishes one value per minute.`,
    );
  }
  return {
    namespace: METRIC_NAMESPACES.firehose,
    metricName,
    dimensions: { DeliveryStreamName: streamName },
    ...(SIMPLE_STATISTICS.includes(statistic) ? { statistic } : { extendedStatistic: statistic }),
    period: periodSeconds,
  };
}
