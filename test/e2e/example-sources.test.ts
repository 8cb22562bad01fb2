import { CloudWatchLogsClient, DescribeSubscriptionFiltersCommand } from "@aws-sdk/client-cloudwatch-logs";
import { Aws } from "./helpers/aws";
import { type Emulator, REGION, startEmulator } from "./helpers/emulator";
import { FakeMetricStreams } from "./helpers/fake-metric-streams";
import { FaultProxy } from "./helpers/fault-proxy";
import { policyOutcomes } from "./helpers/policies";
import { TerraformRoot } from "./helpers/terraform";

jest.setTimeout(300_000);

const HOST = "-var=kloudfuse_ingester_host=kfuse.example.com";
const GROUPS = ["/aws/lambda/orders", "/ecs/api"];

describe("examples/sources", () => {
  let emulator: Emulator;
  let proxy: FaultProxy;
  let aws: Aws;
  let metricStreams: FakeMetricStreams;
  let root: TerraformRoot;
  let account: string;

  beforeAll(async () => {
    emulator = await startEmulator();
    proxy = await FaultProxy.start(emulator.endpoint);
    metricStreams = new FakeMetricStreams(proxy);
    aws = new Aws(emulator);
    root = TerraformRoot.copy("examples/sources", proxy.environment(emulator.environment));
    await root.init();
    await root.apply(HOST);
    account = await aws.accountId();
  });

  afterAll(async () => {
    root.remove();
    await Promise.all([proxy.stop(), emulator.stop()]);
  });

  const filtersOf = async (logGroupName: string): Promise<unknown> => {
    const { endpoint, credentials } = emulator;
    const logs = new CloudWatchLogsClient({ endpoint, credentials, region: REGION });
    return (await logs.send(new DescribeSubscriptionFiltersCommand({ logGroupName }))).subscriptionFilters;
  };

  it("is valid", async () => {
    expect((await root.validate()).at("diagnostics").value).toEqual([]);
  });

  it("leaves nothing for the second plan to do", async () => {
    expect(await root.planHasChanges(HOST)).toBe(false);
  });

  it("follows every policy at the second plan", async () => {
    expect(await policyOutcomes(root, HOST)).toEqual([]);
  });

  it("streams the metrics of the filters, in JSON, to the metrics stream", () => {
    expect(metricStreams.configurationOf("kloudfuse-metrics")).toEqual({
      Name: "kloudfuse-metrics",
      FirehoseArn: `arn:aws:firehose:us-east-1:${account}:deliverystream/kloudfuse-metrics`,
      RoleArn: `arn:aws:iam::${account}:role/KloudfuseMetricStreamRole-us-east-1`,
      OutputFormat: "json",
      IncludeLinkedAccountsMetrics: "false",
      IncludeFilters: expect.arrayContaining([
        {
          Namespace: "AWS/ApplicationELB",
          MetricNames: expect.arrayContaining([
            "HTTPCode_Target_5XX_Count",
            "RequestCount",
            "TargetResponseTime",
          ]) as unknown,
        },
        { Namespace: "AWS/Lambda" },
      ]) as unknown,
      StatisticsConfigurations: expect.arrayContaining([
        {
          AdditionalStatistics: ["p99"],
          IncludeMetrics: [{ MetricName: "Duration", Namespace: "AWS/Lambda" }],
        },
      ]) as unknown,
    });
  });

  it("gives the metric stream a role of its own, which may put records on that stream only", async () => {
    const { trust, inlinePolicies, attachedPolicies } = await aws.role("KloudfuseMetricStreamRole-us-east-1");
    expect(trust).toEqual({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "CloudWatchMetricStreams",
          Effect: "Allow",
          Action: "sts:AssumeRole",
          Principal: { Service: "streams.metrics.cloudwatch.amazonaws.com" },
          Condition: { StringEquals: { "aws:SourceAccount": account } },
        },
      ],
    });
    expect(inlinePolicies).toEqual({
      KloudfuseMetricStreamPermissions: {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "PutRecords",
            Effect: "Allow",
            Action: ["firehose:PutRecordBatch", "firehose:PutRecord"],
            Resource: `arn:aws:firehose:us-east-1:${account}:deliverystream/kloudfuse-metrics`,
          },
        ],
      },
    });
    expect(attachedPolicies).toEqual([]);
  });

  it("creates the metric stream after both delivery streams and all policies of the roles", () => {
    expect(metricStreams.callsBeforePut).toMatchObject({ CreateDeliveryStream: 2, PutRolePolicy: 3 });
  });

  it.each(GROUPS)("sends the events of %s to the logs stream with the delivery role", async (group) => {
    expect(await filtersOf(group)).toEqual([
      expect.objectContaining({
        filterName: "kloudfuse-logs",
        filterPattern: "",
        destinationArn: `arn:aws:firehose:us-east-1:${account}:deliverystream/kloudfuse-logs`,
        roleArn: `arn:aws:iam::${account}:role/KloudfuseFirehoseRole`,
      }),
    ]);
  });

  it("outputs the metric stream and the subscribed log groups", async () => {
    expect((await root.output("kloudfuse")).value).toMatchObject({
      metric_stream_name: "kloudfuse-metrics",
      metric_stream_arn: `arn:aws:cloudwatch:us-east-1:${account}:metric-stream/kloudfuse-metrics`,
      metric_stream_role_arn: `arn:aws:iam::${account}:role/KloudfuseMetricStreamRole-us-east-1`,
      subscribed_log_group_names: ["/ecs/api", "/aws/lambda/orders"],
    });
  });

  it("leaves nothing when it is destroyed", async () => {
    await root.destroy(HOST);
    expect(metricStreams.names).toEqual([]);
    expect(await aws.everything()).toEqual({ streams: [], roles: [], buckets: [], logGroups: [] });
  });
});
