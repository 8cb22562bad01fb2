import { mayPublish, mayUseKey } from "../../iam/alarm-requests";
import { UNKNOWN } from "../../iam/unknown";
import { ACCOUNT, allow, deny, FOREIGN, LOCATION, policy, when } from "./tables";

const TOPIC = `arn:aws:sns:eu-west-1:${ACCOUNT}:alarms`;
const ALARMS = `arn:aws:cloudwatch:eu-west-1:${ACCOUNT}:alarm:*`;
const CLOUDWATCH = { Principal: { Service: "cloudwatch.amazonaws.com" } };
const OF_ACCOUNT = when("StringEquals", "aws:SourceAccount", ACCOUNT);
const publish = (more: object): object => allow("sns:Publish", TOPIC, more);

describe("whether CloudWatch may publish for an alarm", () => {
  test.each([
    [true, "the service", [publish(CLOUDWATCH)]],
    [true, "the service for the account", [publish({ ...CLOUDWATCH, ...OF_ACCOUNT })]],
    [true, "the alarms of the account", [publish({ ...CLOUDWATCH, ...when("ArnLike", "aws:SourceArn", ALARMS) })]],
    [
      true,
      "the default policy of SNS",
      [publish({ Principal: { AWS: "*" }, ...when("StringEquals", "AWS:SourceOwner", ACCOUNT) })],
    ],
    [false, "nobody", []],
    [false, "another service", [publish({ Principal: { Service: "s3.amazonaws.com" } })]],
    [false, "another account", [publish({ ...CLOUDWATCH, ...when("StringEquals", "aws:SourceAccount", FOREIGN) })]],
    [false, "another action", [allow("sns:Subscribe", TOPIC, CLOUDWATCH)]],
    [false, "a Deny", [publish(CLOUDWATCH), deny("sns:*", TOPIC, { Principal: "*" })]],
    [
      UNKNOWN,
      "alarms of some name",
      [publish({ ...CLOUDWATCH, ...when("ArnLike", "aws:SourceArn", ALARMS.replace("*", "k-*")) })],
    ],
  ] as const)("%p by %s", (result, _, statements) => {
    expect(mayPublish(policy(...statements), TOPIC, { location: LOCATION })).toBe(result);
  });
});

describe("whether CloudWatch may use a key for an alarm", () => {
  const key = (...Action: readonly string[]): object => allow(Action, "*", CLOUDWATCH);

  test.each([
    [true, "both actions", [key("kms:Decrypt", "kms:GenerateDataKey*")]],
    [true, "every action", [key("kms:*")]],
    [false, "one action alone", [key("kms:Decrypt")]],
    [false, "the account's IAM policies", [allow("kms:*", "*", { Principal: { AWS: ACCOUNT } })]],
    [false, "nobody", []],
    [
      UNKNOWN,
      "a service that SNS may not name",
      [
        allow("kms:*", "*", {
          ...CLOUDWATCH,
          ...when("StringEquals", "kms:ViaService", "sns.eu-west-1.amazonaws.com"),
        }),
      ],
    ],
  ] as const)("%p by %s", (result, _, statements) => {
    expect(mayUseKey(policy(...statements), { location: LOCATION })).toBe(result);
  });
});
