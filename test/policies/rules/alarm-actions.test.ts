import { alarmActions } from "../../../policies/rules/alarm-actions";
import {
  ALARM,
  alarmChange,
  checkAlarms,
  filterChange,
  queries,
  STREAM_METRIC,
  TOPIC,
  topicChange,
} from "../../helpers/alarm-plan";
import type { JsonObject } from "../../../iam/json";
import { AFTER, change, check } from "../../helpers/iam-plan";
import { type PlannedChange, unknownAt } from "../../helpers/plan";
import { STREAM } from "../../helpers/rule-plan";
import { metricStreamChange, planOfMetrics } from "../../helpers/source-plan";

const SILENT = { alarm_actions: [] };
const WITHOUT = `finding ${ALARM}: it has no alarm_actions: nobody is notified | Add the ARN of an SNS topic (of this project's module: alarm_topic_arn, or create_alarm_topic = true).`;

const found = (...alarm: Parameters<typeof alarmChange>): string[] =>
  checkAlarms(alarmActions, [alarmChange(...alarm)]);
const composite = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(
    "aws_cloudwatch_composite_alarm.all",
    {
      alarm_rule: 'ALARM("kloudfuse-logs-delivery-failing") OR ALARM("other")',
      alarm_actions: ["arn:aws:sns:eu-west-1:123456789012:alarms"],
      ...values,
    },
    more,
  );

describe("KFF-ALM-001", () => {
  test("is a note", () => {
    expect(alarmActions.severity).toBe("note");
  });

  test("accepts an alarm with actions, whether their topic is in the plan or not", () => {
    expect(found()).toEqual([]);
    expect(checkAlarms(alarmActions, [alarmChange(), topicChange()])).toEqual([]);
  });

  test("accepts a plan without alarms", () => {
    expect(checkAlarms(alarmActions, [])).toEqual([]);
  });

  test.each([[], null])("finds an alarm whose alarm_actions are %j, also with ok_actions", (actions) => {
    expect(found({ alarm_actions: actions, ok_actions: ["arn:aws:sns:eu-west-1:123456789012:alarms"] })).toEqual([
      WITHOUT,
    ]);
  });

  test("finds actions that are not enabled", () => {
    expect(found({ actions_enabled: false })).toEqual([
      `finding ${ALARM}: actions_enabled is false: nobody is notified | Set actions_enabled to true.`,
    ]);
  });

  test("says what is not known", () => {
    expect(found({}, { unknown: ["actions_enabled"] })).toEqual([
      `unknown ${ALARM}: actions_enabled is not known before the apply | ${AFTER}`,
    ]);
    const references = { alarm_actions: ["var.topics"] };
    expect(found({}, { unknown: ["alarm_actions"], references })).toEqual([
      `unknown ${ALARM}: whether it has alarm_actions is not known before the apply | ${AFTER}`,
    ]);
  });

  test("accepts actions that refer to a topic of the plan", () => {
    const topic = topicChange({}, { unknown: ["arn", "id"] });
    const alarm = alarmChange({}, unknownAt("alarm_actions", `${TOPIC}.arn`));
    expect(checkAlarms(alarmActions, [alarm, topic])).toEqual([]);
  });

  test("ignores an alarm that the plan destroys", () => {
    expect(found(SILENT, { actions: ["delete"] })).toEqual([]);
  });

  test("finds each alarm of a module that is called with for_each", () => {
    const changes = ["a", "b"].map((key) => ({ ...alarmChange(SILENT), address: `module.k["${key}"].${ALARM}` }));
    expect(checkAlarms(alarmActions, changes)).toEqual([
      WITHOUT.replace(ALARM, `module.k["a"].${ALARM}`),
      WITHOUT.replace(ALARM, `module.k["b"].${ALARM}`),
    ]);
  });
});

describe("KFF-ALM-001, in a composite alarm", () => {
  const of = (...other: Parameters<typeof composite>): string[] =>
    checkAlarms(alarmActions, [alarmChange(SILENT), composite(...other)]);

  test.each([
    'ALARM("kloudfuse-logs-delivery-failing")',
    "ALARM(kloudfuse-logs-delivery-failing)",
    'NOT ( OK ( "kloudfuse-logs-delivery-failing" ) )',
    'ALARM("arn:aws:cloudwatch:eu-west-1:123456789012:alarm:kloudfuse-logs-delivery-failing")',
  ])("accepts an alarm that %s tells of", (rule) => {
    expect(of({ alarm_rule: rule })).toEqual([]);
  });

  test("accepts an alarm that a rule refers to", () => {
    expect(of({}, unknownAt("alarm_rule", `${ALARM}.arn`))).toEqual([]);
  });

  test.each([
    ["without actions", { alarm_actions: [] }],
    ["whose actions are not enabled", { actions_enabled: false }],
    ["of other alarms", { alarm_rule: 'ALARM("kloudfuse-logs-delivery-failing-2")' }],
  ])("finds the alarm beside one %s", (_, values) => {
    expect(of(values)).toEqual([WITHOUT]);
  });
});

describe("which alarms KFF-ALM-001 is about", () => {
  const OTHER = { ...STREAM_METRIC, dimensions: { DeliveryStreamName: "other" } };
  const NONE = { namespace: null, metric_name: null, dimensions: null };
  const maybe = (what: string): string =>
    `unknown ${ALARM}: ${what}, which matters only if it monitors a stream to Kloudfuse | Add the ARN of an SNS topic (of this project's module: alarm_topic_arn, or create_alarm_topic = true).`;

  test("those of a metric of a stream, and of metric math over one", () => {
    expect(found(SILENT)).toEqual([WITHOUT]);
    expect(found({ ...SILENT, ...NONE, metric_query: queries(STREAM_METRIC) })).toEqual([WITHOUT]);
  });

  test("no others", () => {
    expect(found({ ...SILENT, ...OTHER })).toEqual([]);
    expect(found({ ...SILENT, ...NONE, metric_query: queries(OTHER) })).toEqual([]);
    expect(found({ ...SILENT, namespace: "AWS/EC2", metric_name: "CPUUtilization", dimensions: null })).toEqual([]);
    expect(found({ ...SILENT, region: "us-east-1" })).toEqual([]);
  });

  test("those of a metric stream that feeds a stream", () => {
    const of = (name: string): string[] => {
      const dimensions = { MetricStreamName: name };
      const alarm = alarmChange({ ...SILENT, namespace: "AWS/CloudWatch/MetricStreams", dimensions });
      return check(alarmActions, planOfMetrics(metricStreamChange(), undefined, [alarm]));
    };
    expect(of("kloudfuse-metrics")).toEqual([WITHOUT]);
    expect(of("other")).toEqual([]);
  });

  test("those of a metric that a filter makes of the error log", () => {
    const metric = { namespace: "KloudfuseFirehose", metric_name: "too-large", dimensions: null };
    const of = (filter: PlannedChange, more: JsonObject = {}): string[] =>
      checkAlarms(alarmActions, [filter, alarmChange({ ...SILENT, ...metric, ...more })]);
    expect(of(filterChange())).toEqual([WITHOUT]);
    expect(of(filterChange(), { ...NONE, metric_query: queries(metric) })).toEqual([WITHOUT]);
    expect(of(filterChange({ log_group_name: "/ecs/api" }))).toEqual([]);
    expect(of(filterChange(), { namespace: "Other" })).toEqual([]);
    expect(of(filterChange(), { metric_name: "other" })).toEqual([]);
  });

  test("those whose dimensions refer to a stream", () => {
    const of = (...references: readonly string[]): string[] =>
      found(SILENT, { unknown: ["dimensions"], references: { dimensions: references } });
    expect(of(`${STREAM}.name`)).toEqual([WITHOUT]);
    expect(of("var.x")).toEqual([maybe("it has no alarm_actions: nobody is notified")]);
  });

  test("perhaps those of which the number of queries is not known, beside a stream", () => {
    expect(found({ ...SILENT, ...NONE }, { unknown: ["metric_query"] })).toEqual([
      maybe("it has no alarm_actions: nobody is notified"),
    ]);
    const elsewhere = alarmChange({ ...SILENT, ...NONE }, { unknown: ["metric_query"] });
    expect(checkAlarms(alarmActions, [{ ...elsewhere, address: `module.other.${ALARM}` }])).toEqual([]);
  });

  test("not those whose metric stream has the name of a delivery stream", () => {
    const { namespace } = STREAM_METRIC;
    expect(found({ ...SILENT, namespace, dimensions: { MetricStreamName: "kloudfuse-logs" } })).toEqual([]);
  });
});
