import { namesAlarm } from "../alarms/alarm-rule";
import { ALARM, type PlannedAlarm, alarmsOf } from "../alarms/alarms";
import { TOPIC } from "../alarms/topics";
import type { Kloudfuse } from "../kloudfuse";
import { finding, unknownOutcome } from "../outcomes";
import { type Plan, type PlannedResource, UNKNOWN } from "../plan";
import type { PolicyOutcome, Policy } from "../policy";

const ALARM_ACTIONS = "alarm_actions";
const COMPOSITE = "aws_cloudwatch_composite_alarm";

export const alarmActions: Policy = {
  id: "KFF-ALM-001",
  severity: "note",
  title: "The alarms of the streams have actions",
  why: "An alarm without actions only changes its state in the console, and notifies nobody.",
  source:
    "CloudWatch API, PutMetricAlarm.AlarmActions, ActionsEnabled; Checkov CKV_AWS_319; Security Hub CloudWatch.15, CloudWatch.17",
  check: (kloudfuse) => alarmsOf(kloudfuse).flatMap((alarm) => checkAlarm(kloudfuse, alarm)),
};

function checkAlarm({ plan }: Kloudfuse, { resource, isCertain }: PlannedAlarm): PolicyOutcome[] {
  if (isInComposite(plan, resource)) {
    return [];
  }
  const found = faultOf(plan, resource);
  if (found === undefined || found.kind === "unknown" || isCertain) {
    return found === undefined ? [] : [found];
  }
  return [
    { ...found, kind: "unknown", found: `${found.found}, which matters only if it monitors a stream to Kloudfuse` },
  ];
}

function faultOf(plan: Plan, alarm: PlannedResource): PolicyOutcome | undefined {
  const [enabled, count] = [alarm.get("actions_enabled"), alarm.count(ALARM_ACTIONS)];
  if (enabled === false) {
    return finding(alarm, "actions_enabled is false: nobody is notified", "Set actions_enabled to true.");
  }
  if (count === 0) {
    return finding(
      alarm,
      `it has no ${ALARM_ACTIONS}: nobody is notified`,
      "Add the ARN of an SNS topic (of this project's module: alarm_topic_arn, or create_alarm_topic = true).",
    );
  }
  if (enabled === UNKNOWN) {
    return unknownOutcome(alarm, "actions_enabled");
  }
  // A list that is not known may be empty, but not if it names a topic of the plan.
  return count === UNKNOWN && plan.referred(alarm, ALARM_ACTIONS, TOPIC).length === 0
    ? unknownOutcome(alarm, `whether it has ${ALARM_ACTIONS}`)
    : undefined;
}

/** Whether a composite alarm with actions includes an alarm. */
const isInComposite = (plan: Plan, alarm: PlannedResource): boolean =>
  plan
    .ofType(COMPOSITE)
    .filter((composite) => composite.count(ALARM_ACTIONS) !== 0 && composite.get("actions_enabled") !== false)
    .some((composite) => {
      const [rule, name] = [composite.get("alarm_rule"), alarm.get("alarm_name")];
      return typeof rule === "string" && typeof name === "string"
        ? namesAlarm(rule, name)
        : plan.referred(composite, "alarm_rule", ALARM).includes(alarm);
    });
