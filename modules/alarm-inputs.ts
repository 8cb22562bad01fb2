import { ALARM_LIMITS } from "./alarm-limits";
import { flag, type Input } from "./input";
import { LIMITS } from "./limits";

/** The inputs of the alarms and of the dashboard, in the order in which they are documented. */
export const ALARM_INPUTS = {
  createAlarms: {
    ...flag,
    default: false,
    description:
      "Whether to create CloudWatch alarms of the streams. AWS bills each metric in an alarm.",
  },
  createAlarmTopic: {
    ...flag,
    default: false,
    description: "Whether to create an SNS topic that the alarms publish to.",
  },
  alarmTopicArn: {
    type: "string",
    default: null,
    description:
      "ARN of the existing SNS topic that the alarms publish to, in the streams' region. Null and no created topic: alarms without actions.",
    rules: ALARM_LIMITS.topicArn,
    advice: "Use the ARN of a standard topic: arn:aws:sns:<region>:<account>:<name>.",
  },
  alarmEmails: {
    type: "set(string)",
    default: [],
    description: "E-mail addresses to subscribe to the created topic. Each recipient confirms by a link.",
    rules: ALARM_LIMITS.emails,
    advice: "Use addresses such as on-call@example.com.",
  },
  alarmTopicKmsKeyArn: {
    type: "string",
    default: null,
    description:
      "ARN of the KMS key for the created topic. Its policy allows cloudwatch.amazonaws.com kms:Decrypt and kms:GenerateDataKey*. Null: not encrypted with KMS.",
    rules: LIMITS.kmsKeyArn,
    advice: "Use the ARN of the key itself; CloudWatch cannot publish to a topic with the key alias/aws/sns.",
  },
  alarmOkActions: {
    ...flag,
    default: false,
    description: "Whether the alarms publish recoveries too.",
  },
  alarmStalledSeconds: {
    type: "number",
    default: null,
    description:
      "Age of the oldest record, in seconds, from which on delivery counts as stalled: 1 to 86400. Null: the larger of 900 and buffering interval + retry duration + 300.",
    rules: ALARM_LIMITS.stalledSeconds,
    advice: "Firehose loses records after 24 hours.",
  },
  alarmQuotaPercent: {
    type: "number",
    default: 80,
    description: "Percentage of a stream's quota from which on the alarm quota-near fires: 0 to 100. 0: no such alarm.",
    rules: ALARM_LIMITS.quotaPercent,
    advice: "0 leaves the alarm out.",
  },
  createDashboard: {
    ...flag,
    default: false,
    description:
      "Whether to create the CloudWatch dashboard kloudfuse-firehose-<region>. Dashboards are global in an account: one deployment of a region has it.",
  },
} as const satisfies Readonly<Record<string, Input>>;
