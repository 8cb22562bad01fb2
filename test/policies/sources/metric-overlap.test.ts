import { type Planned, UNKNOWN } from "../../../iam/unknown";
import { isOverlapping, type PlannedFilter, type PlannedSelection } from "../../../policies/sources/metric-overlap";

/** Metrics of a namespace; without names, all of it. */
const metrics = (namespace: Planned<string>, ...metricNames: readonly Planned<string>[]): PlannedFilter => ({
  namespace,
  metricNames,
});
const anyOf = (namespace: string): PlannedFilter => ({ namespace, metricNames: UNKNOWN });
const including = (...includeFilters: readonly PlannedFilter[]): PlannedSelection => ({
  includeFilters,
  excludeFilters: [],
});
const excluding = (...excludeFilters: readonly PlannedFilter[]): PlannedSelection => ({
  includeFilters: [],
  excludeFilters,
});
const EVERYTHING: PlannedSelection = { includeFilters: [], excludeFilters: [] };
const UNKNOWN_INCLUDED: PlannedSelection = { includeFilters: UNKNOWN, excludeFilters: [] };
const UNKNOWN_EXCLUDED: PlannedSelection = { includeFilters: [], excludeFilters: UNKNOWN };

type OverlapRow = readonly [name: string, one: PlannedSelection, other: PlannedSelection];

/** The metrics in common of two selections, in either order. */
const bothWays = (one: PlannedSelection, other: PlannedSelection): readonly unknown[] => [
  isOverlapping(one, other),
  isOverlapping(other, one),
];

describe("two metric streams have a metric in common", () => {
  test.each<OverlapRow>([
    ["of all metrics", EVERYTHING, EVERYTHING],
    ["of all metrics, and some of a namespace", EVERYTHING, including(metrics("AWS/EC2", "a"))],
    ["of one namespace", including(metrics("AWS/EC2")), including(metrics("AWS/EC2"))],
    ["of one of several namespaces", including(metrics("a"), metrics("b")), including(metrics("c"), metrics("b"))],
    ["of all metrics of a namespace, and some", including(metrics("AWS/EC2")), including(metrics("AWS/EC2", "a"))],
    ["of one name", including(metrics("AWS/EC2", "a", "b")), including(metrics("AWS/EC2", "c", "b"))],
    ["of all but some namespaces, of which neither excludes all", excluding(metrics("a")), excluding(metrics("b"))],
    ["of all but what neither includes", excluding(metrics("AWS/EC2")), EVERYTHING],
    ["of a namespace that is not excluded", excluding(metrics("AWS/EC2")), including(metrics("AWS/EBS"))],
    ["of one of two namespaces", excluding(metrics("a")), including(metrics("a"), metrics("b"))],
    ["of a name that is not excluded", excluding(metrics("AWS/EC2", "a")), including(metrics("AWS/EC2", "b"))],
    ["of one of two names", excluding(metrics("AWS/EC2", "a")), including(metrics("AWS/EC2", "a", "b"))],
    ["of a namespace of which some is excluded", excluding(metrics("AWS/EC2", "a")), including(metrics("AWS/EC2"))],
    [
      "of a name that another namespace excludes",
      excluding(metrics("AWS/EBS", "a")),
      including(metrics("AWS/EC2", "a")),
    ],
  ])("%s", (_, one, other) => {
    expect(bothWays(one, other)).toEqual([true, true]);
  });
});

describe("two metric streams have no metric in common", () => {
  test.each<OverlapRow>([
    ["of two namespaces", including(metrics("AWS/EC2")), including(metrics("AWS/EBS"))],
    ["of two names", including(metrics("AWS/EC2", "a")), including(metrics("AWS/EC2", "b"))],
    ["of one name in two namespaces", including(metrics("AWS/EC2", "a")), including(metrics("AWS/EBS", "a"))],
    ["of a namespace that the other excludes", excluding(metrics("AWS/EC2")), including(metrics("AWS/EC2"))],
    ["of names in it", excluding(metrics("AWS/EC2")), including(metrics("AWS/EC2", "a"))],
    ["of names that it excludes", excluding(metrics("AWS/EC2", "a", "b")), including(metrics("AWS/EC2", "b", "a"))],
    [
      "of names that several of its filters exclude",
      excluding(metrics("AWS/EC2", "a"), metrics("AWS/EC2", "b")),
      including(metrics("AWS/EC2", "a", "b")),
    ],
    [
      "of several filters, each of which it excludes",
      excluding(metrics("a"), metrics("b", "x")),
      including(metrics("a", "y"), metrics("b", "x")),
    ],
  ])("%s", (_, one, other) => {
    expect(bothWays(one, other)).toEqual([false, false]);
  });
});

describe("whether two metric streams have a metric in common is not known", () => {
  test.each<OverlapRow>([
    ["of filters that are not known", UNKNOWN_INCLUDED, EVERYTHING],
    ["of filters that are not known, beside others", UNKNOWN_INCLUDED, including(metrics("AWS/EC2"))],
    ["of a namespace that is not known", including(metrics(UNKNOWN)), including(metrics("AWS/EC2"))],
    ["of names that are not known", including(anyOf("AWS/EC2")), including(metrics("AWS/EC2", "a"))],
    ["of a name that is not known", including(metrics("AWS/EC2", UNKNOWN)), including(metrics("AWS/EC2", "a"))],
    ["of excluded metrics that are not known", UNKNOWN_EXCLUDED, including(metrics("AWS/EC2"))],
    ["of an excluded namespace that is not known", excluding(metrics(UNKNOWN)), including(metrics("AWS/EC2"))],
    ["of excluded names that are not known", excluding(anyOf("AWS/EC2")), including(metrics("AWS/EC2", "a"))],
    ["of an excluded name that is not known", excluding(metrics("a", UNKNOWN)), including(metrics("a", "x"))],
    ["of names that are not known, beside excluded ones", excluding(metrics("a", "x")), including(anyOf("a"))],
  ])("%s", (_, one, other) => {
    expect(bothWays(one, other)).toEqual([UNKNOWN, UNKNOWN]);
  });
});

describe("what is not known does not matter", () => {
  test.each<readonly [...OverlapRow, expected: boolean]>([
    ["of another namespace", including(anyOf("AWS/EC2")), including(metrics("AWS/EBS")), false],
    ["of names in another namespace", excluding(anyOf("AWS/EBS")), including(metrics("AWS/EC2")), true],
    ["beside a metric in common", including(metrics(UNKNOWN), metrics("a")), including(metrics("a")), true],
    ["beside an excluded namespace", excluding(metrics(UNKNOWN), metrics("a")), including(metrics("a")), false],
    ["of what two streams without include filters exclude", UNKNOWN_EXCLUDED, UNKNOWN_EXCLUDED, true],
  ])("%s", (_, one, other, expected) => {
    expect(bothWays(one, other)).toEqual([expected, expected]);
  });
});
