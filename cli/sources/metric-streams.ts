import {
  type CloudWatchClient,
  GetMetricStreamCommand,
  type MetricStreamFilter,
  type MetricStreamStatisticsConfiguration,
  paginateListMetricStreams,
} from "@aws-sdk/client-cloudwatch";
import { call } from "../aws/call";
import { collected, pagesOf } from "../aws/pages";

/** A metric stream as the list of a region has it. */
export interface ListedMetricStream {
  readonly name: string;
  /** ARN of the delivery stream that it puts records on. */
  readonly destinationArn: string;
  /** AWS's value: `running` or `stopped`. */
  readonly state: string;
  /** AWS's value: `json`, `opentelemetry0.7` or `opentelemetry1.0`. */
  readonly outputFormat: string;
}

/** Metrics of one namespace; without names all of it. */
export interface NamespaceFilter {
  readonly namespace: string;
  readonly metricNames: readonly string[];
}

/** Additional statistics of one metric, besides the four that are always streamed. */
export interface MetricStatistics {
  readonly namespace: string;
  readonly metricName: string;
  readonly statistics: readonly string[];
}

/** The settings of a metric stream that the list does not have. */
export interface MetricStreamDetails {
  readonly roleArn: string;
  readonly includeFilters: readonly NamespaceFilter[];
  readonly excludeFilters: readonly NamespaceFilter[];
  readonly includesLinkedAccounts: boolean;
  readonly statistics: readonly MetricStatistics[];
  /** Whether one configuration of statistics is for several metrics. */
  readonly sharesStatistics: boolean;
}

/**
 * The metric streams of a region.
 *
 * @throws UndeterminedError when AWS does not list them
 */
export async function listMetricStreams(client: CloudWatchClient): Promise<ListedMetricStream[]> {
  const pages = pagesOf("cloudwatch:ListMetricStreams", paginateListMetricStreams({ client }, {}));
  const entries = await collected(pages, (page) => page?.Entries);
  return entries.map(({ Name = "", FirehoseArn = "", State = "", OutputFormat = "" }) => ({
    name: Name,
    destinationArn: FirehoseArn,
    state: State,
    outputFormat: OutputFormat,
  }));
}

/**
 * The role and the filters of a metric stream; undefined where it no longer exists.
 *
 * @throws UndeterminedError when AWS does not describe it
 */
export async function getMetricStreamDetails(
  cloudWatch: CloudWatchClient,
  Name: string,
): Promise<MetricStreamDetails | undefined> {
  const command = new GetMetricStreamCommand({ Name });
  const stream = await call("cloudwatch:GetMetricStream", cloudWatch.send(command));
  return (
    stream && {
      roleArn: stream.RoleArn ?? "",
      includeFilters: filtersOf(stream.IncludeFilters),
      excludeFilters: filtersOf(stream.ExcludeFilters),
      includesLinkedAccounts: stream.IncludeLinkedAccountsMetrics === true,
      statistics: (stream.StatisticsConfigurations ?? []).flatMap(statisticsOf),
      sharesStatistics: (stream.StatisticsConfigurations ?? []).some(
        ({ IncludeMetrics = [] }) => IncludeMetrics.length > 1,
      ),
    }
  );
}

/** Treats missing filters like an empty list: the API reference does not say which one AWS returns. */
const filtersOf = (filters: readonly MetricStreamFilter[] = []): NamespaceFilter[] =>
  filters.map(({ Namespace = "", MetricNames = [] }) => ({ namespace: Namespace, metricNames: MetricNames }));

const statisticsOf = ({
  IncludeMetrics = [],
  AdditionalStatistics = [],
}: MetricStreamStatisticsConfiguration): MetricStatistics[] =>
  IncludeMetrics.map(({ Namespace = "", MetricName = "" }) => ({
    namespace: Namespace,
    metricName: MetricName,
    statistics: AdditionalStatistics,
  }));
