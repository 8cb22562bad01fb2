import type { NamespaceFilter } from "../../../cli/sources/metric-streams";
import { metricOverlapOutcome } from "../../../cli/verify/metric-overlap";
import type { InspectedMetricStream } from "../../../cli/verify/read-metric-sources";
import { denied } from "../../helpers/outcomes";

type MetricNamesByNamespace = Readonly<Record<string, readonly string[]>>;

const filtersOf = (filters: MetricNamesByNamespace): NamespaceFilter[] =>
  Object.entries(filters).map(([namespace, metricNames]) => ({ namespace, metricNames }));

const metricStream = (
  name: string,
  include: MetricNamesByNamespace,
  exclude: MetricNamesByNamespace = {},
): InspectedMetricStream => ({
  name,
  destinationArn: "arn:stream",
  state: "running",
  outputFormat: "json",
  details: {
    roleArn: "role",
    includeFilters: filtersOf(include),
    excludeFilters: filtersOf(exclude),
    includesLinkedAccounts: false,
    statistics: [],
    sharesStatistics: false,
  },
  publishErrorRate: [],
});

const found = (...metricStreams: readonly InspectedMetricStream[]): string[] =>
  metricOverlapOutcome(metricStreams).map((outcome) => `${outcome.verdict}: ${outcome.found}`);

const SAME = "problem: the metric streams a and b send the same metrics";
const NONE = "ok: none";

describe("the metric streams of a delivery stream", () => {
  test.each([
    [{ A: [] }, {}, { B: [] }, {}, NONE],
    [{ A: [] }, {}, { A: [] }, {}, SAME],
    [{ A: ["x"] }, {}, { A: [] }, {}, SAME],
    [{ A: ["x"] }, {}, { A: ["x", "y"] }, {}, SAME],
    [{ A: ["x"] }, {}, { A: ["y"] }, {}, NONE],
    [{ A: ["x"], B: [] }, {}, { A: ["y"], B: ["z"] }, {}, SAME],
    [{ A: [] }, {}, {}, {}, SAME],
    [{ A: [] }, {}, {}, { A: [] }, NONE],
    [{ A: [] }, {}, {}, { A: ["x"] }, SAME],
    [{ A: ["x"] }, {}, {}, { A: ["x", "y"] }, NONE],
    [{ A: ["x", "z"] }, {}, {}, { A: ["x"] }, SAME],
    [{ A: ["x"] }, {}, {}, { B: ["x"] }, SAME],
    [{ A: [], B: [] }, {}, {}, { A: [] }, SAME],
    [{}, {}, {}, {}, SAME],
    [{}, { A: [] }, {}, { B: [] }, SAME],
  ])("with %j but %j, and %j but %j", (include, exclude, otherInclude, otherExclude, expected) => {
    const [a, b] = [metricStream("a", include, exclude), metricStream("b", otherInclude, otherExclude)];
    expect(found(a, b)).toEqual([expected]);
    const swapped = expected.replace("a and b", "b and a");
    expect(found(b, a)).toEqual([swapped]);
  });

  test("name each pair", () => {
    expect(found(metricStream("a", {}), metricStream("b", { B: [] }), metricStream("c", { C: [] }))).toEqual([
      "problem: the metric streams a and b, a and c send the same metrics",
    ]);
  });

  test.each([
    ["the state stopped", () => ({ state: "stopped" })],
    ["no details", () => ({ details: undefined })],
    ["details that AWS denied", () => ({ details: denied() })],
  ])("do not count with %s", (_, fields) => {
    expect(found(metricStream("a", {}), { ...metricStream("b", {}), ...fields() })).toEqual([]);
  });

  test("may be one", () => {
    expect(found(metricStream("a", {}))).toEqual([]);
  });
});
