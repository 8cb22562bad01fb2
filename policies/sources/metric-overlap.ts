import { and, not, or } from "../../iam/logic";
import { type Planned, UNKNOWN } from "../../iam/unknown";

/** Metrics of one namespace in the filters of a metric stream. */
export interface PlannedFilter {
  readonly namespace: Planned<string>;
  /** Names of the metrics; empty: all metrics of the namespace. */
  readonly metricNames: Planned<readonly Planned<string>[]>;
}

/** The metrics that a metric stream sends. */
export interface PlannedSelection {
  /** Empty: all metrics except the excluded ones. */
  readonly includeFilters: Planned<readonly PlannedFilter[]>;
  readonly excludeFilters: Planned<readonly PlannedFilter[]>;
}

/** Whether two metric streams have a metric in common; two streams without include filters always do. */
export function isOverlapping(one: PlannedSelection, other: PlannedSelection): Planned<boolean> {
  const { includeFilters: first } = one;
  const { includeFilters: second, excludeFilters: excluded } = other;
  if (first === UNKNOWN || second === UNKNOWN) {
    return UNKNOWN;
  }
  if (first.length === 0) {
    return second.length === 0 ? true : isOverlapping(other, one);
  }
  if (second.length > 0) {
    return or(...first.flatMap((filter) => second.map((included) => isShared(filter, included))));
  }
  return excluded === UNKNOWN ? UNKNOWN : or(...first.map((filter) => not(isCovered(filter, excluded))));
}

const isShared = (one: PlannedFilter, other: PlannedFilter): Planned<boolean> =>
  and(isSame(one.namespace, other.namespace), haveCommonName(one.metricNames, other.metricNames));

/** Whether the excluded metrics are all of those that a filter includes: several filters may exclude them together. */
function isCovered({ namespace, metricNames }: PlannedFilter, excluded: readonly PlannedFilter[]): Planned<boolean> {
  const areCovered = (names: Names): Planned<boolean> =>
    or(...excluded.map((each) => and(isSame(namespace, each.namespace), areAllIn(names, each.metricNames))));
  return metricNames === UNKNOWN || metricNames.length === 0
    ? areCovered(metricNames)
    : and(...metricNames.map((name) => areCovered([name])));
}

type Names = PlannedFilter["metricNames"];

function haveCommonName(names: Names, others: Names): Planned<boolean> {
  if (names === UNKNOWN || others === UNKNOWN) {
    return UNKNOWN;
  }
  return names.length === 0 || others.length === 0 || or(...names.map((name) => isIn(name, others)));
}

function areAllIn(names: Names, others: Names): Planned<boolean> {
  if (names === UNKNOWN || others === UNKNOWN) {
    return UNKNOWN;
  }
  return others.length === 0 || (names.length > 0 && and(...names.map((name) => isIn(name, others))));
}

const isIn = (name: Planned<string>, names: readonly Planned<string>[]): Planned<boolean> =>
  or(...names.map((each) => isSame(name, each)));

const isSame = (one: Planned<string>, other: Planned<string>): Planned<boolean> =>
  one === UNKNOWN || other === UNKNOWN ? UNKNOWN : one === other;
