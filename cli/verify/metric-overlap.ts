import { ok, type Outcome, problem } from "../checks/check";
import { UndeterminedError } from "../exit-codes";
import type { MetricStreamDetails, NamespaceFilter } from "../sources/metric-streams";
import { cappedList } from "./capped-names";
import type { MetricStream } from "./read-metric-sources";

const NAME = "double delivery";

/** Whether two of the metric streams that run send the same metrics; nothing where there are not two. */
export function metricOverlapOutcome(metricStreams: readonly MetricStream[]): Outcome[] {
  const known = metricStreams.flatMap(({ name, state, details }) =>
    state === "stopped" || details === undefined || details instanceof UndeterminedError ? [] : [{ name, details }],
  );
  if (known.length < 2) {
    return [];
  }
  const pairs = known.flatMap((one, index) =>
    known
      .slice(index + 1)
      .filter((other) => isOverlapping(one.details, other.details))
      .map((other) => `${one.name} and ${other.name}`),
  );
  return [
    pairs.length === 0
      ? ok(NAME, "none")
      : problem(
          NAME,
          `the metric streams ${cappedList(pairs)} send the same metrics`,
          "Each of these metrics is delivered, stored and billed twice: give each metric stream namespaces of its own, or keep one.",
        ),
  ];
}

type Filters = Pick<MetricStreamDetails, "includeFilters" | "excludeFilters">;

/** Whether two selections have a metric in common; of two without include filters, all but the excluded ones. */
function isOverlapping(one: Filters, other: Filters): boolean {
  if (one.includeFilters.length === 0) {
    return other.includeFilters.length === 0 || isOverlapping(other, one);
  }
  return one.includeFilters.some((filter) =>
    other.includeFilters.length === 0
      ? !other.excludeFilters.some((excluded) => isCovered(filter, excluded))
      : other.includeFilters.some((included) => isShared(filter, included)),
  );
}

const isShared = (one: NamespaceFilter, other: NamespaceFilter): boolean =>
  one.namespace === other.namespace &&
  (one.metricNames.length === 0 ||
    other.metricNames.length === 0 ||
    one.metricNames.some((name) => other.metricNames.includes(name)));

/** Whether the excluded metrics are all of those that a filter includes. */
const isCovered = (filter: NamespaceFilter, excluded: NamespaceFilter): boolean =>
  filter.namespace === excluded.namespace &&
  (excluded.metricNames.length === 0 ||
    (filter.metricNames.length > 0 && filter.metricNames.every((name) => excluded.metricNames.includes(name))));
