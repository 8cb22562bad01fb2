import { sourceDoubleDelivery } from "../../../policies/rules/source-double-delivery";
import type { JsonObject } from "../../../iam/json";
import { AFTER, change, check, LOG_GROUP, REGION, STREAM_ARN } from "../../helpers/iam-plan";
import { type PlannedChange, unknownAt } from "../../helpers/plan";
import { STREAM } from "../../helpers/rule-plan";
import {
  ACCOUNT_POLICY,
  accountDocument,
  accountPolicyChange,
  checkLogs,
  criteria,
  FILTER,
  filterChange,
  METRIC_STREAM,
  metricRoleChange,
  metricStreamChange,
  METRICS,
  METRICS_ARN,
  planOfMetrics,
} from "../../helpers/source-plan";

const SECOND = `${FILTER}2`;
const second = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange => ({
  ...filterChange({ name: "second", ...values }, more),
  address: SECOND,
});
const of = (...sources: readonly PlannedChange[]): string[] => checkLogs(sourceDoubleDelivery, sources);
const ANY = unknownAt("destination_arn");
const GROUP = "aws_cloudwatch_log_group.api";
const groupChange = change(GROUP, { region: REGION }, { unknown: ["name"] });
const byReference = unknownAt("log_group_name", `${GROUP}.name`);
const unknownGroup = unknownAt("log_group_name");

describe("KFF-SRC-006, of subscription filters", () => {
  const found = `${FILTER} sends the events of the log group too`;
  const KEEP = "Keep one of the two filters.";
  const FOUND = `finding ${SECOND}: ${found} | ${KEEP}`;

  test("accepts one filter, filters of several log groups, and one to somewhere else", () => {
    expect(of(filterChange())).toEqual([]);
    expect(of(filterChange(), second({ log_group_name: "/ecs/web" }))).toEqual([]);
    expect(of(filterChange(), second({ destination_arn: STREAM_ARN.replace("kloudfuse", "other") }))).toEqual([]);
  });

  test("finds a second filter that matches the same events", () => {
    expect(of(filterChange(), second())).toEqual([FOUND]);
    expect(of(filterChange(), second({ filter_pattern: "ERROR" }))).toEqual([FOUND]);
    expect(of(filterChange({ filter_pattern: "ERROR" }), second({ filter_pattern: "ERROR" }))).toEqual([FOUND]);
    expect(of(filterChange({ filter_pattern: undefined }), second({ filter_pattern: "ERROR" }))).toEqual([FOUND]);
  });

  test("finds a third filter that matches the same events as the second one", () => {
    const third = { ...second({ name: "third", filter_pattern: "ERROR" }), address: `${FILTER}3` };
    expect(of(filterChange({ filter_pattern: "WARN" }), second({ filter_pattern: "ERROR" }), third)).toContain(
      `finding ${FILTER}3: ${SECOND} sends the events of the log group too | ${KEEP}`,
    );
  });

  test("is undetermined by different patterns, or one that is not known", () => {
    const either = `unknown ${SECOND}: ${found}, if both select the same | ${KEEP}`;
    expect(of(filterChange({ filter_pattern: "WARN" }), second({ filter_pattern: "ERROR" }))).toEqual([either]);
    expect(of(filterChange(), second({}, { unknown: ["filter_pattern"] }))).toEqual([either]);
  });

  test("is undetermined where one may feed another stream", () => {
    expect(of(filterChange(), second({}, ANY))).toEqual([
      `unknown ${SECOND}: ${found}, if both feed ${STREAM} | ${KEEP}`,
    ]);
    expect(of(filterChange({}, ANY), second())).toEqual([
      `unknown ${SECOND}: ${found}, if both feed ${STREAM} | ${KEEP}`,
    ]);
  });

  test("knows a log group by reference, where its name is not known", () => {
    expect(of(groupChange, filterChange({}, byReference), second({}, byReference))).toEqual([FOUND]);
  });

  test("says that a log group is not known, if there is another filter", () => {
    expect(of(filterChange({}, unknownGroup))).toEqual([]);
    expect(of(filterChange(), second({}, unknownGroup))).toEqual([
      `unknown ${SECOND}: whether another filter sends the events of the log group is not known before the apply | ${AFTER}`,
    ]);
  });
});

describe("KFF-SRC-006, of a filter beside an account policy", () => {
  const found = `${ACCOUNT_POLICY} sends the events of the log group too`;
  const REMOVE = "Remove the filter, or exclude the log group from the account policy.";

  test("accepts a log group that the policy leaves out", () => {
    expect(of(filterChange(), accountPolicyChange({ selection_criteria: criteria(LOG_GROUP, "/ecs/api") }))).toEqual(
      [],
    );
  });

  test("finds one that it does not", () => {
    expect(of(filterChange(), accountPolicyChange())).toEqual([`finding ${FILTER}: ${found} | ${REMOVE}`]);
    expect(of(filterChange({ filter_pattern: "ERROR" }), accountPolicyChange({ selection_criteria: "" }))).toEqual([
      `finding ${FILTER}: ${found} | ${REMOVE}`,
    ]);
  });

  test("is undetermined by different patterns, or where one may feed another stream", () => {
    const policy_document = accountDocument({ FilterPattern: "WARN" });
    expect(of(filterChange({ filter_pattern: "ERROR" }), accountPolicyChange({ policy_document }))).toEqual([
      `unknown ${FILTER}: ${found}, if both select the same | ${REMOVE}`,
    ]);
    expect(of(filterChange({}, ANY), accountPolicyChange())).toEqual([
      `unknown ${FILTER}: ${found}, if both feed ${STREAM} | ${REMOVE}`,
    ]);
  });

  test("finds one of every event where the document has no pattern", () => {
    const policy_document = accountDocument({ FilterPattern: undefined });
    expect(of(filterChange({ filter_pattern: "ERROR" }), accountPolicyChange({ policy_document }))).toHaveLength(1);
  });

  test("says what is not known", () => {
    const doubt = `unknown ${FILTER}: whether selection_criteria of ${ACCOUNT_POLICY} excludes the log group is not known before the apply | ${AFTER}`;
    const selection = (reference: string): PlannedChange =>
      accountPolicyChange({}, unknownAt("selection_criteria", reference));
    expect(of(filterChange({}, unknownGroup), accountPolicyChange())).toEqual([doubt]);
    expect(of(filterChange(), selection("var.x"))).toEqual([doubt]);
    expect(of(groupChange, filterChange({}, byReference), selection(`${GROUP}.name`))).toEqual([]);
  });
});

describe("KFF-SRC-006, of metric streams", () => {
  const OTHER = `${METRIC_STREAM}2`;
  const FOUND = `finding ${OTHER}: ${METRIC_STREAM} streams the same metrics | Give each metric stream its own namespaces, or keep one.`;
  const UNKNOWN = `unknown ${OTHER}: ${METRIC_STREAM} streams the same metrics, if both select the same | Give each metric stream its own namespaces, or keep one.`;
  const two = (first: JsonObject, other: JsonObject, more: Partial<PlannedChange> = {}): string[] =>
    check(
      sourceDoubleDelivery,
      planOfMetrics(metricStreamChange(first), metricRoleChange(), [
        { ...metricStreamChange(other, more), address: OTHER },
      ]),
    );
  const include = (namespace: string): JsonObject => ({ include_filter: [{ namespace }] });

  test("accepts one, metrics of several namespaces, and those of another stream", () => {
    expect(check(sourceDoubleDelivery, planOfMetrics())).toEqual([]);
    expect(two(include("AWS/EC2"), include("AWS/EBS"))).toEqual([]);
    expect(two({}, { firehose_arn: METRICS_ARN.replace("kloudfuse", "other") })).toEqual([]);
  });

  test("finds metrics that both stream", () => {
    expect(two({}, {})).toEqual([FOUND]);
    expect(two(include("AWS/EC2"), {})).toEqual([FOUND]);
  });

  test("accepts metrics that the other one excludes", () => {
    expect(two(include("AWS/EC2"), { exclude_filter: [{ namespace: "AWS/EC2" }] })).toEqual([]);
  });

  test("is undetermined by what is not known", () => {
    expect(two(include("AWS/EC2"), {}, unknownAt("include_filter"))).toEqual([UNKNOWN]);
    expect(two({}, {}, unknownAt("firehose_arn"))).toEqual([
      `unknown ${OTHER}: ${METRIC_STREAM} streams the same metrics, if both feed ${METRICS} | Give each metric stream its own namespaces, or keep one.`,
    ]);
  });
});
