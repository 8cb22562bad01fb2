import { type Planned, type PlannedResource, UNKNOWN } from "../plan";
import type { PlannedSelection, PlannedFilter } from "./metric-overlap";

export type FilterBlock = "include_filter" | "exclude_filter";

/** The filters of a kind; UNKNOWN where their number is not known. */
export function filtersOf(resource: PlannedResource, block: FilterBlock): Planned<readonly PlannedFilter[]> {
  return mapBlocks(resource, block, (path) => ({
    namespace: textAt(resource, `${path}.namespace`),
    metricNames: textsAt(resource, `${path}.metric_names`),
  }));
}

/** Additional statistics of some metrics. */
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

/** The metrics that a metric stream sends. */
export const selectionOf = (resource: PlannedResource): PlannedSelection => ({
  includeFilters: filtersOf(resource, "include_filter"),
  excludeFilters: filtersOf(resource, "exclude_filter"),
});
