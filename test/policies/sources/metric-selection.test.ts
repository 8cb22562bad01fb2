import { UNKNOWN } from "../../../iam/unknown";
import type { PlannedResource } from "../../../policies/plan";
import { filtersOf, selectionOf, statisticsOf } from "../../../policies/sources/metric-selection";
import type { JsonObject } from "../../../iam/json";
import { type PlannedChange, planOf, unknownAt } from "../../helpers/plan";
import { METRIC_STREAM, metricStreamChange } from "../../helpers/source-plan";
import { resourceAt } from "../resource-at";

const STATISTICS = "statistics_configuration";

const metricStream = (values: JsonObject, more: Partial<PlannedChange> = {}): PlannedResource =>
  resourceAt(planOf([metricStreamChange(values, more)]), METRIC_STREAM);

describe.each(["include_filter", "exclude_filter"] as const)("the filters in %s", (block) => {
  const filters = (list: unknown, more: Partial<PlannedChange> = {}): unknown =>
    filtersOf(metricStream({ [block]: list }, more), block);

  test("have their namespaces and metric names, in order", () => {
    expect(
      filters([
        { namespace: "AWS/EC2", metric_names: ["b", "a"] },
        { namespace: "AWS/EBS", metric_names: [] },
      ]),
    ).toEqual([
      { namespace: "AWS/EC2", metricNames: ["b", "a"] },
      { namespace: "AWS/EBS", metricNames: [] },
    ]);
  });

  test("have no metric names where none are set, which is all of the namespace", () => {
    expect(filters([{ namespace: "AWS/EC2" }, { namespace: "AWS/EBS", metric_names: null }])).toEqual([
      { namespace: "AWS/EC2", metricNames: [] },
      { namespace: "AWS/EBS", metricNames: [] },
    ]);
  });

  test("have an empty namespace where none is set", () => {
    expect(filters([{ metric_names: ["a"] }])).toEqual([{ namespace: "", metricNames: ["a"] }]);
  });

  test("are none where the block is not set", () => {
    expect(filters([])).toEqual([]);
    expect(filters(undefined)).toEqual([]);
    expect(filters(null)).toEqual([]);
  });

  test("are not known where their number is not", () => {
    expect(filters(undefined, unknownAt(block))).toBe(UNKNOWN);
  });

  test("have what is not known of one of them", () => {
    const list = [{ namespace: "AWS/EC2", metric_names: ["a", "b"] }, { namespace: "AWS/EBS" }];
    const second = { namespace: "AWS/EBS", metricNames: [] };
    expect(filters(list, { unknown: [`${block}.0.namespace`] })).toEqual([
      { namespace: UNKNOWN, metricNames: ["a", "b"] },
      second,
    ]);
    expect(filters(list, { unknown: [`${block}.0.metric_names`] })).toEqual([
      { namespace: "AWS/EC2", metricNames: UNKNOWN },
      second,
    ]);
    expect(filters(list, { unknown: [`${block}.0.metric_names.1`] })).toEqual([
      { namespace: "AWS/EC2", metricNames: ["a", UNKNOWN] },
      second,
    ]);
  });

  test("are not those of the other block", () => {
    const other = block === "include_filter" ? "exclude_filter" : "include_filter";
    expect(filtersOf(metricStream({ [block]: [{ namespace: "AWS/EC2" }] }), other)).toEqual([]);
  });
});

test("the selection of a metric stream has both kinds of filters", () => {
  const values = { include_filter: [{ namespace: "AWS/EC2" }], exclude_filter: [{ namespace: "AWS/EBS" }] };
  expect(selectionOf(metricStream(values))).toEqual({
    includeFilters: [{ namespace: "AWS/EC2", metricNames: [] }],
    excludeFilters: [{ namespace: "AWS/EBS", metricNames: [] }],
  });
  expect(selectionOf(metricStream({}, unknownAt("exclude_filter")))).toEqual({
    includeFilters: [],
    excludeFilters: UNKNOWN,
  });
});

describe("the statistics of a metric stream", () => {
  const entry = (more: JsonObject = {}): JsonObject => ({
    additional_statistics: ["p99", "tm90"],
    include_metric: [
      { namespace: "AWS/ELB", metric_name: "Latency" },
      { namespace: "AWS/S3", metric_name: "FirstByteLatency" },
    ],
    ...more,
  });
  const METRICS = [
    { namespace: "AWS/ELB", metricName: "Latency" },
    { namespace: "AWS/S3", metricName: "FirstByteLatency" },
  ];
  const statistics = (list: unknown, more: Partial<PlannedChange> = {}): unknown =>
    statisticsOf(metricStream({ [STATISTICS]: list }, more));

  test("have their metrics and statistics, in order", () => {
    expect(statistics([entry(), entry({ additional_statistics: ["IQM"], include_metric: [] })])).toEqual([
      { metrics: METRICS, statistics: ["p99", "tm90"] },
      { metrics: [], statistics: ["IQM"] },
    ]);
  });

  test("are none where the block is not set", () => {
    expect(statistics([])).toEqual([]);
    expect(statistics(undefined)).toEqual([]);
  });

  test("are empty where a part is not set", () => {
    expect(statistics([{ include_metric: [{}] }, {}])).toEqual([
      { metrics: [{ namespace: "", metricName: "" }], statistics: [] },
      { metrics: [], statistics: [] },
    ]);
  });

  test("are not known where their number is not", () => {
    expect(statistics(undefined, unknownAt(STATISTICS))).toBe(UNKNOWN);
  });

  test.each<[path: string, expected: object]>([
    ["include_metric", { metrics: UNKNOWN, statistics: ["p99", "tm90"] }],
    [
      "include_metric.1.namespace",
      { metrics: [METRICS[0], { ...METRICS[1], namespace: UNKNOWN }], statistics: ["p99", "tm90"] },
    ],
    [
      "include_metric.0.metric_name",
      { metrics: [{ ...METRICS[0], metricName: UNKNOWN }, METRICS[1]], statistics: ["p99", "tm90"] },
    ],
    ["additional_statistics", { metrics: METRICS, statistics: UNKNOWN }],
    ["additional_statistics.0", { metrics: METRICS, statistics: [UNKNOWN, "tm90"] }],
  ])("have what is not known of %s", (path, expected) => {
    expect(statistics([entry()], { unknown: [`${STATISTICS}.0.${path}`] })).toEqual([expected]);
  });
});
