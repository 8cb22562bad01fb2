import { alarmTopicPublish } from "../../../policies/rules/alarm-topic-publish";
import {
  alarmChange,
  checkAlarms,
  PUBLISH,
  TOPIC,
  TOPIC_ARN,
  TOPIC_POLICY,
  topicChange,
  topicPolicyChange,
} from "../../helpers/alarm-plan";
import type { JsonObject } from "../../../iam/json";
import { AFTER, allow, change, document, ELSEWHERE, KEY_ARN, REGION } from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, unknownAt } from "../../helpers/plan";

const KEY = "aws_kms_key.alarms";
const CLOUDWATCH: JsonObject = { Principal: { Service: "cloudwatch.amazonaws.com" } };
const USE = allow(["kms:Decrypt", "kms:GenerateDataKey*"], "*", CLOUDWATCH);
const KEY_REMEDY =
  "Let cloudwatch.amazonaws.com use kms:Decrypt and kms:GenerateDataKey* in the key's policy, with a condition on aws:SourceAccount.";

const all = (...changes: readonly PlannedChange[]): string[] => checkAlarms(alarmTopicPublish, changes);
const ofTopic = (...topic: Parameters<typeof topicChange>): string[] => all(alarmChange(), topicChange(...topic));
const checked = (...statements: readonly JsonObject[]): string[] =>
  all(alarmChange(), topicChange(), topicPolicyChange(document(...statements)));
const key = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(KEY, { region: REGION, arn: KEY_ARN, key_id: "1", ...values }, more);
const encrypted = (...changes: readonly PlannedChange[]): string[] =>
  all(alarmChange(), topicChange({ kms_master_key_id: KEY_ARN }), ...changes);

describe("KFF-ALM-003", () => {
  test("accepts a topic without a key and with the default policy, or with one for CloudWatch", () => {
    expect(ofTopic()).toEqual([]);
    expect(ofTopic({ kms_master_key_id: "" })).toEqual([]);
    expect(checked(PUBLISH)).toEqual([]);
    expect(all()).toEqual([]);
  });

  test.each(["alias/aws/sns", `arn:aws:kms:${REGION}:${ACCOUNT}:alias/aws/sns`])("finds the key %s", (id) => {
    expect(ofTopic({ kms_master_key_id: id })).toEqual([
      `finding ${TOPIC}: kms_master_key_id is ${id}, whose policy AWS manages: CloudWatch cannot use it | Use a customer-managed key that cloudwatch.amazonaws.com may use, or none.`,
    ]);
  });

  test("does not take another alias for it", () => {
    expect(ofTopic({ kms_master_key_id: "alias/aws/sns-2" })).toEqual([expect.stringMatching(/^unknown /)]);
  });

  test("says that the key is not known, or not in the plan", () => {
    const references = { kms_master_key_id: ["var.key"] };
    expect(ofTopic({}, { unknown: ["kms_master_key_id"], references })).toEqual([
      `unknown ${TOPIC}: kms_master_key_id is not known before the apply | ${AFTER}`,
    ]);
    expect(encrypted()).toEqual([
      `unknown ${TOPIC}: the plan does not have the key ${KEY_ARN}: whether CloudWatch can use it is undetermined | ${ELSEWHERE}`,
    ]);
  });

  test("is undetermined of a topic that the plan does not have", () => {
    expect(all(alarmChange())).toEqual([
      expect.stringContaining(`the plan does not have the topic ${TOPIC_ARN}: whether CloudWatch can publish to it is`),
    ]);
  });
});

describe("KFF-ALM-003, of a key of the plan", () => {
  test("accepts one that CloudWatch may use, by its argument, its own resource or an alias", () => {
    const policy = document(USE);
    expect(encrypted(key({ policy }))).toEqual([]);
    expect(encrypted(key(), change("aws_kms_key_policy.p", { key_id: "1", policy }))).toEqual([]);
    const alias = change("aws_kms_alias.a", { region: REGION, name: "alias/alarms", target_key_id: "1" });
    const topic = topicChange({ kms_master_key_id: "alias/alarms" });
    expect(all(alarmChange(), topic, key({ policy }), alias)).toEqual([]);
    expect(all(alarmChange(), topic, key({ policy: document() }), alias)).toHaveLength(1);
  });

  test("finds one with AWS's default policy", () => {
    expect(encrypted(key({}, { unknown: ["policy"] }))).toEqual([
      `finding ${KEY}: it has AWS's default policy, by which CloudWatch cannot use it for ${TOPIC} | ${KEY_REMEDY}`,
    ]);
  });

  test.each([
    ["the account alone", allow("kms:*", "*", { Principal: { AWS: ACCOUNT } })],
    ["CloudWatch to decrypt alone", allow("kms:Decrypt", "*", CLOUDWATCH)],
    ["SNS", allow("kms:*", "*", { Principal: { Service: "sns.amazonaws.com" } })],
    [
      "CloudWatch for another account",
      { ...USE, Condition: { StringEquals: { "aws:SourceAccount": "210987654321" } } },
    ],
  ])("finds one that allows %s", (_, statement) => {
    expect(encrypted(key({ policy: document(statement) }))).toEqual([
      `finding ${KEY}: its policy does not let CloudWatch use it for ${TOPIC} | ${KEY_REMEDY}`,
    ]);
  });

  test("says that a condition or the policy is not known", () => {
    const via = { ...USE, Condition: { StringEquals: { "kms:ViaService": "sns.eu-west-1.amazonaws.com" } } };
    const said = `unknown ${KEY}: whether its policy lets CloudWatch use it for ${TOPIC} depends on its conditions, or on what is not known before the apply | ${KEY_REMEDY}`;
    expect(encrypted(key({ policy: document(via) }))).toEqual([said]);
    expect(encrypted(key({}, unknownAt("policy")))).toEqual([said]);
  });

  test("finds a policy that is invalid", () => {
    expect(encrypted(key({ policy: "{" }))).toEqual([
      `finding ${KEY}: the key's policy is invalid: The policy document must be JSON. Correct its syntax. | Correct it: AWS KMS rejects it.`,
    ]);
  });

  test("follows a reference to a key that the plan creates", () => {
    const topic = topicChange({}, unknownAt("kms_master_key_id", `${KEY}.arn`));
    const created = (policy: string): PlannedChange => key({ policy }, { unknown: ["arn", "key_id", "id"] });
    expect(all(alarmChange(), topic, created(document(USE)))).toEqual([]);
    expect(all(alarmChange(), topic, created(document()))).toHaveLength(1);
  });
});

describe("KFF-ALM-003, of the topic's policy", () => {
  const REFUSED = `finding ${TOPIC_POLICY}: it does not grant cloudwatch.amazonaws.com sns:Publish for the alarms of the account | Allow it, with a condition on aws:SourceAccount.`;

  test.each([
    ["nobody", []],
    ["the account's principals alone", [allow("sns:*", TOPIC_ARN, { Principal: { AWS: ACCOUNT } })]],
    ["another service", [allow("sns:Publish", TOPIC_ARN, { Principal: { Service: "s3.amazonaws.com" } })]],
    ["CloudWatch to subscribe", [allow("sns:Subscribe", TOPIC_ARN, CLOUDWATCH)]],
    [
      "other alarms",
      [{ ...PUBLISH, Condition: { ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:*:*:alarm:other" } } }],
    ],
  ])("finds one that allows %s", (_, statements) => {
    expect(checked(...statements)).toEqual([REFUSED]);
  });

  test("accepts one that names the alarm", () => {
    const arn = `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:kloudfuse-logs-*`;
    expect(checked({ ...PUBLISH, Condition: { ArnLike: { "aws:SourceArn": arn } } })).toEqual([]);
  });

  test("says that it is not known", () => {
    const policy = topicPolicyChange("", unknownAt("policy"));
    expect(all(alarmChange(), topicChange(), policy)).toEqual([
      `unknown ${TOPIC_POLICY}: whether it grants cloudwatch.amazonaws.com sns:Publish depends on its conditions, or on what is not known before the apply | Allow it with conditions only on aws:SourceAccount and aws:SourceArn.`,
    ]);
  });
});
