import {
  CloudWatchClient,
  DescribeAlarmsCommand,
  GetDashboardCommand,
  ListDashboardsCommand,
  type MetricAlarm,
} from "@aws-sdk/client-cloudwatch";
import { CloudWatchLogsClient, DescribeMetricFiltersCommand } from "@aws-sdk/client-cloudwatch-logs";
import { Aws } from "./helpers/aws";
import { type Emulator, REGION, startEmulator } from "./helpers/emulator";
import { Json } from "./helpers/json";
import { policyOutcomes } from "./helpers/policies";
import { TerraformRoot } from "./helpers/terraform";

jest.setTimeout(300_000);

const HOST = "-var=kloudfuse_ingester_host=kfuse.example.com";
const MODULE = "module.kloudfuse.";
const ERROR_LOG = "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs";

const OF_A_STREAM = [
  "backup-failing",
  "customer-key-unusable",
  "delivery-failing",
  "delivery-stalled",
  "quota-near",
  "records-backed-up",
  "throttled",
];
const ALARM_NAMES = [
  ...OF_A_STREAM.flatMap((id) => [`kloudfuse-logs-${id}`, `kloudfuse-metrics-${id}`]),
  "kloudfuse-metrics-request-too-large",
].sort();

describe("examples/monitoring", () => {
  let emulator: Emulator;
  let aws: Aws;
  let cloudWatch: CloudWatchClient;
  let root: TerraformRoot;
  let account: string;
  let topicArn: string;

  beforeAll(async () => {
    emulator = await startEmulator();
    aws = new Aws(emulator);
    const { endpoint, credentials } = emulator;
    cloudWatch = new CloudWatchClient({ endpoint, credentials, region: REGION });
    root = TerraformRoot.copy("examples/monitoring", emulator.environment);
    await root.init();
    await root.apply(HOST);
    account = await aws.accountId();
    topicArn = `arn:aws:sns:us-east-1:${account}:kloudfuse-metrics-alarms`;
  });

  afterAll(async () => {
    root.remove();
    await emulator.stop();
  });

  const alarms = async (): Promise<readonly MetricAlarm[]> =>
    (await cloudWatch.send(new DescribeAlarmsCommand())).MetricAlarms ?? [];

  it("is valid", async () => {
    expect((await root.validate()).at("diagnostics").value).toEqual([]);
  });

  it("leaves nothing for the second plan to do", async () => {
    expect(await root.planHasChanges(HOST)).toBe(false);
  });

  it("follows every policy at the second plan", async () => {
    expect(await policyOutcomes(root, HOST)).toEqual([]);
  });

  it("creates the alarms of both streams and of the error log", async () => {
    expect((await alarms()).map(({ AlarmName }) => AlarmName).sort()).toEqual(ALARM_NAMES);
  });

  it("publishes every alarm, and every recovery, to the topic", async () => {
    for (const { AlarmActions, OKActions, InsufficientDataActions } of await alarms()) {
      expect([AlarmActions, OKActions, InsufficientDataActions ?? []]).toEqual([[topicArn], [topicArn], []]);
    }
  });

  it("has the expression of the alarm and its metrics in CloudWatch", async () => {
    const backedUp = (await alarms()).find(({ AlarmName }) => AlarmName === "kloudfuse-logs-records-backed-up");
    const metric = (Id: string, MetricName: string): object => ({
      Id,
      MetricStat: {
        Metric: {
          Namespace: "AWS/Firehose",
          MetricName,
          Dimensions: [{ Name: "DeliveryStreamName", Value: "kloudfuse-logs" }],
        },
        Period: 300,
        Stat: "Sum",
      },
    });
    expect(backedUp).toMatchObject({
      ComparisonOperator: "GreaterThanThreshold",
      Threshold: 0,
      EvaluationPeriods: 3,
      DatapointsToAlarm: 1,
      TreatMissingData: "notBreaching",
      Metrics: expect.arrayContaining([
        expect.objectContaining({ Id: "result", Expression: "FILL(delivered, 0) + FILL(backedup, 0)" }),
        expect.objectContaining(metric("delivered", "DeliveryToS3.Records")),
        expect.objectContaining(metric("backedup", "BackupToS3.Records")),
      ]) as unknown,
    });
  });

  it("counts requests that are too large by a filter of the error log", async () => {
    const { endpoint, credentials } = emulator;
    const logs = new CloudWatchLogsClient({ endpoint, credentials, region: REGION });
    const { metricFilters } = await logs.send(new DescribeMetricFiltersCommand({ logGroupName: ERROR_LOG }));
    const name = "kloudfuse-metrics-request-too-large";
    expect(metricFilters).toEqual([
      expect.objectContaining({
        filterName: name,
        metricTransformations: [
          expect.objectContaining({ metricName: name, metricNamespace: "KloudfuseFirehose", metricValue: "1" }),
        ],
      }),
    ]);
  });

  it("encrypts the topic, which CloudWatch publishes to for this account's alarms only", async () => {
    const topic = await root.stateOf(`${MODULE}aws_sns_topic.alarms_topic[0]`);
    const key = await root.stateOf("aws_kms_key.alarms");
    expect(topic.at("kms_master_key_id").text).toBe(key.at("arn").text);
    const policy = await root.stateOf(`${MODULE}aws_sns_topic_policy.alarms_topic_policy[0]`);
    expect(Json.parse(policy.at("policy").text).value).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "CloudWatchAlarms",
          Effect: "Allow",
          Action: "sns:Publish",
          Resource: topicArn,
          Principal: { Service: "cloudwatch.amazonaws.com" },
          Condition: {
            StringEquals: { "aws:SourceAccount": account },
            ArnLike: { "aws:SourceArn": `arn:aws:cloudwatch:us-east-1:${account}:alarm:*` },
          },
        },
      ],
    });
  });

  it("subscribes the address to the topic", async () => {
    const address = `${MODULE}aws_sns_topic_subscription.alarms_topic_email["on-call@example.com"]`;
    const subscription = await root.stateOf(address);
    expect(subscription.at("topic_arn").text).toBe(topicArn);
    expect(subscription.at("protocol").text).toBe("email");
  });

  it("creates the dashboard, whose body is JSON with the graphs of both streams", async () => {
    const { DashboardBody } = await cloudWatch.send(
      new GetDashboardCommand({ DashboardName: "kloudfuse-firehose-us-east-1" }),
    );
    const widgets = Json.parse(DashboardBody ?? "").at("widgets").list;
    expect(widgets.map((widget) => `${widget.at("type").text} ${JSON.stringify(widget.at("x").value)}`)).toEqual([
      "text 0",
      ...Array.from({ length: 5 }, () => "metric 0"),
      ...Array.from({ length: 5 }, () => "metric 12"),
      "log 0",
    ]);
    expect(widgets.at(-1)?.at("properties", "query").text).toMatch(new RegExp(`^SOURCE '${ERROR_LOG}' [|] fields`));
  });

  it("outputs the topic, the alarms and the dashboard", async () => {
    const output = await root.output("kloudfuse");
    expect(output.at("alarm_topic_arn").text).toBe(topicArn);
    expect(output.at("dashboard_name").text).toBe("kloudfuse-firehose-us-east-1");
    expect(
      output
        .at("alarm_names")
        .list.map(({ text }) => text)
        .sort(),
    ).toEqual(ALARM_NAMES);
  });

  it("leaves nothing when it is destroyed", async () => {
    await root.destroy(HOST);
    expect(await aws.everything()).toEqual({ streams: [], roles: [], buckets: [], logGroups: [] });
    expect(await alarms()).toEqual([]);
    expect((await cloudWatch.send(new ListDashboardsCommand())).DashboardEntries ?? []).toEqual([]);
  });
});
