import { readTopic } from "../../../cli/verify/read-topic";
import {
  firehoseError,
  jsonAnswer,
  kmsStub,
  queryAnswer,
  queryError,
  type Respond,
  snsStub,
  type StubResponse,
} from "../../helpers/aws-stub";
import { TOPIC_ARN } from "../../helpers/alarms";

const POLICY = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Sid: "Own", Effect: "Allow", Principal: { AWS: "123456789012" }, Action: "sns:Publish", Resource: "*" },
  ],
});

const attributes = (values: Readonly<Record<string, string>>): StubResponse => {
  const entries = Object.entries(values).map(
    ([key, value]) => `<entry><key>${key}</key><value>${value.replaceAll('"', "&quot;")}</value></entry>`,
  );
  return queryAnswer("GetTopicAttributes", `<Attributes>${entries.join("")}</Attributes>`);
};
const subscriptions = (members: readonly string[], token = ""): StubResponse =>
  queryAnswer(
    "ListSubscriptionsByTopic",
    `<Subscriptions>${members.map((member) => `<member>${member}</member>`).join("")}</Subscriptions>${token === "" ? "" : `<NextToken>${token}</NextToken>`}`,
  );
const subscription = (arn: string, endpoint: string): string =>
  `<SubscriptionArn>${arn}</SubscriptionArn><Protocol>email</Protocol><Endpoint>${endpoint}</Endpoint>`;

/** SNS that answers each action; the bodies of the requests are kept. */
function topic(
  answers: Readonly<Record<string, Respond>>,
  kms: Respond = () => firehoseError(400, "AccessDeniedException"),
) {
  const requests = new Array<URLSearchParams>();
  const sns = snsStub((request) => {
    const body = new URLSearchParams(request.body.toString());
    requests.push(body);
    return (answers[body.get("Action") ?? ""] ?? (() => queryError(403, "AuthorizationError")))(request);
  });
  return { context: { sns, kms: () => kmsStub(kms) }, requests };
}

const HEALTHY: Readonly<Record<string, Respond>> = {
  GetTopicAttributes: () => attributes({ Policy: POLICY }),
  ListSubscriptionsByTopic: () => subscriptions([subscription(`${TOPIC_ARN}:1`, "a@example.com")]),
};

describe("a topic", () => {
  test("has its policy and subscriptions, and no key", async () => {
    const { context, requests } = topic(HEALTHY);
    expect(await readTopic(context, TOPIC_ARN)).toMatchObject({
      arn: TOPIC_ARN,
      attributes: { policy: [{ sid: "Own", policy: "the topic's policy" }], keyName: undefined },
      subscriptions: [{ protocol: "email", endpoint: "a@example.com", state: "confirmed" }],
      key: undefined,
    });
    expect(requests.map((request) => request.get("TopicArn"))).toEqual([TOPIC_ARN, TOPIC_ARN]);
  });

  test("has subscriptions that are pending, and some that are deleted", async () => {
    const members = ["PendingConfirmation", "Deleted"].map((arn) => subscription(arn, "a@example.com"));
    const { context } = topic({ ...HEALTHY, ListSubscriptionsByTopic: () => subscriptions(members) });
    const { subscriptions: found } = await readTopic(context, TOPIC_ARN);
    expect(found).toMatchObject([{ state: "pending" }, { state: "deleted" }]);
  });

  test("has the subscriptions of every page", async () => {
    const pages = [
      subscriptions([subscription("PendingConfirmation", "a@example.com")], "next"),
      subscriptions([subscription(`${TOPIC_ARN}:2`, "b@example.com")]),
    ];
    const { context, requests } = topic({ ...HEALTHY, ListSubscriptionsByTopic: () => pages.shift() ?? {} });
    const { subscriptions: found } = await readTopic(context, TOPIC_ARN);
    expect(found).toMatchObject([{ endpoint: "a@example.com" }, { endpoint: "b@example.com" }]);
    const lists = requests.filter((request) => request.get("Action") === "ListSubscriptionsByTopic");
    expect(lists.map((request) => request.get("NextToken"))).toEqual([null, "next"]);
  });

  test("does not exist where AWS does not find it", async () => {
    const missing: Respond = () => queryError(404, "NotFound");
    const { context } = topic({ GetTopicAttributes: missing, ListSubscriptionsByTopic: missing });
    expect(await readTopic(context, TOPIC_ARN)).toMatchObject({ attributes: undefined, subscriptions: undefined });
  });

  test.each([
    ["GetTopicAttributes", "attributes", "sns:GetTopicAttributes"],
    ["ListSubscriptionsByTopic", "subscriptions", "sns:ListSubscriptionsByTopic"],
  ] as const)("is undetermined in what %s says where AWS denies it", async (action, part, permission) => {
    const { context } = topic({ ...HEALTHY, [action]: () => queryError(403, "AuthorizationError") });
    const found = await readTopic(context, TOPIC_ARN);
    expect(found[part]).toMatchObject({ message: expect.stringContaining(`AWS denied ${permission}.`) as string });
    expect(found.key).toBeUndefined();
  });

  test("is undetermined in a policy that is not understood", async () => {
    const { context } = topic({ ...HEALTHY, GetTopicAttributes: () => attributes({ Policy: "{" }) });
    expect(await readTopic(context, TOPIC_ARN)).toMatchObject({
      attributes: {
        policy: { message: expect.stringContaining("The document of the topic's policy cannot be parsed") as string },
      },
    });
  });

  test("is undetermined in a policy that AWS does not show", async () => {
    const { context } = topic({ ...HEALTHY, GetTopicAttributes: () => attributes({ Owner: "123456789012" }) });
    expect(await readTopic(context, TOPIC_ARN)).toMatchObject({
      attributes: { policy: { message: expect.stringContaining("AWS returns no policy for the topic.") as string } },
    });
  });

  test("has its key, without a call for the one that AWS manages", async () => {
    const managed = topic({
      ...HEALTHY,
      GetTopicAttributes: () => attributes({ Policy: POLICY, KmsMasterKeyId: "alias/aws/sns" }),
    });
    expect(await readTopic(managed.context, TOPIC_ARN)).toMatchObject({
      attributes: { keyName: "alias/aws/sns" },
      key: { name: "alias/aws/sns", arn: undefined, policy: "notRead" },
    });
    const arn = "arn:aws:kms:eu-west-1:123456789012:key/1";
    const own = topic(
      { ...HEALTHY, GetTopicAttributes: () => attributes({ Policy: POLICY, KmsMasterKeyId: "1" }) },
      () =>
        jsonAnswer({
          KeyMetadata: { Arn: arn, KeyId: "1", KeyState: "Enabled", KeyManager: "CUSTOMER" },
          Policy: POLICY,
        }),
    );
    expect(await readTopic(own.context, TOPIC_ARN)).toMatchObject({ key: { name: "1", arn, state: "Enabled" } });
  });
});
