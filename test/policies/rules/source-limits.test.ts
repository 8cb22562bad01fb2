import { sourceLimits } from "../../../policies/rules/source-limits";
import type { JsonObject } from "../../../iam/json";
import { AFTER, check, LOG_GROUP } from "../../helpers/iam-plan";
import { type PlannedChange, unknownAt } from "../../helpers/plan";
import {
  ACCOUNT_POLICY,
  accountDocument,
  accountPolicyChange,
  checkLogs,
  criteria,
  FILTER,
  filterChange,
  METRIC_STREAM,
  metricStreamChange,
  planOfMetrics,
} from "../../helpers/source-plan";

const REMEDY = "Correct it: AWS rejects it during the apply.";
const ofMetrics = (...metricStream: Parameters<typeof metricStreamChange>): string[] =>
  check(sourceLimits, planOfMetrics(metricStreamChange(...metricStream)));
const ofFilter = (...filter: Parameters<typeof filterChange>): string[] =>
  checkLogs(sourceLimits, [filterChange(...filter)]);
const ofPolicy = (...policy: Parameters<typeof accountPolicyChange>): string[] =>
  checkLogs(sourceLimits, [accountPolicyChange(...policy)]);
const finding = (found: string, address = METRIC_STREAM): string => `finding ${address}: ${found} | ${REMEDY}`;
const unknown = (what: string, address = METRIC_STREAM): string =>
  `unknown ${address}: ${what} is not known before the apply | ${AFTER}`;

const names = (count: number): string[] => Array.from({ length: count }, (_, index) => `metric-${index}`);
const filter = (namespace: string, metricNames?: readonly string[]): JsonObject => ({
  namespace,
  metric_names: metricNames,
});

describe("KFF-SRC-003, of a metric stream's name", () => {
  test.each(["m", "a".repeat(255), "AZ_az-09"])("accepts %s", (name) => {
    expect(ofMetrics({ name })).toEqual([]);
  });

  test.each(["a".repeat(256), "kloudfuse.metrics"])("finds %s", (name) => {
    expect(ofMetrics({ name })).toEqual([
      finding(`name must be 1 to 255 of the characters a-z A-Z 0-9 _ -, got "${name}"`),
    ]);
  });

  test("says that it is not known, and leaves it to the provider where it is not set", () => {
    expect(ofMetrics({}, unknownAt("name"))).toEqual([unknown("name")]);
    expect(ofMetrics({ name: undefined }, { unknown: ["name"] })).toEqual([]);
  });
});

describe.each(["include_filter", "exclude_filter"])("KFF-SRC-003, of %s", (block) => {
  const of = (filters: readonly JsonObject[], more: Partial<PlannedChange> = {}): string[] =>
    ofMetrics({ [block]: filters }, more);

  test("accepts the longest", () => {
    expect(of([filter("AWS/EC2", names(999))])).toEqual([]);
    expect(of([...names(999).map((name) => filter(name)), filter("n".repeat(255))])).toEqual([]);
    expect(of([filter("AWS/EC2", ["~".repeat(255)])])).toEqual([]);
  });

  test("finds one namespace or metric name too many", () => {
    const found = `${block} must have at most 1000 namespaces and metric names, got 1001 namespaces and metric names`;
    expect(of([filter("AWS/EC2", names(1000))])).toEqual([finding(found)]);
    expect(of(names(1001).map((name) => filter(name)))).toEqual([finding(found)]);
    expect(of([filter("AWS/EC2", names(500)), filter("AWS/EC2", names(500))])).toEqual([finding(found)]);
  });

  test.each([
    ["AWS/É", "be at most 255 printable ASCII characters"],
    ["n".repeat(256), "be at most 255 printable ASCII characters"],
    [" ", "not be blank"],
    [":n", "not begin with :"],
  ])("finds the namespace %j", (namespace, rule) => {
    expect(of([filter(namespace)])).toEqual([finding(`every namespace in ${block} must ${rule}, got "${namespace}"`)]);
  });

  test.each([
    ["n".repeat(256), "be at most 255 printable ASCII characters"],
    [" ", "not be blank"],
  ])("finds the metric name %j", (name, rule) => {
    expect(of([filter("AWS/EC2", [name])])).toEqual([
      finding(`every metric name in ${block} must ${rule}, got "${name}"`),
    ]);
  });

  test("does not quote a sensitive namespace", () => {
    expect(of([filter(" ")], { sensitive: [`${block}.0.namespace`] })).toEqual([
      finding(`every namespace in ${block} must not be blank, got (sensitive value)`),
    ]);
  });

  test("says that a part is not known, and counts it", () => {
    expect(of([], unknownAt(block))).toEqual([unknown(block)]);
    const part = unknown(`a part of ${block}`);
    expect(of([filter("AWS/EC2")], { unknown: [`${block}.0.namespace`] })).toEqual([part]);
    expect(of([filter("AWS/EC2", names(1))], { unknown: [`${block}.0.metric_names.0`] })).toEqual([part]);
    expect(of([filter("AWS/EC2")], { unknown: [`${block}.0.metric_names`] })).toEqual([part]);
    expect(of([filter("AWS/EC2", names(1000))], { unknown: [`${block}.0.metric_names.0`] })).toEqual([
      finding(`${block} must have at most 1000 namespaces and metric names, got 1001 namespaces and metric names`),
      part,
    ]);
  });
});

test("KFF-SRC-003 finds included and excluded metrics together", () => {
  const both = { include_filter: [filter("AWS/EC2")], exclude_filter: [filter("AWS/EBS")] };
  expect(ofMetrics(both)).toEqual([
    `finding ${METRIC_STREAM}: include_filter and exclude_filter are both set | Remove one of them.`,
  ]);
  expect(ofMetrics(both, unknownAt("exclude_filter"))).toEqual([unknown("exclude_filter")]);
});

describe("KFF-SRC-003, of statistics", () => {
  const BLOCK = "statistics_configuration";
  const metric = (metricName = "Duration", namespace = "AWS/Lambda"): JsonObject => ({
    metric_name: metricName,
    namespace,
  });
  const entry = (statistics: readonly string[] = ["p99"], metrics: readonly JsonObject[] = [metric()]): JsonObject => ({
    additional_statistics: statistics,
    include_metric: metrics,
  });
  const of = (entries: readonly JsonObject[], more: Partial<PlannedChange> = {}): string[] =>
    ofMetrics({ [BLOCK]: entries }, more);
  const percentiles = (count: number): string[] => Array.from({ length: count }, (_, index) => `p${index + 1}`);
  const repeated = <Item>(count: number, item: Item): Item[] => Array.from({ length: count }, () => item);

  test("accepts the most", () => {
    expect(of(repeated(100, entry(percentiles(20))))).toEqual([]);
    expect(
      of(
        repeated(
          2,
          entry(
            ["IQM"],
            names(100).map((name) => metric(name)),
          ),
        ),
      ),
    ).toEqual([]);
  });

  test("finds one entry, metric or statistic too many", () => {
    expect(of(repeated(101, entry()))).toEqual([finding(`${BLOCK} must have at most 100 entries, got 101 entries`)]);
    expect(of([entry(["p99"], repeated(101, metric()))])).toEqual([
      finding(`${BLOCK} must have at most 100 metrics, got 101 metrics`),
    ]);
    expect(of([entry(percentiles(21))])).toEqual([
      finding(`${BLOCK} must have 1 to 20 statistics in every entry, got "AWS/Lambda Duration"`),
    ]);
  });

  test("finds a namespace, a metric name and a statistic that AWS refuses", () => {
    expect(of([entry(["p99"], [metric("Duration", " ")])])).toHaveLength(1);
    expect(of([entry(["p99"], [metric(" ")])])).toHaveLength(1);
    expect(of([entry(["Average"])])).toEqual([
      finding(
        `every statistic in ${BLOCK} must be a percentile or another extended statistic, such as p99, tm90 or IQM, got "Average"`,
      ),
    ]);
  });

  test("says that a part is not known", () => {
    expect(of([], unknownAt(BLOCK))).toEqual([unknown(BLOCK)]);
    const part = [unknown(`a part of ${BLOCK}`)];
    for (const path of ["include_metric", "include_metric.0.namespace", "additional_statistics.0"]) {
      expect(of([entry()], { unknown: [`${BLOCK}.0.${path}`] })).toEqual(part);
    }
  });
});

test("KFF-SRC-003 is undetermined where it is not known whether a metric stream feeds Kloudfuse", () => {
  const more = unknownAt("firehose_arn");
  expect(ofMetrics({ name: "a.b" }, more)).toEqual([expect.stringMatching(/^unknown .*, which matters only if /)]);
});

describe("KFF-SRC-003, of a subscription filter", () => {
  test("accepts a pattern of 1,024 characters, and finds one more", () => {
    expect(ofFilter({ filter_pattern: "e".repeat(1024) })).toEqual([]);
    expect(ofFilter({ filter_pattern: "e".repeat(1025) })).toHaveLength(1);
  });

  test("says that the pattern is not known", () => {
    expect(ofFilter({}, { unknown: ["filter_pattern"] })).toEqual([unknown("filter_pattern", FILTER)]);
  });
});

describe("KFF-SRC-003, of an account policy", () => {
  const withBytes = (bytes: number): string => criteria("g".repeat(bytes - criteria("").length));

  test("accepts criteria of 25,000 bytes, and finds one more", () => {
    expect(ofPolicy({ selection_criteria: withBytes(25_000) })).toEqual([]);
    expect(ofPolicy({ selection_criteria: withBytes(25_001) })).toEqual([
      finding("selection_criteria must have at most 25000 bytes, got 25001", ACCOUNT_POLICY),
    ]);
  });

  test("counts bytes, not characters", () => {
    expect(ofPolicy({ selection_criteria: criteria("é".repeat(12_500)) })).toHaveLength(1);
  });

  test("finds a long pattern and a reserved name", () => {
    expect(ofPolicy({ policy_document: accountDocument({ FilterPattern: "e".repeat(1024) }) })).toEqual([]);
    expect(ofPolicy({ policy_document: accountDocument({ FilterPattern: "e".repeat(1025) }) })).toHaveLength(1);
    expect(ofPolicy({ policy_document: accountDocument({ FilterPattern: undefined }) })).toEqual([]);
    expect(ofPolicy({ policy_name: "aws/x" })).toEqual([
      finding('policy_name must not begin with aws/, which AWS reserves, got "aws/x"', ACCOUNT_POLICY),
    ]);
  });

  test("says that criteria and name are not known", () => {
    expect(ofPolicy({}, { unknown: ["policy_name", "selection_criteria"] })).toEqual([
      unknown("policy_name", ACCOUNT_POLICY),
      unknown("selection_criteria", ACCOUNT_POLICY),
    ]);
  });

  test("leaves a document that is not known to the other policies", () => {
    const references = { policy_document: ["aws_kinesis_firehose_delivery_stream.logs.arn"] };
    expect(ofPolicy({}, { unknown: ["policy_document"], references })).toEqual([]);
  });

  test("finds a second subscription of the account and region", () => {
    const other = (values: JsonObject = {}): PlannedChange => ({
      ...accountPolicyChange({
        policy_document: accountDocument({ DestinationArn: "arn:aws:firehose:x:1:deliverystream/other" }),
        ...values,
      }),
      address: `${ACCOUNT_POLICY}2`,
    });
    const of = (values: JsonObject = {}): string[] => checkLogs(sourceLimits, [accountPolicyChange(), other(values)]);
    expect(of()).toEqual([
      `finding ${ACCOUNT_POLICY}: ${ACCOUNT_POLICY}2 subscribes the account too: an account can have one such policy in each region | Remove one of them.`,
    ]);
    expect(of({ region: "us-east-1" })).toEqual([]);
    expect(of({ policy_type: "DATA_PROTECTION_POLICY" })).toEqual([]);
    expect(of({ selection_criteria: criteria(LOG_GROUP) })).toHaveLength(1);
  });
});
