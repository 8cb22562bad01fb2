import { namesAlarm } from "../../policies/alarms/alarm-rule";
import { note, ok, type Outcome, problem, unknown } from "../checks/check";
import { plural } from "../numbers";
import { shortened } from "../text";
import { readableTime } from "../time";
import { cappedNames } from "../capped-names";
import type { DeploymentAlarms } from "./deployment-alarms";
import { deployAdvice, type ExpectedStack } from "./expected-stack";
import type { MetricAlarmState } from "./read-alarms";

const NAME = "alarms";
const MAX_REASON_LENGTH = 300;
/** CloudWatch API, PutMetricAlarm.AlarmDescription: at most 1,024; the commands are in the module's first 500. */
const MAX_DESCRIPTION_LENGTH = 500;
const MAX_NAME_LENGTH = 255;

/** Checks the state of the deployment's alarms, and whether they notify anybody. */
export function alarmOutcomes(alarms: DeploymentAlarms, expected?: ExpectedStack): Outcome[] {
  const { metricAlarms } = alarms;
  if (metricAlarms.length === 0 && expected?.hasAlarms === true) {
    const found = `there is no alarm on the streams, but ${expected.fleet} creates alarms`;
    return [problem(NAME, found, deployAdvice(expected, "createAlarms"))];
  }
  if (metricAlarms.length === 0) {
    return [
      note(
        NAME,
        "there is no alarm on the streams: nobody is notified when telemetry stops",
        "No action needed if something else watches them. Otherwise create the alarms (create_alarms = true, with create_alarm_topic = true or alarm_topic_arn).",
      ),
    ];
  }
  const ofState = (state: string): MetricAlarmState[] => metricAlarms.filter((alarm) => alarm.state === state);
  const others = metricAlarms.filter(({ state }) => !STATES.includes(state));
  return [
    ...ofState("ALARM").map(inAlarmOutcome),
    ...others.map(({ name, state }) =>
      unknown(
        titleOf(name),
        shortened(state, 50) || "AWS returns no state",
        "Look at the alarm in the CloudWatch console.",
      ),
    ),
    ...insufficientDataOutcome(ofState("INSUFFICIENT_DATA")),
    ...missingActionOutcomes(alarms),
    ...okOutcomes(ofState("OK")),
  ];
}

const STATES = ["ALARM", "INSUFFICIENT_DATA", "OK"];

const titleOf = (name: string): string => `alarm ${shortened(name, MAX_NAME_LENGTH)}`;

const sinceText = ({ since }: MetricAlarmState): string =>
  since === undefined ? "" : ` since ${readableTime(since.getTime())}`;

function inAlarmOutcome(alarm: MetricAlarmState): Outcome {
  const { name, reason, description } = alarm;
  const why = reason === "" ? "" : `: ${shortened(reason, MAX_REASON_LENGTH)}`;
  return problem(
    titleOf(name),
    `ALARM${sinceText(alarm)}${why}`,
    shortened(description, MAX_DESCRIPTION_LENGTH) || "See the other checks of the streams.",
  );
}

/** No data does not mean healthy: by default, an alarm without data has this state. */
const insufficientDataOutcome = (alarms: readonly MetricAlarmState[]): Outcome[] =>
  alarms.length === 0
    ? []
    : [
        note(
          NAME,
          `${plural(alarms.length, "alarm has", "alarms have")} no data, which is not OK: ${cappedNames(alarms.map((alarm) => `${alarm.name} (INSUFFICIENT_DATA${sinceText(alarm)})`))}`,
          "No action needed if they were created a few minutes ago. Otherwise check whether the streams have data; treat_missing_data of an alarm says what missing data means.",
        ),
      ];

function missingActionOutcomes({ metricAlarms, compositeAlarms }: DeploymentAlarms): Outcome[] {
  const notifying = compositeAlarms.filter(({ isEnabled, alarmActions }) => isEnabled && alarmActions.length > 0);
  const uncovered = metricAlarms.filter(({ name }) => !notifying.some(({ rule }) => namesAlarm(rule, name)));
  const without = uncovered.filter(({ alarmActions }) => alarmActions.length === 0);
  const disabled = uncovered.filter(({ alarmActions, isEnabled }) => alarmActions.length > 0 && !isEnabled);
  return [
    ...alarmActionsOutcome(
      without,
      (count) => `${plural(count, "alarm has", "alarms have")} no actions: nobody is notified`,
      "Add an SNS topic to them (create_alarm_topic = true or alarm_topic_arn). No action needed if you watch the console.",
    ),
    ...alarmActionsOutcome(
      disabled,
      (count) => `the actions of ${plural(count, "alarm")} are not enabled: nobody is notified`,
      `Enable them: aws cloudwatch enable-alarm-actions --alarm-names ${disabled.map(({ name }) => shortened(name, MAX_NAME_LENGTH)).join(" ")}`,
    ),
  ];
}

const alarmActionsOutcome = (
  alarms: readonly MetricAlarmState[],
  found: (count: number) => string,
  remedy: string,
): readonly Outcome[] =>
  alarms.length === 0
    ? []
    : [note("alarm actions", `${found(alarms.length)}: ${cappedNames(alarms.map(({ name }) => name))}`, remedy)];

const okOutcomes = (alarms: readonly MetricAlarmState[]): Outcome[] =>
  alarms.length === 0
    ? []
    : [
        ok(
          NAME,
          `${plural(alarms.length, "alarm is", "alarms are")} OK: ${cappedNames(alarms.map(({ name }) => name))}`,
        ),
      ];
