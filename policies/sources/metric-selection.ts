import { type Planned, type PlannedResource, UNKNOWN } from "../plan";

/** The metrics of one namespace in the filters of a metric stream. */
export interface NamespaceFilter {
  readonly namespace: Planned<string>;
  /** Names of the metrics; none: all of the namespace. */
  readonly metricNames: Planned<readonly Planned<string>[]>;
}

export type FilterBlock = "include_filter" | "exclude_filter";

/** The filters of a kind; UNKNOWN where their number is not known. */
export function filtersOf(resource: PlannedResource, block: FilterBlock): Planned<readonly NamespaceFilter[]> {
  return mapBlocks(resource, block, (path) => ({
    namespace: textAt(resource, `${path}.namespace`),
    metricNames: textsAt(resource, `${path}.metric_names`),
  }));
}

/** Statistics besides the default ones, of some metrics. */
export interface StatisticsBlock {
  readonly metrics: Planned<readonly { readonly namespace: Planned<string>; readonly metricName: Planned<string> }[]>;
  readonly statistics: Planned<readonly Planned<string>[]>;
}

export const STATISTICS = "statistics_configuration";

export function statisticsOf(resource: PlannedResource): Planned<readonly StatisticsBlock[]> {
  return mapBlocks(resource, STATISTICS, (path) => ({
    metrics: mapBlocks(resource, `${path}.include_metric`, (metric) => ({
      namespace: textAt(resource, `${metric}.namespace`),
      metricName: textAt(resource, `${metric}.metric_name`),
    })),
    statistics: textsAt(resource, `${path}.additional_statistics`),
  }));
}

function mapBlocks<Block>(
  resource: PlannedResource,
  path: string,
  read: (path: string) => Block,
): Planned<readonly Block[]> {
  const count = resource.count(path);
  return count === UNKNOWN ? UNKNOWN : Array.from({ length: count }, (_, index) => read(`${path}.${index}`));
}

const textsAt = (resource: PlannedResource, path: string): Planned<readonly Planned<string>[]> =>
  mapBlocks(resource, path, (each) => textAt(resource, each));

const textAt = (resource: PlannedResource, path: string): Planned<string> => resource.text(path) ?? "";

/** Whether two metric streams stream a metric both; UNKNOWN where the plan does not show, or excluded metrics decide. */
export function isOverlapping(one: PlannedResource, other: PlannedResource): Planned<boolean> {
  const first = includedBy(one);
  const second = includedBy(other);
  if (first === UNKNOWN || second === UNKNOWN) {
    return UNKNOWN;
  }
  if (first === "all" || second === "all") {
    // Of what one excludes, the other may stream everything it streams.
    return isUnfiltered(one) || isUnfiltered(other) ? true : UNKNOWN;
  }
  const pairs = first.flatMap((filter) =>
    second
      .filter(
        ({ namespace }) => namespace === UNKNOWN || filter.namespace === UNKNOWN || namespace === filter.namespace,
      )
      .map((same): Planned<boolean> => isShared(filter, same)),
  );
  return pairs.includes(true) ? true : pairs.includes(UNKNOWN) ? UNKNOWN : false;
}

function includedBy(resource: PlannedResource): Planned<readonly NamespaceFilter[] | "all"> {
  const filters = filtersOf(resource, "include_filter");
  return filters !== UNKNOWN && filters.length === 0 ? "all" : filters;
}

const isUnfiltered = (resource: PlannedResource): boolean =>
  resource.count("include_filter") === 0 && resource.count("exclude_filter") === 0;

function isShared(
  { namespace, metricNames: names }: NamespaceFilter,
  { namespace: otherNamespace, metricNames: others }: NamespaceFilter,
): Planned<boolean> {
  if (namespace === UNKNOWN || otherNamespace === UNKNOWN || names === UNKNOWN || others === UNKNOWN) {
    return UNKNOWN;
  }
  if (names.length === 0 || others.length === 0 || names.some((name) => name !== UNKNOWN && others.includes(name))) {
    return true;
  }
  return names.includes(UNKNOWN) || others.includes(UNKNOWN) ? UNKNOWN : false;
}
