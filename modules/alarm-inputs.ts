import { ALARM_LIMITS } from "./alarm-limits";
import { RECOMMENDED_FRESHNESS_SECONDS, RECORD_RETENTION_HOURS, S3_BUFFERING_SECONDS } from "./alarm-table";
import { flag, type Input } from "./input";
import { LIMITS } from "./limits";
import { rangeOf } from "./rules";

/** The inputs of the alarms and of the dashboard, in the order in which they are documented. */
export const ALARM_INPUTS = {
  createAlarms: {
    ...flag,
    default: false,
    description: "Whether to create CloudWatch alarms for the streams. AWS bills each metric in an alarm.",
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
      "ARN of the existing SNS topic that the alarms publish to, in the streams' region. Null without create_alarm_topic: the alarms have no actions.",
    rules: ALARM_LIMITS.topicArn,
    advice: "Use the ARN of a standard topic: arn:aws:sns:<region>:<account>:<name>.",
  },
  alarmEmails: {
    type: "set(string)",
    default: [],
    description: "E-mail addresses to subscribe to the created topic. Each recipient must confirm the subscription.",
    rules: ALARM_LIMITS.emails,
    advice: "Use addresses such as on-call@example.com.",
  },
  alarmTopicKmsKeyArn: {
    type: "string",
    default: null,
    description:
      "ARN of the KMS key for the created topic. Its policy must allow cloudwatch.amazonaws.com to use kms:Decrypt and kms:GenerateDataKey*. Null: not encrypted with KMS.",
    rules: LIMITS.kmsKeyArn,
    advice: "Use the ARN of the key itself; CloudWatch cannot publish to a topic with the key alias/aws/sns.",
  },
  alarmOkActions: {
    ...flag,
    default: false,
    description: "Whether the alarms also publish when they return to OK.",
  },
  alarmStalledSeconds: {
    type: "number",
    default: null,
    description: `Age of the oldest record, in seconds, above which delivery counts as stalled: ${rangeOf(ALARM_LIMITS.stalledSeconds[0])}. Null: the larger of ${RECOMMENDED_FRESHNESS_SECONDS} and buffering interval + retry duration + ${S3_BUFFERING_SECONDS}.`,
    rules: ALARM_LIMITS.stalledSeconds,
    advice: `Firehose loses records after ${RECORD_RETENTION_HOURS} hours.`,
  },
  alarmQuotaPercent: {
    type: "number",
    default: 80,
    description: `Percentage of a stream's quota above which the alarm quota-near fires: ${rangeOf(ALARM_LIMITS.quotaPercent[0])}. 0 disables the alarm.`,
    rules: ALARM_LIMITS.quotaPercent,
    advice: "Use 0 to disable the alarm.",
  },
  createDashboard: {
    ...flag,
    default: false,
    description:
      "Whether to create the CloudWatch dashboard kloudfuse-firehose-<region>. Dashboard names are global in an account: enable it in only one deployment per region.",
  },
} as const satisfies Readonly<Record<string, Input>>;
