import { changeSources } from "../../../policies/rules/change-sources";
import { check, STREAM_ARN } from "../../helpers/iam-plan";
import type { PlannedChange } from "../../helpers/plan";
import { goodPlan, goodStream } from "../../helpers/rule-plan";
import {
  checkLogs,
  FILTER,
  filterChange,
  METRIC_STREAM,
  METRICS,
  METRICS_ARN,
  metricStreamChange,
} from "../../helpers/source-plan";

const REMEDY = "If this is intentional, allow the policy by its id, with the reason.";
const DESTROY = { actions: ["delete"] };
const REPLACE = { actions: ["delete", "create"] };

const METRICS_STREAM = goodStream(
  { signal: "metrics", address: METRICS, values: { arn: METRICS_ARN } },
  { actions: ["no-op"] },
);

const ofFilters = (...changes: readonly PlannedChange[]): string[] =>
  checkLogs(changeSources, changes, { stream: goodStream({ values: { arn: STREAM_ARN } }, { actions: ["no-op"] }) });
const ofMetricStream = (change: PlannedChange): string[] =>
  check(changeSources, goodPlan({ stream: METRICS_STREAM }, [change]));

describe("KFF-CHG-006", () => {
  test.each([["create"], ["update"], ["no-op"]])("accepts %s", (action) => {
    expect(ofFilters(filterChange({}, { actions: [action] }))).toEqual([]);
    expect(ofMetricStream(metricStreamChange({}, { actions: [action] }))).toEqual([]);
  });

  test("finds a subscription filter that is destroyed", () => {
    expect(ofFilters(filterChange({}, DESTROY))).toEqual([
      `finding ${FILTER}: it is destroyed: the log group /ecs/api is no longer subscribed | ${REMEDY}`,
    ]);
  });

  test("finds one that is replaced", () => {
    const { values: before } = filterChange();
    expect(ofFilters(filterChange({ name: "other" }, { ...REPLACE, before }))).toEqual([
      `finding ${FILTER}: it is replaced: until then the log group /ecs/api is not subscribed | ${REMEDY}`,
    ]);
  });

  test("finds one that only its address differs from one that is created", () => {
    const renamed = "aws_cloudwatch_log_subscription_filter.renamed";
    expect(ofFilters(filterChange({}, DESTROY), { ...filterChange(), address: renamed })).toEqual([
      `finding ${FILTER}: it is destroyed and created again as ${renamed}: in between the log group /ecs/api may not be subscribed | Add a moved block from ${FILTER} to ${renamed}.`,
    ]);
  });

  test("does not take the filter of another log group for it", () => {
    const other = { ...filterChange({ log_group_name: "/ecs/web" }), address: `${FILTER}2` };
    expect(ofFilters(filterChange({}, DESTROY), other)).toEqual([
      expect.stringContaining("the log group /ecs/api is no longer subscribed") as unknown,
    ]);
  });

  test("does not take the filter of another region for it", () => {
    const other = { ...filterChange({ region: "us-east-1" }), address: `${FILTER}2` };
    expect(ofFilters(filterChange({}, DESTROY), other)).toEqual([
      expect.stringContaining("the log group /ecs/api is no longer subscribed") as unknown,
    ]);
  });

  test("finds a metric stream that is destroyed, or replaced", () => {
    expect(ofMetricStream(metricStreamChange({}, DESTROY))).toEqual([
      `finding ${METRIC_STREAM}: it is destroyed: CloudWatch sends no more metrics | ${REMEDY}`,
    ]);
    const { values: before } = metricStreamChange();
    expect(ofMetricStream(metricStreamChange({ name: "other" }, { ...REPLACE, before }))).toEqual([
      `finding ${METRIC_STREAM}: it is replaced: until then CloudWatch sends no metrics | ${REMEDY}`,
    ]);
  });

  test("ignores what feeds another stream", () => {
    expect(ofFilters(filterChange({ destination_arn: `${STREAM_ARN}-other` }, DESTROY))).toEqual([]);
    expect(ofMetricStream(metricStreamChange({ firehose_arn: `${METRICS_ARN}-other` }, DESTROY))).toEqual([]);
  });
});
