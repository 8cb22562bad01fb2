import type { Topic } from "../../../cli/verify/read-topic";
import { resourceRulesOf, type NamedStatement } from "../../../cli/verify/rules";
import { topicOutcomes } from "../../../cli/verify/topic";
import { AccessDeniedError } from "../../../cli/aws/call";
import { UndeterminedError } from "../../../cli/exit-codes";
import { ACCOUNT, LOCATION } from "../../helpers/account";
import { TOPIC_ARN } from "../../helpers/alarms";

const OTHER = "210987654321";
const KEY_ARN = `arn:aws:kms:eu-west-1:${ACCOUNT}:key/1`;
const CLOUDWATCH = { Service: "cloudwatch.amazonaws.com" };
const OF_ACCOUNT = { StringEquals: { "aws:SourceAccount": ACCOUNT } };

const rules = (name: string, ...statements: readonly object[]): NamedStatement[] =>
  resourceRulesOf(
    name,
    JSON.stringify({
      Version: "2012-10-17",
      Statement: statements.map((each) => ({ Effect: "Allow", Resource: "*", ...each })),
    }),
  );
const policy = (...statements: readonly object[]): NamedStatement[] => rules("the topic's policy", ...statements);
const PUBLISH = { Principal: CLOUDWATCH, Action: "sns:Publish", Condition: OF_ACCOUNT };

const topic = (fields: Partial<Topic> = {}): Topic => ({
  arn: TOPIC_ARN,
  attributes: { policy: policy(PUBLISH), keyName: undefined },
  subscriptions: [{ protocol: "email", endpoint: "alice@example.com", state: "confirmed" }],
  key: undefined,
  ...fields,
});
const withPolicy = (...statements: readonly object[]): Topic =>
  topic({ attributes: { policy: policy(...statements), keyName: undefined } });
const of = (each: Topic, names: readonly string[] = ["kloudfuse-logs-failing"]) => topicOutcomes(each, names, LOCATION);
const lines = (...each: Parameters<typeof of>): string[] =>
  of(...each).map(({ verdict, name, found }) => `${verdict} | ${name} | ${found}`);

const SUBSCRIBED = "ok | subscriptions | 1 subscription confirmed: a…@example.com (email)";
const MAY_PUBLISH = "ok | CloudWatch may publish | allowed by the topic's policy";
const CLOSED = "ok | topic policy | not open to everybody";

describe("a topic of alarms", () => {
  test("is healthy with a confirmed subscription and a policy for CloudWatch", () => {
    expect(lines(topic())).toEqual([MAY_PUBLISH, CLOSED, SUBSCRIBED]);
  });

  test("is healthy with the default policy of SNS", () => {
    const own = { StringEquals: { "AWS:SourceOwner": ACCOUNT } };
    expect(lines(withPolicy({ Principal: { AWS: "*" }, Action: ["SNS:Publish"], Condition: own }))).toEqual([
      MAY_PUBLISH,
      CLOSED,
      SUBSCRIBED,
    ]);
  });

  test.each([
    () => ({ attributes: undefined, subscriptions: undefined }),
    () => ({
      attributes: undefined,
      subscriptions: new AccessDeniedError("AWS denied sns:ListSubscriptionsByTopic. Grant it."),
    }),
    () => ({
      attributes: new AccessDeniedError("AWS denied sns:GetTopicAttributes. Grant it."),
      subscriptions: undefined,
    }),
  ])("is a problem that does not exist, said once: %#", (fields) => {
    expect(of(topic(fields()))).toEqual([
      {
        name: "topic",
        verdict: "problem",
        found: `${TOPIC_ARN} does not exist: nobody is notified`,
        remedy: "Create it again, or set another one for the alarms.",
      },
    ]);
  });

  test("is undetermined in each call that AWS denies, which hides nothing else", () => {
    const denied = (action: string): AccessDeniedError => new AccessDeniedError(`AWS denied ${action}. Grant it.`);
    expect(lines(topic({ attributes: denied("sns:GetTopicAttributes") }))).toEqual([
      "unknown | topic | AWS denied sns:GetTopicAttributes.",
      SUBSCRIBED,
    ]);
    expect(lines(topic({ subscriptions: denied("sns:ListSubscriptionsByTopic") }))).toEqual([
      MAY_PUBLISH,
      CLOSED,
      "unknown | subscriptions | AWS denied sns:ListSubscriptionsByTopic.",
    ]);
    expect(lines(topic({ attributes: { policy: new UndeterminedError("No policy."), keyName: undefined } }))).toEqual([
      "unknown | topic policy | No policy.",
      SUBSCRIBED,
    ]);
  });

  test("of another account says whose it is where AWS denies it", () => {
    const arn = TOPIC_ARN.replace(ACCOUNT, OTHER);
    const denied = new AccessDeniedError("AWS denied sns:GetTopicAttributes. Grant it.");
    expect(of(topic({ arn, attributes: denied }))[0]).toEqual({
      name: "topic",
      verdict: "unknown",
      found: `the topic belongs to account ${OTHER}: AWS denied sns:GetTopicAttributes.`,
      remedy: "Look at it with credentials of that account.",
    });
  });

  test("of another account is evaluated for the alarms of this one", () => {
    const arn = TOPIC_ARN.replace(ACCOUNT, OTHER);
    expect(lines(topic({ arn }))).toEqual([MAY_PUBLISH, CLOSED, SUBSCRIBED]);
    const own = { StringEquals: { "aws:SourceAccount": OTHER } };
    expect(lines({ ...withPolicy({ ...PUBLISH, Condition: own }), arn })[0]).toMatch(/^problem/);
  });
});

describe("the policy of a topic of alarms", () => {
  test.each([
    ["another service", [{ ...PUBLISH, Principal: { Service: "s3.amazonaws.com" } }]],
    ["the account's principals alone", [{ Principal: { AWS: ACCOUNT }, Action: "sns:Publish" }]],
    ["other alarms", [{ ...PUBLISH, Condition: { ArnLike: { "aws:SourceArn": "arn:aws:cloudwatch:*:*:alarm:x" } } }]],
  ])("is a problem where it allows %s", (_, statements) => {
    expect(lines(withPolicy(...statements))[0]).toBe(
      "problem | CloudWatch may publish | the topic's policy does not allow cloudwatch.amazonaws.com sns:Publish: nobody is notified",
    );
  });

  test("is a problem where it allows one alarm of two", () => {
    const condition = { ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:eu-west-1:${ACCOUNT}:alarm:a` } };
    const each = withPolicy({ ...PUBLISH, Condition: condition });
    expect(lines(each, ["a"])[0]).toBe(MAY_PUBLISH);
    expect(lines(each, ["a", "b"])[0]).toMatch(/^problem/);
  });

  test("is unknown under a condition that could not be determined", () => {
    const condition = { StringEquals: { "aws:SourceOrgID": "o-1" } };
    expect(lines(withPolicy({ ...PUBLISH, Condition: condition }))[0]).toBe(
      "unknown | CloudWatch may publish | the topic's policy allows it under conditions that could not be determined",
    );
  });

  test.each([
    ["everybody", { Principal: "*", Action: "sns:Subscribe" }, "everybody sns:Subscribe"],
    [
      "a service on behalf of any account",
      { Principal: CLOUDWATCH, Action: "sns:Publish" },
      "cloudwatch.amazonaws.com sns:Publish on behalf of any account",
    ],
  ])("is a problem where it allows %s", (_, statement, text) => {
    expect(lines(withPolicy(PUBLISH, statement))).toEqual([
      MAY_PUBLISH,
      `problem | topic policy | it allows ${text}`,
      SUBSCRIBED,
    ]);
  });

  test("is unknown where a condition decides whether everybody may", () => {
    const condition = { IpAddress: { "aws:SourceIp": "192.0.2.0/24" } };
    expect(lines(withPolicy(PUBLISH, { Principal: "*", Action: "sns:Subscribe", Condition: condition }))[1]).toMatch(
      /^unknown \| topic policy \| it may allow everybody sns:Subscribe/,
    );
  });
});

describe("the key of a topic of alarms", () => {
  const NAME = "CloudWatch may use the key";
  const use = (...statements: readonly object[]): NamedStatement[] => rules("the key's policy", ...statements);
  const USE = { Principal: CLOUDWATCH, Action: ["kms:Decrypt", "kms:GenerateDataKey*"], Condition: OF_ACCOUNT };
  const withKey = (fields: Partial<NonNullable<Topic["key"]>>): string[] =>
    lines(topic({ key: { name: KEY_ARN, arn: KEY_ARN, state: "Enabled", policy: use(USE), ...fields } })).slice(2, -1);

  test("is one that CloudWatch may use", () => {
    expect(withKey({})).toEqual([
      "ok | key state | Enabled",
      "ok | key policy | does not allow everybody",
      `ok | ${NAME} | allowed by the policy of ${KEY_ARN}`,
    ]);
  });

  test("is a problem where AWS manages it", () => {
    expect(withKey({ name: "alias/aws/sns", arn: undefined, state: undefined, policy: "notRead" })).toEqual([
      `problem | ${NAME} | the topic is encrypted with alias/aws/sns, whose policy AWS manages: nobody is notified`,
    ]);
  });

  test("is a problem where its policy does not name CloudWatch", () => {
    expect(withKey({ policy: use({ Principal: { AWS: ACCOUNT }, Action: "kms:*" }) }).at(-1)).toBe(
      `problem | ${NAME} | the policy of ${KEY_ARN} does not allow it: nobody is notified`,
    );
  });

  test("is unknown under a condition that could not be determined, and of another account", () => {
    const Condition = { StringEquals: { "kms:ViaService": "sns.eu-west-1.amazonaws.com" } };
    expect(withKey({ policy: use({ ...USE, Condition }) }).at(-1)).toBe(
      `unknown | ${NAME} | the policy of ${KEY_ARN} allows it under conditions that could not be determined`,
    );
    expect(withKey({ policy: "notRead" })).toEqual([`unknown | ${NAME} | ${KEY_ARN} belongs to another account`]);
  });

  test("is a problem that does not exist, and unknown where AWS denies it", () => {
    expect(withKey({ state: undefined, policy: undefined })).toEqual([`problem | key | ${KEY_ARN} does not exist`]);
    expect(withKey({ policy: new AccessDeniedError("AWS denied kms:GetKeyPolicy. Grant it.") })).toEqual([
      "ok | key state | Enabled",
      "unknown | key policy | AWS denied kms:GetKeyPolicy.",
    ]);
  });

  test("is a problem that is disabled", () => {
    expect(withKey({ state: "Disabled" })[0]).toBe(
      "problem | key state | Disabled: nothing can be encrypted or decrypted with it",
    );
  });
});
