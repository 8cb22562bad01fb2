import {
  CloudWatchClient,
  PutMetricAlarmCommand,
  type PutMetricAlarmCommandInput,
  SetAlarmStateCommand,
  type StateValue,
} from "@aws-sdk/client-cloudwatch";
import {
  CreateTopicCommand,
  DeleteTopicCommand,
  SetTopicAttributesCommand,
  SNSClient,
  SubscribeCommand,
} from "@aws-sdk/client-sns";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { linesOf, remedyOf } from "./helpers/checks";
import { runCli } from "./helpers/cli";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { fakeSources } from "./helpers/fake-sources";
import { FaultProxy, refusal, rewrite } from "./helpers/fault-proxy";
import { Region } from "./helpers/region";
import type { EndedCommand } from "./helpers/run";

const DESCRIPTION = "Kloudfuse rejects requests. Run kloudfuse-firehose verify to find the cause.";
const TOPIC = "topic kloudfuse-alarms";
const SUBSCRIBED = "ok | topic kloudfuse-alarms | subscriptions | 1 subscription confirmed: o…@example.com (email)";

describe("kloudfuse-firehose verify of alarms and who is notified", () => {
  let emulator: Emulator;
  let proxy: FaultProxy;
  let region: Region;
  let account: string;
  let topicArn: string;
  let clients: { readonly cloudWatch: CloudWatchClient; readonly sns: SNSClient };

  beforeEach(async () => {
    emulator = await startEmulator();
    proxy = await FaultProxy.start(emulator.endpoint);
    fakeSources(proxy);
    const settings = { endpoint: emulator.endpoint, credentials: emulator.credentials, region: "eu-central-1" };
    const { Account = "" } = await new STSClient(settings).send(new GetCallerIdentityCommand());
    account = Account;
    region = new Region(emulator, account, "eu-central-1");
    clients = { cloudWatch: new CloudWatchClient(settings), sns: new SNSClient(settings) };
    await region.deploy();
    const { TopicArn = "" } = await clients.sns.send(new CreateTopicCommand({ Name: "kloudfuse-alarms" }));
    topicArn = TopicArn;
  });

  afterEach(async () => {
    await Promise.all([proxy.stop(), emulator.stop()]);
  });

  const verify = async (): Promise<EndedCommand> =>
    await runCli(["verify", "--format", "json"], proxy.environment(region.environment));
  const ofAlarms = (ended: EndedCommand, ...verdicts: readonly string[]): string[] =>
    linesOf(ended, ...verdicts).filter((line) => / \| (alarms|topic [\w-]+) \| /.test(line));

  const putAlarm = async (name: string, fields: Partial<PutMetricAlarmCommandInput> = {}): Promise<void> => {
    await clients.cloudWatch.send(
      new PutMetricAlarmCommand({
        AlarmName: name,
        AlarmDescription: DESCRIPTION,
        ComparisonOperator: "LessThanThreshold",
        Threshold: 1,
        EvaluationPeriods: 3,
        AlarmActions: [topicArn],
        Metrics: [
          { Id: "result", Expression: "FILL(success, 1)", ReturnData: true },
          {
            Id: "success",
            ReturnData: false,
            MetricStat: {
              Metric: {
                Namespace: "AWS/Firehose",
                MetricName: "DeliveryToHttpEndpoint.Success",
                Dimensions: [{ Name: "DeliveryStreamName", Value: "kloudfuse-logs" }],
              },
              Period: 300,
              Stat: "Average",
            },
          },
        ],
        ...fields,
      }),
    );
  };

  const setState = async (AlarmName: string, StateValue: StateValue): Promise<void> => {
    await clients.cloudWatch.send(new SetAlarmStateCommand({ AlarmName, StateValue, StateReason: "set by the test" }));
  };

  const subscribe = async (Endpoint = "on-call@example.com"): Promise<void> => {
    await clients.sns.send(new SubscribeCommand({ TopicArn: topicArn, Protocol: "email", Endpoint }));
  };

  const setTopic = async (AttributeName: string, AttributeValue: string): Promise<void> => {
    await clients.sns.send(new SetTopicAttributesCommand({ TopicArn: topicArn, AttributeName, AttributeValue }));
  };

  test("notes that there are no alarms, without an effect on the exit code", async () => {
    await putAlarm("of-another-stream", {
      Metrics: undefined,
      Namespace: "AWS/Firehose",
      MetricName: "ThrottledRecords",
      Dimensions: [{ Name: "DeliveryStreamName", Value: "other" }],
      Statistic: "Sum",
      Period: 300,
    });
    const ended = await verify();
    expect(ended.exitCode).toBe(0);
    expect(ofAlarms(ended, "ok", "note", "problem", "unknown")).toEqual([
      "note | alarms | alarms | there is no alarm on the streams: nobody is notified when telemetry stops",
    ]);
  });

  test("finds alarms that are OK, with a topic and somebody who is notified, healthy", async () => {
    await putAlarm("failing");
    await setState("failing", "OK");
    await subscribe();
    const ended = await verify();
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
    expect(ofAlarms(ended, "ok", "note", "problem", "unknown")).toEqual([
      "ok | alarms | alarms | 1 alarm is OK: failing",
      `ok | ${TOPIC} | CloudWatch may publish | allowed by the topic's policy`,
      `ok | ${TOPIC} | topic policy | not open to everybody`,
      SUBSCRIBED,
    ]);
  });

  test("finds alarms in ALARM, without data and without actions, and a topic without a subscription", async () => {
    await putAlarm("failing");
    await setState("failing", "ALARM");
    await putAlarm("new");
    await setState("new", "INSUFFICIENT_DATA");
    await putAlarm("silent", { AlarmActions: [] });
    await setState("silent", "OK");
    await putAlarm("disabled", { ActionsEnabled: false });
    await setState("disabled", "OK");
    const ended = await verify();
    expect(ended.exitCode).toBe(1);
    const withoutTimes = (lines: readonly string[]): string[] =>
      lines.map((line) => line.replaceAll(/\d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ/g, "(time)"));
    expect(withoutTimes(ofAlarms(ended, "problem"))).toEqual([
      "problem | alarms | alarm failing | ALARM since (time): set by the test",
      `problem | ${TOPIC} | subscriptions | there is none: nobody is notified`,
    ]);
    expect(withoutTimes(ofAlarms(ended, "note"))).toEqual([
      "note | alarms | alarms | 1 alarm has no data, which is not OK: new (INSUFFICIENT_DATA since (time))",
      "note | alarms | alarm actions | 1 alarm has no actions: nobody is notified: silent",
      "note | alarms | alarm actions | the actions of 1 alarm are not enabled: nobody is notified: disabled",
    ]);
    expect(remedyOf(ended, "alarms", "alarm failing")).toBe(DESCRIPTION);
  });

  test("finds that nobody has confirmed, and shows no address", async () => {
    await putAlarm("failing");
    await setState("failing", "OK");
    await subscribe();
    proxy.on(
      "ListSubscriptionsByTopic",
      rewrite((body) => body.replace(/<SubscriptionArn>[^<]*/, "<SubscriptionArn>PendingConfirmation")),
    );
    const ended = await verify();
    expect(ended.exitCode).toBe(1);
    expect(ofAlarms(ended, "problem")).toEqual([
      `problem | ${TOPIC} | subscriptions | none is confirmed, nobody is notified; 1 not confirmed: o…@example.com (email)`,
    ]);
    expect(ended.stdout + ended.stderr).not.toContain("on-call");
  });

  test("reads the subscriptions of every page", async () => {
    await putAlarm("failing");
    for (let index = 0; index < 101; index += 1) {
      await subscribe(`x${index}@example.com`);
    }
    expect(ofAlarms(await verify(), "ok")).toEqual(
      expect.arrayContaining([
        expect.stringContaining("| subscriptions | 101 subscriptions confirmed: x…@example.com"),
      ]),
    );
    expect(proxy.count("ListSubscriptionsByTopic")).toBe(2);
  });

  test("finds a topic that is open to everybody, that CloudWatch may not use, and AWS's own key", async () => {
    await putAlarm("failing");
    await setState("failing", "OK");
    await subscribe();
    const statement = { Effect: "Allow", Principal: { AWS: "*" }, Action: "sns:Subscribe", Resource: topicArn };
    await setTopic("Policy", JSON.stringify({ Version: "2012-10-17", Statement: [statement] }));
    await setTopic("KmsMasterKeyId", "alias/aws/sns");
    const ended = await verify();
    expect(ended.exitCode).toBe(1);
    expect(ofAlarms(ended, "problem")).toEqual([
      `problem | ${TOPIC} | CloudWatch may publish | the topic's policy does not allow cloudwatch.amazonaws.com sns:Publish: nobody is notified`,
      `problem | ${TOPIC} | topic policy | it allows everybody sns:Subscribe`,
      `problem | ${TOPIC} | CloudWatch may use the key | the topic is encrypted with alias/aws/sns, whose policy AWS manages: nobody is notified`,
    ]);
  });

  test("finds a topic that was deleted", async () => {
    await putAlarm("failing");
    await clients.sns.send(new DeleteTopicCommand({ TopicArn: topicArn }));
    const ended = await verify();
    expect(ended.exitCode).toBe(1);
    expect(ofAlarms(ended, "problem")).toEqual([
      `problem | ${TOPIC} | topic | ${topicArn} does not exist: nobody is notified`,
    ]);
  });

  test("is undetermined in each call that AWS denies, names the permission, and hides nothing else", async () => {
    await putAlarm("failing");
    await setState("failing", "OK");
    await subscribe();
    const known = linesOf(await verify(), "ok").length;
    for (const [action, code, permission, hidden] of [
      // Without the alarms, the topic is not known.
      ["DescribeAlarms", "AccessDeniedException", "cloudwatch:DescribeAlarms", 4],
      ["GetTopicAttributes", "AuthorizationError", "sns:GetTopicAttributes", 2],
      ["ListSubscriptionsByTopic", "AuthorizationError", "sns:ListSubscriptionsByTopic", 1],
    ] as const) {
      proxy.on(action, refusal(403, code));
      const ended = await verify();
      proxy.on(action, async (call, aws) => await aws(call));
      expect({
        action,
        exitCode: ended.exitCode,
        unknown: linesOf(ended, "unknown").map((line) => line.split(" | ").at(-1)),
        hidden: known - linesOf(ended, "ok").length,
        problems: linesOf(ended, "problem"),
      }).toEqual({ action, exitCode: 2, unknown: [`AWS denied ${permission}.`], hidden, problems: [] });
    }
  });

  test("says whose topic of another account is that AWS does not show", async () => {
    await putAlarm("failing", { AlarmActions: [topicArn.replace(account, "210987654321")] });
    for (const action of ["GetTopicAttributes", "ListSubscriptionsByTopic"]) {
      proxy.on(action, refusal(403, "AuthorizationError"));
    }
    const ended = await verify();
    expect(ended.exitCode).toBe(2);
    expect(ofAlarms(ended, "unknown")).toEqual([
      `unknown | ${TOPIC} | topic | the topic belongs to account 210987654321: AWS denied sns:GetTopicAttributes.`,
      `unknown | ${TOPIC} | subscriptions | the topic belongs to account 210987654321: AWS denied sns:ListSubscriptionsByTopic.`,
    ]);
  });
});
