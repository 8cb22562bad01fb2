import type { Policy } from "../../policies/policy";
import type { JsonObject } from "../../iam/json";
import { allow, change, check, document, LOG_GROUP, REGION } from "./iam-plan";
import { ACCOUNT, type PlannedChange, type PlanParts } from "./plan";
import { goodPlan } from "./rule-plan";

export const ALARM = "aws_cloudwatch_metric_alarm.failing";
export const TOPIC = "aws_sns_topic.alarms";
export const TOPIC_POLICY = "aws_sns_topic_policy.alarms";
export const TOPIC_ARN = `arn:aws:sns:${REGION}:${ACCOUNT}:alarms`;

/** The metric of an alarm on the good plan's logs stream. */
export const STREAM_METRIC: JsonObject = {
  namespace: "AWS/Firehose",
  metric_name: "DeliveryToHttpEndpoint.Success",
  dimensions: { DeliveryStreamName: "kloudfuse-logs" },
};

/** Queries of a metric, as the provider sorts them, with the expression last. */
export const queries = (metric: JsonObject): readonly JsonObject[] => [
  { id: "success", metric: [metric], expression: "" },
  { id: "x", metric: [], expression: "FILL(success, 1)" },
];

/** An alarm on the good plan's logs stream, which publishes to the topic. */
export const alarmChange = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(
    ALARM,
    {
      region: REGION,
      alarm_name: "kloudfuse-logs-delivery-failing",
      actions_enabled: true,
      metric_query: [],
      alarm_actions: [TOPIC_ARN],
      ok_actions: null,
      insufficient_data_actions: null,
      ...STREAM_METRIC,
      ...values,
    },
    more,
  );

/** What lets CloudWatch publish for the alarms of the account. */
export const PUBLISH = allow("sns:Publish", TOPIC_ARN, {
  Principal: { Service: "cloudwatch.amazonaws.com" },
  Condition: {
    StringEquals: { "aws:SourceAccount": ACCOUNT },
    ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:*` },
  },
});

export const topicChange = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(TOPIC, { region: REGION, name: "alarms", arn: TOPIC_ARN, ...values }, more);

/** A topic that the plan creates. */
export const createdTopic = (): PlannedChange => topicChange({}, { unknown: ["arn", "id"] });

export const topicPolicyChange = (
  policy: string = document(PUBLISH),
  more: Partial<PlannedChange> = {},
): PlannedChange => change(TOPIC_POLICY, { region: REGION, arn: TOPIC_ARN, policy }, more);

/** A metric filter on the good plan's error log. */
export const filterChange = (values: JsonObject = {}): PlannedChange =>
  change("aws_cloudwatch_log_metric_filter.large", {
    region: REGION,
    log_group_name: LOG_GROUP,
    metric_transformation: [{ namespace: "KloudfuseFirehose", name: "too-large", value: "1" }],
    ...values,
  });

/** What a policy says of the good plan with alarms and their topics. */
export const checkAlarms = (policy: Policy, changes: readonly PlannedChange[], parts: PlanParts = {}): string[] =>
  check(policy, goodPlan({}, changes), parts);
