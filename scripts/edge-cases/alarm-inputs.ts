import {
  type AcceptedCombination,
  type EdgeCases,
  type RejectedCombination,
  numbers,
  type Rejection,
  repeat,
  shownAs,
  texts,
} from "./edge-case";

const TOPIC = "arn:aws:sns:eu-west-1:123456789012:";
const TOPIC_ARN = `${TOPIC}on-call`;
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/";
const KEY_ARN = `${KEY}12345678-1234-1234-1234-123456789012`;
const EMAIL = "on-call@example.com";
const EMAIL_ADVICE = "Use addresses such as on-call@example.com.";
const KEY_ADVICE = "Use the ARN of the key itself; CloudWatch cannot publish to a topic with the key alias/aws/sns.";

const created = { createAlarmTopic: true } as const;

const emails = (rule: string, bad: readonly string[]): Rejection[] =>
  texts({ item: "address", text: rule }, EMAIL_ADVICE, bad).map(([text, message]) => [[EMAIL, text], message]);

/** Both edges of every limit of the alarms, for `EDGES`. */
export const ALARM_EDGES: readonly EdgeCases[] = [
  {
    input: "alarmTopicArn",
    accepted: [TOPIC_ARN, `${TOPIC}${repeat("t", 256)}`, "arn:aws-cn:sns:cn-north-1:123456789012:On_Call-1"],
    rejected: texts(
      "be the ARN of an SNS topic that is not a FIFO topic",
      "Use the ARN of a standard topic: arn:aws:sns:<region>:<account>:<name>.",
      ["", "on-call", TOPIC, `${TOPIC}on-call.fifo`, `${TOPIC}${repeat("t", 257)}`, `${TOPIC_ARN}:subscription`],
    ),
  },
  {
    input: "alarmEmails",
    with: created,
    accepted: [[], [EMAIL], [EMAIL, "a+b@sub.example.co"], [`${repeat("a", 242)}@example.com`]],
    rejected: [
      ...emails("be an e-mail address", ["", "on-call", "on-call@example", "on call@example.com", "a@b@example.com"]),
      ...emails("have at most 254 characters", [`${repeat("a", 243)}@example.com`]),
    ],
  },
  {
    input: "alarmTopicKmsKeyArn",
    with: created,
    accepted: [KEY_ARN, `${KEY}mrk-1234`, `${KEY}${repeat("k", 512 - KEY.length)}`],
    rejected: [
      ...texts("be the ARN of a KMS key, not of an alias", KEY_ADVICE, [
        "",
        "alias/aws/sns",
        "arn:aws:kms:eu-west-1:123456789012:alias/aws/sns",
      ]),
      ...shownAs("have at most 512 characters", KEY_ADVICE, "513 characters", [
        `${KEY}${repeat("k", 513 - KEY.length)}`,
      ]),
    ],
  },
  {
    input: "alarmStalledSeconds",
    accepted: [61, 86_400],
    rejected: numbers("be a whole number from 1 to 86400", "Firehose loses records after 24 hours.", [86_401, 900.5]),
  },
  {
    input: "alarmQuotaPercent",
    accepted: [0, 80, 100],
    rejected: numbers("be a whole number from 0 to 100", "Use 0 to disable the alarm.", [-1, 101, 80.5]),
  },
];

/** The invalid combinations of alarm inputs, for `REJECTED_COMBINATIONS`. */
export const REJECTED_ALARMS: readonly RejectedCombination[] = [
  {
    name: "a topic to use and one to create",
    reportedOn: "alarmTopicArn",
    inputs: { createAlarmTopic: true, alarmTopicArn: TOPIC_ARN },
    message: (label) =>
      `${label("alarmTopicArn")} conflicts with ${label("createAlarmTopic")}, got "${TOPIC_ARN}". Remove one of them.`,
  },
  {
    name: "addresses without a created topic",
    reportedOn: "alarmEmails",
    inputs: { alarmTopicArn: TOPIC_ARN, alarmEmails: [EMAIL] },
    message: (label) =>
      `${label("alarmEmails")} must be empty unless ${label("createAlarmTopic")} is true, got "${EMAIL}". ` +
      "Subscribe them to your own topic, or let the topic be created.",
  },
  {
    name: "a topic key without a created topic",
    reportedOn: "alarmTopicKmsKeyArn",
    inputs: { alarmTopicKmsKeyArn: KEY_ARN },
    message: (label) =>
      `${label("alarmTopicKmsKeyArn")} conflicts with ${label("createAlarmTopic")} = false, got "${KEY_ARN}". ` +
      "Remove it, or let the topic be created.",
  },
  ...[
    { name: "the common interval", inputs: { alarmStalledSeconds: 60 }, received: 60 },
    {
      name: "the interval of metrics",
      inputs: { alarmStalledSeconds: 300, metricsBufferingIntervalSeconds: 300 },
      received: 300,
    },
    {
      name: "the interval of logs",
      inputs: { alarmStalledSeconds: 899, logsBufferingIntervalSeconds: 900 },
      received: 899,
    },
  ].map(({ name, inputs, received }): RejectedCombination => ({
    name: `a stalled age that is not above ${name}`,
    reportedOn: "alarmStalledSeconds",
    inputs,
    message: (label) =>
      `${label("alarmStalledSeconds")} must be above the buffering intervals, got ${received}. ` +
      "Use a larger value: records of that age are still being buffered.",
  })),
];

/** The valid combinations of alarm inputs, for `ACCEPTED_COMBINATIONS`. */
export const ACCEPTED_ALARMS: readonly AcceptedCombination[] = [
  { name: "alarms without actions", inputs: { createAlarms: true } },
  { name: "alarms with a topic to use", inputs: { createAlarms: true, alarmTopicArn: TOPIC_ARN } },
  {
    name: "a topic to create with addresses and a key",
    inputs: { createAlarmTopic: true, alarmEmails: [EMAIL], alarmTopicKmsKeyArn: KEY_ARN },
  },
  {
    name: "a stalled age above the interval",
    inputs: { alarmStalledSeconds: 901, metricsBufferingIntervalSeconds: 900, logsBufferingIntervalSeconds: 15 },
  },
];
