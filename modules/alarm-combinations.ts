import { elementsOf, quotedList, quotedListTemplate } from "./collections";
import type { Combination, CombinationInputs, InputText } from "./combination";

const longestInterval = ({ valueOf }: CombinationInputs): number =>
  Math.max(
    ...(["metricsBufferingIntervalSeconds", "logsBufferingIntervalSeconds"] as const).map((name) =>
      Number(valueOf(name) ?? valueOf("bufferingIntervalSeconds")),
    ),
  );

const longestIntervalExpression = (reference: InputText): string => {
  const common = reference("bufferingIntervalSeconds");
  return `max(coalesce(${reference("metricsBufferingIntervalSeconds")}, ${common}), coalesce(${reference("logsBufferingIntervalSeconds")}, ${common}))`;
};

/** The rules about several inputs of the alarms together. */
export const ALARM_COMBINATIONS: readonly Combination[] = [
  {
    inputs: ["alarmTopicArn", "createAlarmTopic"],
    allows: ({ isSet, valueOf }) => valueOf("createAlarmTopic") !== true || !isSet("alarmTopicArn"),
    condition: (reference) => `!${reference("createAlarmTopic")} || ${reference("alarmTopicArn")} == null`,
    message: (label, value) =>
      `${label("alarmTopicArn")} conflicts with ${label("createAlarmTopic")}, got "${value("alarmTopicArn")}". ` +
      "Remove one of them.",
    reportedOn: [{ input: "alarmTopicArn" }],
  },
  {
    inputs: ["alarmEmails", "createAlarmTopic"],
    allows: ({ valueOf }) => valueOf("createAlarmTopic") === true || elementsOf(valueOf("alarmEmails")).length === 0,
    condition: (reference) => `${reference("createAlarmTopic")} || length(${reference("alarmEmails")}) == 0`,
    message: (label, _value, received) =>
      `${label("alarmEmails")} must be empty unless ${label("createAlarmTopic")} is true, got ${received}. ` +
      "Subscribe them to your own topic, or let the topic be created.",
    received: {
      literal: ({ valueOf }) => quotedList(elementsOf(valueOf("alarmEmails"))),
      template: (reference) => quotedListTemplate(reference("alarmEmails"), "true"),
    },
    reportedOn: [{ input: "alarmEmails" }],
  },
  {
    inputs: ["alarmTopicKmsKeyArn", "createAlarmTopic"],
    allows: ({ isSet, valueOf }) => valueOf("createAlarmTopic") === true || !isSet("alarmTopicKmsKeyArn"),
    condition: (reference) => `${reference("createAlarmTopic")} || ${reference("alarmTopicKmsKeyArn")} == null`,
    message: (label, value) =>
      `${label("alarmTopicKmsKeyArn")} conflicts with ${label("createAlarmTopic")} = false, got "${value("alarmTopicKmsKeyArn")}". ` +
      "Remove it, or let the topic be created.",
    reportedOn: [{ input: "alarmTopicKmsKeyArn" }],
  },
  {
    inputs: [
      "alarmStalledSeconds",
      "bufferingIntervalSeconds",
      "metricsBufferingIntervalSeconds",
      "logsBufferingIntervalSeconds",
    ],
    allows: (inputs) =>
      !inputs.isSet("alarmStalledSeconds") || Number(inputs.valueOf("alarmStalledSeconds")) > longestInterval(inputs),
    condition: (reference) =>
      `${reference("alarmStalledSeconds")} == null ? true : ${reference("alarmStalledSeconds")} > ${longestIntervalExpression(reference)}`,
    message: (label, value) =>
      `${label("alarmStalledSeconds")} must be above the buffering intervals, got ${value("alarmStalledSeconds")}. ` +
      "Use a larger value: records of that age are still being buffered.",
    reportedOn: [{ input: "alarmStalledSeconds" }],
  },
];
