import { isTopicArn, parseArn } from "../../iam/arn";
import { memoizedByObject } from "../../iam/memoized";
import type { AwsLocation } from "../../iam/request";
import { SEGMENT, type Text } from "../../iam/text";
import { arnOf } from "../arn";
import { groupBy } from "../group-by";
import type { Kloudfuse } from "../kloudfuse";
import { IN_ITS_OWN_PLAN, undeterminedOutcome, unknownOutcome } from "../outcomes";
import { type Link, type PlannedResource, redactedText, UNKNOWN } from "../plan";
import type { PolicyOutcome } from "../policy";
import { locationOf } from "../roles/role-uses";
import { type PlannedAlarm, alarmsOf } from "./alarms";

export const TOPIC = "aws_sns_topic";
export const TOPIC_POLICY = "aws_sns_topic_policy";

const ACTION_ATTRIBUTES = ["alarm_actions", "ok_actions", "insufficient_data_actions"] as const;

/** A topic of the plan that alarms of the deployment publish to. */
export interface PlannedTopic {
  readonly resource: PlannedResource;
  /** The alarms that name it. */
  readonly alarms: readonly PlannedAlarm[];
  /** Whether the plan shows that an alarm of the deployment names it. */
  readonly isCertain: boolean;
}

/** An action of an alarm, and the topic that it names. */
interface AlarmAction {
  readonly alarm: PlannedAlarm;
  readonly path: string;
  readonly link: Link;
}

const actionsOf = memoizedByObject((kloudfuse: Kloudfuse): readonly AlarmAction[] =>
  alarmsOf(kloudfuse).flatMap((alarm) =>
    ACTION_ATTRIBUTES.flatMap((path) => {
      const { links, isComplete } = kloudfuse.plan.linkedList(alarm.resource, path, TOPIC);
      const all = links.length === 0 && !isComplete ? [ANYTHING] : links;
      return all.map((link): AlarmAction => ({ alarm, path, link }));
    }),
  ),
);

const ANYTHING: Link = { kind: "unresolved", value: UNKNOWN, resource: undefined, candidates: [], via: undefined };

/** The topics of the plan that alarms of the deployment publish to. */
export const topicsOf = memoizedByObject((kloudfuse: Kloudfuse): readonly PlannedTopic[] => {
  const named = actionsOf(kloudfuse).flatMap(({ alarm, link }) =>
    link.candidates.map((resource) => ({
      resource,
      alarm,
      isCertain: alarm.isCertain && link.resource === resource,
    })),
  );
  return [...groupBy(named, ({ resource }) => resource)].map(([resource, uses]) => ({
    resource,
    alarms: [...new Set(uses.map(({ alarm }) => alarm))],
    isCertain: uses.some(({ isCertain }) => isCertain),
  }));
});

/**
 * Evaluates each topic, and reports the topics that the plan does not have.
 *
 * @param what the question that is undetermined for a topic that the plan does not have, such as `who can publish to it`
 */
export const perTopic = (
  kloudfuse: Kloudfuse,
  what: string,
  evaluate: (topic: PlannedTopic) => readonly PolicyOutcome[],
): PolicyOutcome[] => [
  ...topicsOf(kloudfuse).flatMap((topic) => outcomesOfTopic(topic, evaluate(topic))),
  ...notInPlan(kloudfuse, what),
];

/** The outcomes of a topic; if it may only be for other alarms, its findings are undetermined. */
const outcomesOfTopic = (
  { resource, isCertain }: PlannedTopic,
  outcomes: readonly PolicyOutcome[],
): readonly PolicyOutcome[] =>
  outcomes.map((outcome) =>
    isCertain || outcome.kind === "unknown"
      ? outcome
      : {
          ...outcome,
          kind: "unknown",
          found: `${outcome.found}, which matters only if an alarm of a stream to Kloudfuse publishes to ${resource.address}`,
        },
  );

/** One outcome for each topic that the plan does not have, and one for all unknown topics. */
function notInPlan(kloudfuse: Kloudfuse, what: string): PolicyOutcome[] {
  const missing = actionsOf(kloudfuse).filter(({ link }) => link.candidates.length === 0 && link.kind !== "absent");
  return [...groupBy(missing, ({ link }) => (typeof link.value === "string" ? link.value : UNKNOWN)).values()].flatMap(
    ([first]): PolicyOutcome[] => {
      if (first === undefined) {
        return [];
      }
      const { alarm, path, link } = first;
      if (typeof link.value !== "string") {
        return [unknownOutcome(alarm.resource, `which topics ${path} names`)];
      }
      // Other actions are Lambda functions, or scale or restart something.
      return isTopicArn(link.value)
        ? [
            undeterminedOutcome(
              alarm.resource,
              `the plan does not have the topic ${redactedText(alarm.resource, path, link.value)}: ${what} is undetermined`,
              IN_ITS_OWN_PLAN,
            ),
          ]
        : [];
    },
  );
}

/** The location of a topic, as far as the plan shows. */
export function locationOfTopic({ plan, streams }: Kloudfuse, topic: PlannedResource): AwsLocation {
  const ofSameAccount = streams.find(({ resource }) => plan.isSameAccount(resource, topic));
  const location = [ofSameAccount ?? streams[0] ?? []].flat().map(locationOf)[0];
  return {
    partition: location?.partition ?? UNKNOWN,
    region: topic.region ?? UNKNOWN,
    accountId:
      accountIn(topic) ?? topic.accountId ?? (ofSameAccount === undefined ? UNKNOWN : (location?.accountId ?? UNKNOWN)),
  };
}

const accountIn = (topic: PlannedResource): string | undefined => parseArn(topic.get("arn"))?.account;

/** ARN of a topic, also of one that the plan creates. */
export function arnOfTopic(kloudfuse: Kloudfuse, topic: PlannedResource): Text {
  const [arn, name] = [topic.get("arn"), topic.get("name")];
  return typeof arn === "string"
    ? arn
    : arnOf(locationOfTopic(kloudfuse, topic), "sns", typeof name === "string" ? name : SEGMENT);
}
