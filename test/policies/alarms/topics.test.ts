import { findKloudfuse, type Kloudfuse } from "../../../policies/kloudfuse";
import { finding, undeterminedOutcome } from "../../../policies/outcomes";
import { displayText } from "../../../policies/arn";
import { arnOfTopic, locationOfTopic, perTopic, topicsOf } from "../../../policies/alarms/topics";
import { SEGMENT } from "../../../iam/text";
import { UNKNOWN } from "../../../iam/unknown";
import {
  ALARM,
  alarmChange,
  createdTopic,
  queries,
  STREAM_METRIC,
  TOPIC,
  TOPIC_ARN,
  TOPIC_POLICY,
  topicChange,
  topicPolicyChange,
} from "../../helpers/alarm-plan";
import { AFTER, change, ELSEWHERE, planWith, REGION } from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, planOf, type PlanParts, unknownAt } from "../../helpers/plan";
import { goodPlan } from "../../helpers/rule-plan";
import { resourceAt } from "../resource-at";

const SECOND = `${ALARM}_2`;
const OTHER_TOPIC = "aws_sns_topic.other";
const FUNCTION = `arn:aws:lambda:${REGION}:${ACCOUNT}:function:f`;
const FOREIGN = "210987654321";

const kloudfuseOf = (changes: readonly PlannedChange[], parts: PlanParts = {}): Kloudfuse =>
  findKloudfuse(planOf(goodPlan({}, changes), parts));

const second = (...alarm: Parameters<typeof alarmChange>): PlannedChange => ({
  ...alarmChange(...alarm),
  address: SECOND,
});
const otherTopic = (...topic: Parameters<typeof topicChange>): PlannedChange => ({
  ...topicChange(...topic),
  address: OTHER_TOPIC,
});
const OTHER_ARN = `${TOPIC_ARN}-2`;
/** An alarm of which the plan does not show what it is about. */
const possible = (): PlannedChange => alarmChange({}, unknownAt("dimensions"));

/** The topics of a plan, a line each: address, a `?` where no alarm surely names it, and the alarms. */
const topicsIn = (...changes: readonly PlannedChange[]): readonly string[] =>
  topicsOf(kloudfuseOf(changes)).map(
    ({ resource, alarms, isCertain }) =>
      `${resource.address}${isCertain ? "" : "?"}: ${alarms.map((alarm) => alarm.resource.address).join(", ")}`,
  );

describe("the topics of the alarms", () => {
  test.each(["alarm_actions", "ok_actions", "insufficient_data_actions"])("are those in %s", (path) => {
    expect(topicsIn(alarmChange({ alarm_actions: [], [path]: [TOPIC_ARN] }), topicChange())).toEqual([
      `${TOPIC}: ${ALARM}`,
    ]);
  });

  test("are those of alarms on metric math", () => {
    const alarm = alarmChange({ dimensions: null, metric_query: queries(STREAM_METRIC) });
    expect(topicsIn(alarm, topicChange())).toEqual([`${TOPIC}: ${ALARM}`]);
  });

  test("are each once, with the alarms that name it", () => {
    const twice = alarmChange({ ok_actions: [TOPIC_ARN] });
    expect(topicsIn(twice, second(), topicChange())).toEqual([`${TOPIC}: ${ALARM}, ${SECOND}`]);
  });

  test("are all that one alarm names, in its order", () => {
    const alarm = alarmChange({ alarm_actions: [OTHER_ARN, FUNCTION, TOPIC_ARN] });
    const other = otherTopic({ name: "alarms-2", arn: OTHER_ARN });
    expect(topicsIn(alarm, topicChange(), other)).toEqual([`${OTHER_TOPIC}: ${ALARM}`, `${TOPIC}: ${ALARM}`]);
  });

  test("are none without alarms, and of alarms without actions", () => {
    expect(topicsIn(topicChange())).toEqual([]);
    expect(topicsIn(alarmChange({ alarm_actions: [] }), topicChange())).toEqual([]);
  });

  test("are not those of alarms on something else, and none that the plan destroys", () => {
    expect(topicsIn(alarmChange({ dimensions: { DeliveryStreamName: "other" } }), topicChange())).toEqual([]);
    const gone = { actions: ["delete"] };
    expect(topicsIn(alarmChange({}, gone), topicChange())).toEqual([]);
    expect(topicsIn(alarmChange(), topicChange({}, gone))).toEqual([]);
  });

  test("are found by a reference, directly and through their policy", () => {
    const policy = topicPolicyChange(undefined, unknownAt("arn", `${TOPIC}.arn`));
    for (const reference of [`${TOPIC}.arn`, `${TOPIC_POLICY}.arn`]) {
      expect(topicsIn(alarmChange({}, unknownAt("alarm_actions", reference)), createdTopic(), policy)).toEqual([
        `${TOPIC}: ${ALARM}`,
      ]);
    }
  });

  test("are found by a text that names an ARN which is not known before the apply", () => {
    expect(topicsIn(alarmChange(), createdTopic())).toEqual([`${TOPIC}: ${ALARM}`]);
  });

  test("are not those of the same name in another region", () => {
    const there = topicChange({ region: "us-east-1", arn: TOPIC_ARN.replace(REGION, "us-east-1") });
    expect(topicsIn(alarmChange(), there)).toEqual([]);
  });

  test("are uncertain where the alarm may be about something else", () => {
    expect(topicsIn(possible(), topicChange())).toEqual([`${TOPIC}?: ${ALARM}`]);
  });

  test("are certain where one of their alarms is", () => {
    expect(topicsIn(possible(), second(), topicChange())).toEqual([`${TOPIC}: ${ALARM}, ${SECOND}`]);
  });

  test("are uncertain where an action may name several", () => {
    const named = (name: string): Parameters<typeof topicChange> => [{ name, arn: null }, { unknown: ["arn", "id"] }];
    const alarm = alarmChange({ alarm_actions: [null] }, unknownAt("alarm_actions.0", "local.topic"));
    expect(topicsIn(alarm, topicChange(...named("a")), otherTopic(...named("b")))).toEqual([
      `${TOPIC}?: ${ALARM}`,
      `${OTHER_TOPIC}?: ${ALARM}`,
    ]);
  });

  test("are found once", () => {
    const kloudfuse = kloudfuseOf([alarmChange(), topicChange()]);
    expect(topicsOf(kloudfuse)).toBe(topicsOf(kloudfuse));
  });
});

describe("the evaluation of each topic", () => {
  const evaluated = (...changes: readonly PlannedChange[]): readonly string[] =>
    perTopic(kloudfuseOf(changes), "who can publish to it", ({ resource }) => [
      finding(resource, "it is open", "Close it."),
      undeterminedOutcome(resource, "its key is not known", "Look."),
    ]).map(({ kind, address, found, remedy }) => `${kind} ${address}: ${found} | ${remedy}`);
  const ofTopic = (address: string): readonly string[] => [
    `finding ${address}: it is open | Close it.`,
    `unknown ${address}: its key is not known | Look.`,
  ];
  const missing = (shown = TOPIC_ARN, address = ALARM): string =>
    `unknown ${address}: the plan does not have the topic ${shown}: who can publish to it is undetermined | ${ELSEWHERE}`;
  const notKnown = (path: string, address = ALARM): string =>
    `unknown ${address}: which topics ${path} names is not known before the apply | ${AFTER}`;

  test("gives the outcomes of each one as they are", () => {
    const both = alarmChange({ alarm_actions: [TOPIC_ARN, OTHER_ARN] });
    const other = otherTopic({ name: "alarms-2", arn: OTHER_ARN });
    expect(evaluated(both, topicChange(), other)).toEqual([...ofTopic(TOPIC), ...ofTopic(OTHER_TOPIC)]);
  });

  test("has no certain finding where the alarm may be about something else, and leaves the rest as it is", () => {
    expect(evaluated(possible(), topicChange())).toEqual([
      `unknown ${TOPIC}: it is open, which matters only if an alarm of a stream to Kloudfuse publishes to ${TOPIC} | Close it.`,
      `unknown ${TOPIC}: its key is not known | Look.`,
    ]);
  });

  test("says once of each topic that the plan does not have it", () => {
    expect(evaluated(alarmChange({ ok_actions: [TOPIC_ARN] }), second())).toEqual([missing()]);
    expect(evaluated(alarmChange(), second({ alarm_actions: [OTHER_ARN] }))).toEqual([
      missing(),
      missing(OTHER_ARN, SECOND),
    ]);
  });

  test("says it after the topics that the plan has", () => {
    expect(evaluated(alarmChange({ alarm_actions: [OTHER_ARN, TOPIC_ARN] }), topicChange())).toEqual([
      ...ofTopic(TOPIC),
      missing(OTHER_ARN),
    ]);
  });

  test("does not quote a topic that is sensitive", () => {
    expect(evaluated(alarmChange({}, { sensitive: ["alarm_actions"] }))).toEqual([missing("(sensitive value)")]);
  });

  test.each([
    FUNCTION,
    `arn:aws:automate:${REGION}:ec2:stop`,
    `arn:aws:snsx:${REGION}:${ACCOUNT}:alarms`,
    `x-${TOPIC_ARN}`,
  ])("says nothing of the action %s, which is no topic", (action) => {
    expect(evaluated(alarmChange({ alarm_actions: [action] }))).toEqual([]);
  });

  test("knows the topics of other partitions by their ARN", () => {
    const arn = TOPIC_ARN.replace("arn:aws:", "arn:aws-cn:");
    expect(evaluated(alarmChange({ alarm_actions: [arn] }))).toEqual([missing(arn)]);
  });

  test("says once for all alarms that their topics are not known", () => {
    const unknown = unknownAt("alarm_actions");
    expect(evaluated(alarmChange({}, unknown), second({}, unknown))).toEqual([notKnown("alarm_actions")]);
    expect(evaluated(alarmChange({ alarm_actions: [] }, unknownAt("ok_actions")))).toEqual([notKnown("ok_actions")]);
  });

  test("says that a list is not known which refers to no topic", () => {
    expect(evaluated(alarmChange({}, unknownAt("alarm_actions", "aws_lambda_function.f.arn")))).toEqual([
      notKnown("alarm_actions"),
    ]);
  });

  test("says both of a list, what the plan does not have and what is not known", () => {
    const alarm = alarmChange({ alarm_actions: [TOPIC_ARN, null] }, unknownAt("alarm_actions.1"));
    expect(evaluated(alarm)).toEqual([missing(), notKnown("alarm_actions")]);
  });

  test("says nothing of an action that is empty", () => {
    expect(evaluated(alarmChange({ alarm_actions: [""] }))).toEqual([]);
  });
});

describe("where a topic is", () => {
  const PROVIDERS = {
    "aws.other": { region: REGION, assume_role: [{ role_arn: `arn:aws:iam::${FOREIGN}:role/deploy` }] },
    "aws.third": { profile: "third" },
  };
  const locationIn = (topic: PlannedChange, more: readonly PlannedChange[] = []): unknown => {
    const kloudfuse = kloudfuseOf([alarmChange(), topic, ...more], { providers: PROVIDERS });
    return locationOfTopic(kloudfuse, resourceAt(kloudfuse.plan, TOPIC));
  };
  const unknownArn = { unknown: ["arn", "id"] };

  test("is the region of the topic, and partition and account of the streams beside it", () => {
    expect(locationIn(topicChange({ region: "us-east-1" }, unknownArn))).toEqual({
      partition: "aws",
      region: "us-east-1",
      accountId: ACCOUNT,
    });
  });

  test("is the region of its provider's other resources, and else not known", () => {
    expect(locationIn(topicChange({ region: undefined }, unknownArn))).toMatchObject({ region: REGION });
    expect(locationIn(topicChange({ region: undefined }, { ...unknownArn, provider: "aws.third" }))).toEqual({
      partition: "aws",
      region: UNKNOWN,
      accountId: UNKNOWN,
    });
  });

  test("is the account of its ARN before all others", () => {
    const arn = TOPIC_ARN.replace(ACCOUNT, FOREIGN);
    expect(locationIn(topicChange({ arn }))).toMatchObject({ accountId: FOREIGN });
  });

  test("is the account of its provider, where the ARN is not known", () => {
    expect(locationIn(topicChange({}, { ...unknownArn, provider: "aws.other" }))).toEqual({
      partition: "aws",
      region: REGION,
      accountId: FOREIGN,
    });
  });

  test("is the account of the streams beside it, where the plan shows it by their roles alone", () => {
    const unnamed = { role: undefined, inline: undefined };
    const kloudfuse = findKloudfuse(planOf(planWith(unnamed, [topicChange({}, unknownArn)])));
    const topic = resourceAt(kloudfuse.plan, TOPIC);
    expect([topic.accountId, locationOfTopic(kloudfuse, topic).accountId]).toEqual([undefined, ACCOUNT]);
  });

  test("is not known of the account that has other credentials than the streams", () => {
    expect(locationIn(topicChange({}, { ...unknownArn, provider: "aws.third" }))).toEqual({
      partition: "aws",
      region: REGION,
      accountId: UNKNOWN,
    });
  });

  test("is not known without a stream, of which the plan would show the partition", () => {
    const kloudfuse = findKloudfuse(planOf([topicChange({ region: REGION }, unknownArn)]));
    expect(locationOfTopic(kloudfuse, resourceAt(kloudfuse.plan, TOPIC))).toEqual({
      partition: UNKNOWN,
      region: REGION,
      accountId: UNKNOWN,
    });
  });
});

describe("the ARN of a topic", () => {
  const arnIn = (topic: PlannedChange): string => {
    const kloudfuse = kloudfuseOf([topic]);
    return displayText(arnOfTopic(kloudfuse, resourceAt(kloudfuse.plan, topic.address)));
  };

  test("is the one that the plan shows", () => {
    expect(arnIn(topicChange({ arn: OTHER_ARN }))).toBe(OTHER_ARN);
  });

  test("has the name of a topic that the plan creates", () => {
    expect(arnIn(createdTopic())).toBe(TOPIC_ARN);
  });

  test("has a part that is not known where the name is not", () => {
    const kloudfuse = kloudfuseOf([topicChange({ name: null }, { unknown: ["arn", "id", "name"] })]);
    const arn = arnOfTopic(kloudfuse, resourceAt(kloudfuse.plan, TOPIC));
    expect(arn).toEqual(["arn:", "aws", ":sns:", REGION, ":", ACCOUNT, ":", SEGMENT]);
  });

  test("has no name of its own beside the region and account that are not known", () => {
    const kloudfuse = findKloudfuse(planOf([change(TOPIC, { name: "alarms" }, { unknown: ["arn"] })]));
    expect(displayText(arnOfTopic(kloudfuse, resourceAt(kloudfuse.plan, TOPIC)))).toBe(
      "arn:(not known):sns:(not known):(not known):alarms",
    );
  });
});
