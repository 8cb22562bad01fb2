import { alarmTopicPolicy } from "../../../policies/rules/alarm-topic-policy";
import {
  ALARM,
  alarmChange,
  checkAlarms,
  PUBLISH,
  TOPIC_ARN,
  TOPIC_POLICY,
  topicChange,
  topicPolicyChange,
} from "../../helpers/alarm-plan";
import type { JsonObject } from "../../../iam/json";
import { AFTER, allow, document, ELSEWHERE, REGION } from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange } from "../../helpers/plan";
import { when } from "../../helpers/statements";

const EVERYBODY: JsonObject = { Principal: "*" };
const CLOUDWATCH: JsonObject = { Principal: { Service: "cloudwatch.amazonaws.com" } };
const grant = (more: JsonObject): JsonObject => allow("sns:Publish", TOPIC_ARN, more);
const NAME =
  "Name the service cloudwatch.amazonaws.com with a condition on aws:SourceAccount, and principals of the account.";
const OPEN = `finding ${TOPIC_POLICY}: it grants everybody sns:Publish | ${NAME}`;
const OF_SERVICE = `finding ${TOPIC_POLICY}: it grants the service cloudwatch.amazonaws.com sns:Publish on behalf of any account | Add a condition on aws:SourceAccount.`;
const DEPENDS = "depends on its conditions, or on what is not known before the apply";

const all = (...changes: readonly PlannedChange[]): string[] => checkAlarms(alarmTopicPolicy, changes);
const ofPolicy = (...policy: Parameters<typeof topicPolicyChange>): string[] =>
  all(alarmChange(), topicChange(), topicPolicyChange(...policy));
const checked = (...statements: readonly JsonObject[]): string[] => ofPolicy(document(...statements));

describe("KFF-ALM-002", () => {
  test("accepts what CloudWatch and principals of the account are allowed, and the default policy", () => {
    expect(checked(PUBLISH, grant({ Principal: { AWS: ACCOUNT } }))).toEqual([]);
    expect(checked(grant({ Principal: { AWS: "*" }, ...when("StringEquals", "AWS:SourceOwner", ACCOUNT) }))).toEqual(
      [],
    );
    expect(all(alarmChange(), topicChange())).toEqual([]);
  });

  test("accepts a plan without alarms, and alarms without actions", () => {
    expect(all()).toEqual([]);
    expect(all(alarmChange({ alarm_actions: [] }))).toEqual([]);
  });

  test("accepts another account that the policy names", () => {
    expect(checked(grant({ Principal: { AWS: "arn:aws:iam::210987654321:root" } }))).toEqual([]);
  });

  test.each([
    ["everybody", EVERYBODY],
    ["everybody of AWS", { Principal: { AWS: "*" } }],
    ["everybody but one account", { NotPrincipal: { AWS: "arn:aws:iam::210987654321:root" } }],
    ["everybody by StringLike *", { ...EVERYBODY, ...when("StringLike", "aws:PrincipalAccount", "*") }],
    ["everybody by ForAllValues", { ...EVERYBODY, ...when("ForAllValues:StringEquals", "aws:SourceAccount", ACCOUNT) }],
    ["everybody by IfExists", { ...EVERYBODY, ...when("StringEqualsIfExists", "aws:PrincipalOrgID", "o-1") }],
  ])("finds %s", (_, principal) => {
    expect(checked(grant(principal))).toEqual([OPEN]);
  });

  test("accepts everybody by ForAnyValue of a key that only services send", () => {
    expect(checked(grant({ ...EVERYBODY, ...when("ForAnyValue:StringEquals", "aws:SourceAccount", ACCOUNT) }))).toEqual(
      [],
    );
  });

  test.each([
    ["without a condition", {}],
    ["for any account", when("StringLike", "aws:SourceAccount", "*")],
    ["for any alarm", when("ArnLike", "aws:SourceArn", "arn:aws:cloudwatch:*:*:alarm:*")],
  ])("finds a service %s", (_, condition) => {
    expect(checked(grant({ ...CLOUDWATCH, ...condition }))).toEqual([OF_SERVICE]);
  });

  test.each([
    ["account", when("StringEquals", "aws:SourceAccount", ACCOUNT)],
    ["alarms", when("ArnLike", "aws:SourceArn", `arn:aws:cloudwatch:${REGION}:${ACCOUNT}:alarm:*`)],
    ["organization", when("StringEquals", "aws:SourceOrgID", "o-1")],
  ])("accepts a service for the %s", (_, condition) => {
    expect(checked(grant({ ...CLOUDWATCH, ...condition }))).toEqual([]);
  });

  test("finds another action, and accepts what is denied", () => {
    expect(checked(allow("sns:Subscribe", TOPIC_ARN, EVERYBODY))).toEqual([
      OPEN.replace("sns:Publish", "sns:Subscribe"),
    ]);
    expect(checked(grant(EVERYBODY), { ...allow("sns:*", TOPIC_ARN, EVERYBODY), Effect: "Deny" })).toEqual([]);
  });

  test("says that a condition may let everybody in", () => {
    expect(checked(grant({ ...EVERYBODY, ...when("IpAddress", "aws:SourceIp", "192.0.2.0/24") }))).toEqual([
      `unknown ${TOPIC_POLICY}: whether it grants everybody sns:Publish ${DEPENDS} | ${NAME}`,
      `unknown ${TOPIC_POLICY}: whether it grants the service cloudwatch.amazonaws.com sns:Publish on behalf of any account ${DEPENDS} | Add a condition on aws:SourceAccount.`,
    ]);
  });

  test("does not quote a sensitive policy", () => {
    expect(ofPolicy(document(grant(CLOUDWATCH)), { sensitive: ["policy"] })).toEqual([
      expect.stringContaining("it grants the service (sensitive value) (sensitive value) on behalf of any account"),
    ]);
  });
});

describe("KFF-ALM-002, of what is not known", () => {
  test("says that the policy is not known", () => {
    const references = { policy: ["var.x"] };
    expect(ofPolicy("", { unknown: ["policy"], references })).toEqual([
      `unknown ${TOPIC_POLICY}: policy is not known before the apply | ${AFTER}`,
    ]);
  });

  test("says that the plan does not have the topic, once, and ignores other actions", () => {
    const values = { alarm_actions: [TOPIC_ARN, `arn:aws:lambda:${REGION}:${ACCOUNT}:function:f`] };
    expect(all(alarmChange(values), { ...alarmChange(values), address: `${ALARM}_2` })).toEqual([
      `unknown ${ALARM}: the plan does not have the topic ${TOPIC_ARN}: who its policy grants access is undetermined | ${ELSEWHERE}`,
    ]);
  });
});
