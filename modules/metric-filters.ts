import type {
  CloudwatchMetricStream,
  CloudwatchMetricStreamConfig,
  CloudwatchMetricStreamIncludeFilter,
} from "@cdktf/provider-aws/lib/cloudwatch-metric-stream";
import { type IResolvable, Token } from "cdktf";

/** Metrics by namespace: the names of metrics, or an empty list for all of the namespace. */
export type MetricFilters = Readonly<Record<string, readonly string[]>>;

/** Statistics of one metric that a metric stream sends besides the four that it always sends. */
export interface MetricStreamStatistics {
  /** Namespace of the metric: at most 255 printable ASCII characters, not blank, not beginning with `:`. */
  readonly namespace: string;
  /** Name of the metric: at most 255 printable ASCII characters, not blank. */
  readonly metricName: string;
  /**
   * 1 to 20 statistics, such as `p99`, `tm90` or `PR(:300)`. AWS bills every five statistics as one more metric update.
   * Source: CloudWatch User Guide, "CloudWatch statistics definitions".
   */
  readonly statistics: readonly string[];
}

/** The filters and statistics of a metric stream, as literals or as tokens. */
export interface MetricSelection {
  readonly includeFilters: MetricFilters | IResolvable | undefined;
  readonly excludeFilters: MetricFilters | IResolvable | undefined;
  readonly statistics: readonly MetricStreamStatistics[] | IResolvable | undefined;
}

/** The statistics with the attribute names of Terraform. */
export const statisticsAttributes = (statistics: MetricSelection["statistics"]): unknown =>
  isToken(statistics)
    ? statistics
    : statistics?.map(({ namespace, metricName, statistics: list }) => ({
        namespace,
        metric_name: metricName,
        statistics: list,
      }));

/** The blocks for literals. */
export function literalBlocks({
  includeFilters,
  excludeFilters,
  statistics,
}: MetricSelection): Pick<CloudwatchMetricStreamConfig, "includeFilter" | "excludeFilter" | "statisticsConfiguration"> {
  return {
    ...(isToken(includeFilters) ? {} : { includeFilter: filterBlocks(includeFilters ?? {}) }),
    ...(isToken(excludeFilters) ? {} : { excludeFilter: filterBlocks(excludeFilters ?? {}) }),
    ...(isToken(statistics)
      ? {}
      : {
          statisticsConfiguration: (statistics ?? []).map(({ namespace, metricName, statistics: list }) => ({
            additionalStatistics: [...list],
            includeMetric: [{ namespace, metricName }],
          })),
        }),
  };
}

/** Adds dynamic blocks for tokens, whose elements are unknown at synthesis. */
export function addDynamicBlocks(
  stream: CloudwatchMetricStream,
  { includeFilters, excludeFilters, statistics }: MetricSelection,
): void {
  const filter = (block: string, filters: unknown): void => {
    stream.addOverride(`dynamic.${block}`, {
      for_each: filters,
      content: { namespace: `\${${block}.key}`, metric_names: `\${${block}.value}` },
    });
  };
  if (isToken(includeFilters)) {
    filter("include_filter", includeFilters);
  }
  if (isToken(excludeFilters)) {
    filter("exclude_filter", excludeFilters);
  }
  if (isToken(statistics)) {
    const entry = "statistics_configuration.value";
    stream.addOverride("dynamic.statistics_configuration", {
      for_each: statistics,
      content: {
        additional_statistics: `\${${entry}.statistics}`,
        include_metric: { namespace: `\${${entry}.namespace}`, metric_name: `\${${entry}.metric_name}` },
      },
    });
  }
}

const filterBlocks = (filters: MetricFilters): CloudwatchMetricStreamIncludeFilter[] =>
  Object.entries(filters).map(([namespace, metricNames]) => ({
    namespace,
    ...(metricNames.length === 0 ? {} : { metricNames: [...metricNames] }),
  }));

/** Whether a value is a token; CDKTF may encode a map token as a map with one name, which is a token. */
function isToken(
  value: MetricFilters | readonly MetricStreamStatistics[] | IResolvable | undefined,
): value is IResolvable {
  return (
    Token.isUnresolved(value) ||
    (typeof value === "object" && Object.keys(value).some((name) => Token.isUnresolved(name)))
  );
}
