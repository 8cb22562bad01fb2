import { perTopicPolicy } from "../../../policies/alarms/topic-policies";
import { findKloudfuse } from "../../../policies/kloudfuse";
import { finding } from "../../../policies/outcomes";
import { createdTopic, TOPIC, TOPIC_ARN, TOPIC_POLICY, topicChange, topicPolicyChange } from "../../helpers/alarm-plan";
import { AFTER, allow, document } from "../../helpers/iam-plan";
import { type PlannedChange, planOf, unknownAt } from "../../helpers/plan";
import { goodPlan } from "../../helpers/rule-plan";
import { resourceAt } from "../resource-at";

const OPEN = document({ Sid: "Open", ...allow("sns:Publish", TOPIC_ARN, { Principal: "*" }) });
const CLOSED = document({ Sid: "Closed", ...allow("sns:Publish", TOPIC_ARN, { Principal: { AWS: "123456789012" } }) });

/** What is evaluated of a topic's policy: the resource that holds it, and the Sids of its statements. */
const evaluated = (...changes: readonly PlannedChange[]): readonly string[] => {
  const kloudfuse = findKloudfuse(planOf(goodPlan({}, changes)));
  const topic = resourceAt(kloudfuse.plan, TOPIC);
  return perTopicPolicy(kloudfuse, topic, ({ owner, statements, invalid }) => [
    finding(
      owner,
      statements.map((statement) => (typeof statement === "symbol" ? "not known" : statement.sid)).join(", "),
      String(invalid),
    ),
  ]).map(({ kind, address, found, remedy }) => `${kind} ${address}: ${found} | ${remedy}`);
};

describe("the policy of a topic", () => {
  test("is that of aws_sns_topic_policy", () => {
    expect(evaluated(topicChange(), topicPolicyChange(OPEN))).toEqual([`finding ${TOPIC_POLICY}: Open | undefined`]);
  });

  test("is the topic's own argument without one", () => {
    expect(evaluated(topicChange({ policy: OPEN }))).toEqual([`finding ${TOPIC}: Open | undefined`]);
  });

  test("is not the topic's own argument beside one: the topic reads it back", () => {
    expect(evaluated(topicChange({ policy: OPEN }), topicPolicyChange(CLOSED))).toEqual([
      `finding ${TOPIC_POLICY}: Closed | undefined`,
    ]);
  });

  test("is AWS's default without either, of which nothing is said", () => {
    expect(evaluated(topicChange())).toEqual([]);
    expect(evaluated(topicChange({ policy: "" }))).toEqual([]);
    expect(evaluated(topicChange({}, { unknown: ["policy"] }))).toEqual([]);
  });

  test("is each of several", () => {
    const second = { ...topicPolicyChange(CLOSED), address: "aws_sns_topic_policy.second" };
    expect(evaluated(topicChange(), topicPolicyChange(OPEN), second)).toEqual([
      `finding ${TOPIC_POLICY}: Open | undefined`,
      "finding aws_sns_topic_policy.second: Closed | undefined",
    ]);
  });

  test("is not that of another topic", () => {
    const other = { ...topicPolicyChange(OPEN), values: { arn: `${TOPIC_ARN}-2`, policy: OPEN } };
    expect(evaluated(topicChange(), other)).toEqual([]);
  });

  test("is evaluated where it is not known", () => {
    const unknown = unknownAt("policy");
    expect(evaluated(topicChange(), topicPolicyChange("", unknown))).toEqual([
      `finding ${TOPIC_POLICY}: not known | undefined`,
    ]);
  });

  test.each(["{", "[]"])("is a finding where it is invalid, and not evaluated: %s", (text) => {
    const rule = text === "{" ? "be JSON. Correct its syntax." : "have a Statement. Add one.";
    expect(evaluated(topicChange(), topicPolicyChange(text))).toEqual([
      `finding ${TOPIC_POLICY}: the topic's policy is invalid: The policy document must ${rule} | Correct it: SNS rejects it.`,
    ]);
  });
});

describe("a policy of which it is not known whose it is", () => {
  const possible = (): PlannedChange => topicPolicyChange(OPEN, unknownAt("arn", "local.x"));
  const other = (): PlannedChange => ({
    ...topicChange({ name: "other" }, { unknown: ["arn", "id"] }),
    address: "aws_sns_topic.other",
  });

  test("leaves the topic's undetermined", () => {
    expect(evaluated(createdTopic(), other(), possible())).toEqual([
      `unknown ${TOPIC}: whether the topic has aws_sns_topic_policy is not known before the apply | ${AFTER}`,
    ]);
  });

  test("is the topic's where there is no other", () => {
    expect(evaluated(createdTopic(), possible())).toEqual([`finding ${TOPIC_POLICY}: Open | undefined`]);
  });

  test("is not asked for beside one that is the topic's, or its own argument", () => {
    const second = {
      ...topicPolicyChange(CLOSED, unknownAt("arn", `${TOPIC}.arn`)),
      address: "aws_sns_topic_policy.second",
    };
    expect(evaluated(createdTopic(), other(), possible(), second)).toEqual([
      "finding aws_sns_topic_policy.second: Closed | undefined",
    ]);
    const own = topicChange({ policy: CLOSED }, { unknown: ["arn", "id"] });
    expect(evaluated(own, other(), possible())).toEqual([`finding ${TOPIC}: Closed | undefined`]);
  });
});
