import {
  CloudWatchClient,
  PutMetricDataCommand,
  PutMetricStreamCommand,
  type PutMetricStreamCommandInput,
  StopMetricStreamsCommand,
} from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutAccountPolicyCommand,
  PutSubscriptionFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { CreateRoleCommand, IAMClient, PutRolePolicyCommand } from "@aws-sdk/client-iam";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { linesOf, remedyOf } from "./helpers/checks";
import { runCli } from "./helpers/cli";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { fakeSources, type FakeSources } from "./helpers/fake-sources";
import { FaultProxy, refusal } from "./helpers/fault-proxy";
import { HEALTHY_MINUTE, PUT_RECORDS, Region } from "./helpers/region";
import type { EndedCommand } from "./helpers/run";

const [METRICS, LOGS] = ["kloudfuse-metrics", "kloudfuse-logs"];
const ROLE = "KloudfuseMetricStreamRole-eu-central-1";
const API = "/ecs/api";

describe("kloudfuse-firehose verify of what feeds the streams", () => {
  let emulator: Emulator;
  let proxy: FaultProxy;
  let sources: FakeSources;
  let region: Region;
  let account: string;
  let clients: { readonly cloudWatch: CloudWatchClient; readonly logs: CloudWatchLogsClient; readonly iam: IAMClient };

  beforeEach(async () => {
    emulator = await startEmulator();
    proxy = await FaultProxy.start(emulator.endpoint);
    sources = fakeSources(proxy);
    const settings = { endpoint: proxy.endpoint, credentials: emulator.credentials, region: "eu-central-1" };
    const { Account = "" } = await new STSClient(settings).send(new GetCallerIdentityCommand());
    account = Account;
    region = new Region(emulator, account, "eu-central-1");
    clients = {
      cloudWatch: new CloudWatchClient(settings),
      logs: new CloudWatchLogsClient(settings),
      iam: new IAMClient(settings),
    };
    await region.deploy();
    await clients.logs.send(new CreateLogGroupCommand({ logGroupName: API }));
  });

  afterEach(async () => {
    await Promise.all([proxy.stop(), emulator.stop()]);
  });

  const verify = async (...options: readonly string[]): Promise<EndedCommand> =>
    await runCli(["verify", "--format", "json", ...options], proxy.environment(region.environment));

  const makeMetricStreamRole = async (permissions: readonly string[] = PUT_RECORDS): Promise<void> => {
    const document = (statement: object): string =>
      JSON.stringify({ Version: "2012-10-17", Statement: [{ Effect: "Allow", ...statement }] });
    await clients.iam.send(
      new CreateRoleCommand({
        RoleName: ROLE,
        AssumeRolePolicyDocument: document({
          Principal: { Service: "streams.metrics.cloudwatch.amazonaws.com" },
          Action: "sts:AssumeRole",
          Condition: { StringEquals: { "aws:SourceAccount": account } },
        }),
      }),
    );
    await clients.iam.send(
      new PutRolePolicyCommand({
        RoleName: ROLE,
        PolicyName: "KloudfuseMetricStreamPermissions",
        PolicyDocument: document({ Action: permissions, Resource: region.streamArn("metrics") }),
      }),
    );
  };

  const putMetricStream = async (fields: Partial<PutMetricStreamCommandInput> = {}): Promise<void> => {
    await clients.cloudWatch.send(
      new PutMetricStreamCommand({
        Name: METRICS,
        FirehoseArn: region.streamArn("metrics"),
        RoleArn: `arn:aws:iam::${account}:role/${ROLE}`,
        OutputFormat: "json",
        IncludeFilters: [
          { Namespace: "AWS/Lambda" },
          { Namespace: "AWS/EC2", MetricNames: ["CPUUtilization", "StatusCheckFailed"] },
        ],
        ...fields,
      }),
    );
  };

  const subscribe = async (logGroupName: string): Promise<void> => {
    await clients.logs.send(
      new PutSubscriptionFilterCommand({
        logGroupName,
        filterName: LOGS,
        filterPattern: "",
        destinationArn: region.streamArn("logs"),
        roleArn: region.roleArn,
      }),
    );
  };

  const subscribeAccount = async (
    excluded: readonly string[],
    DestinationArn = region.streamArn("logs"),
  ): Promise<void> => {
    await clients.logs.send(
      new PutAccountPolicyCommand({
        policyName: LOGS,
        policyType: "SUBSCRIPTION_FILTER_POLICY",
        policyDocument: JSON.stringify({ DestinationArn, RoleArn: region.roleArn, FilterPattern: "" }),
        selectionCriteria: `LogGroupName NOT IN ${JSON.stringify(excluded)}`,
      }),
    );
  };

  const put = async (
    Namespace: string,
    dimensions: Readonly<Record<string, string>>,
    values: Readonly<Record<string, number>>,
  ): Promise<void> => {
    await clients.cloudWatch.send(
      new PutMetricDataCommand({
        Namespace,
        MetricData: Object.entries(values).map(([MetricName, Value]) => ({
          MetricName,
          Value,
          Dimensions: Object.entries(dimensions).map(([Name, each]) => ({ Name, Value: each })),
          Timestamp: new Date(Date.now() - 3 * 60_000),
        })),
      }),
    );
  };

  const ofFilter = { LogGroupName: API, DestinationType: "Firehose", FilterName: LOGS };

  test("finds a metric stream, a subscription filter and an account policy healthy", async () => {
    await makeMetricStreamRole();
    await putMetricStream();
    await subscribe(API);
    await subscribeAccount([API, region.logGroup]);
    await put("AWS/CloudWatch/MetricStreams", { MetricStreamName: METRICS }, { PublishErrorRate: 0 });
    await put("AWS/Logs", ofFilter, { ForwardedLogEvents: 480, DeliveryErrors: 0 });
    for (const signal of ["metrics", "logs"] as const) {
      await region.putMetrics(signal, 3, HEALTHY_MINUTE);
    }
    const ended = await verify();
    expect(linesOf(ended, "problem", "unknown")).toEqual([]);
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
    expect(linesOf(ended, "ok").map((line) => line.replace(/ \[[ █▁]{15}\]$/, ""))).toEqual(
      expect.arrayContaining([
        "ok | kloudfuse-metrics | metric streams | kloudfuse-metrics",
        "ok | metric stream kloudfuse-metrics | state | running",
        "ok | metric stream kloudfuse-metrics | output format | json",
        "ok | metric stream kloudfuse-metrics | filters | 2 namespaces: AWS/EC2 (2 metrics), AWS/Lambda",
        "ok | metric stream kloudfuse-metrics | PublishErrorRate | 0%",
        `ok | role ${ROLE} | trust of metric streams | streams.metrics.cloudwatch.amazonaws.com, for this account only`,
        `ok | role ${ROLE} | may put records | allowed on ${region.streamArn("metrics")}`,
        `ok | kloudfuse-logs | subscription filters | 1 of 2 log groups: ${API}`,
        `ok | kloudfuse-logs | account policy | kloudfuse-logs, every log group but 2: ${API}, ${region.logGroup}`,
        "ok | kloudfuse-logs | double delivery | none",
        "ok | kloudfuse-logs | DeliveryErrors | none",
        "ok | kloudfuse-logs | DeliveryThrottling | no data, while 480 log events were forwarded",
      ]),
    );
  });

  test("finds a metric stream that is stopped, in another format and without its filters", async () => {
    await makeMetricStreamRole(["firehose:PutRecord"]);
    await putMetricStream({ OutputFormat: "opentelemetry1.0" });
    await clients.cloudWatch.send(new StopMetricStreamsCommand({ Names: [METRICS] }));
    sources.metricStreams.removeFilters(METRICS);
    const ended = await verify("--signal", "metrics");
    expect(ended.exitCode).toBe(1);
    expect(linesOf(ended, "problem")).toEqual([
      "problem | metric stream kloudfuse-metrics | state | stopped",
      "problem | metric stream kloudfuse-metrics | output format | opentelemetry1.0; Kloudfuse reads json only",
      `problem | role ${ROLE} | may put records | missing: firehose:PutRecordBatch on ${region.streamArn("metrics")}`,
    ]);
    expect(remedyOf(ended, `metric stream ${METRICS}`, "state")).toBe(
      "Start it: aws cloudwatch start-metric-streams --names kloudfuse-metrics. Metrics that it missed are not sent later.",
    );
    expect(linesOf(ended, "note")).toEqual(
      expect.arrayContaining([
        "note | metric stream kloudfuse-metrics | filters | all namespaces",
        "note | kloudfuse-metrics | IncomingRecords | no data yet: no record came in within 15 minutes; the metric stream kloudfuse-metrics is stopped",
      ]),
    );
  });

  test("finds what the metric stream and CloudWatch Logs could not put, and metrics that are sent twice", async () => {
    await makeMetricStreamRole();
    await putMetricStream();
    await putMetricStream({ Name: "everything", IncludeFilters: [] });
    await subscribe(API);
    await put("AWS/CloudWatch/MetricStreams", { MetricStreamName: METRICS }, { PublishErrorRate: 0.25 });
    await put("AWS/Logs", ofFilter, { DeliveryErrors: 12, DeliveryThrottling: 3 });
    const ended = await verify();
    expect(ended.exitCode).toBe(1);
    expect(linesOf(ended, "problem").map((line) => line.replace(/ \[.*\]$/, ""))).toEqual([
      "problem | kloudfuse-metrics | double delivery | the metric streams kloudfuse-metrics and everything send the same metrics",
      "problem | metric stream kloudfuse-metrics | PublishErrorRate | 25% now",
      `problem | kloudfuse-logs | DeliveryErrors | 12 log events: ${API} 12`,
      `problem | kloudfuse-logs | DeliveryThrottling | 3 log events: ${API} 3`,
    ]);
    expect(linesOf(ended, "note")).toContain(
      "note | kloudfuse-logs | IncomingRecords | no data yet: no record came in within 15 minutes; 1 subscription filter points at the stream, but nothing arrives",
    );
  });

  test("finds recursion through the error log group, and double delivery", async () => {
    await subscribe(API);
    await subscribe(region.logGroup);
    await subscribeAccount(["/other"]);
    const ended = await verify("--signal", "logs");
    expect(ended.exitCode).toBe(1);
    const by = "by the account policy kloudfuse-logs and the filter kloudfuse-logs";
    expect(linesOf(ended, "problem")).toEqual([
      `problem | kloudfuse-logs | error log group | the subscription filter kloudfuse-logs of ${region.logGroup} sends it to the stream`,
      `problem | kloudfuse-logs | account policy | kloudfuse-logs does not exclude the error log group ${region.logGroup}`,
      `problem | kloudfuse-logs | double delivery | ${region.logGroup} ${by}, ${API} ${by}`,
    ]);
  });

  test("notes an account policy that points elsewhere", async () => {
    await subscribeAccount([], "arn:aws:firehose:eu-central-1:1:deliverystream/other");
    const ended = await verify("--signal", "logs");
    expect(ended.exitCode).toBe(0);
    expect(linesOf(ended, "note")).toEqual(
      expect.arrayContaining([
        "note | kloudfuse-logs | account policy | kloudfuse-logs points elsewhere: arn:aws:firehose:eu-central-1:1:deliverystream/other",
        "note | kloudfuse-logs | IncomingRecords | no data yet: no record came in within 15 minutes; neither a subscription filter nor an account policy points at the stream",
      ]),
    );
  });

  test("is undetermined in each call that AWS denies, names the permission, and hides nothing else", async () => {
    await makeMetricStreamRole();
    await putMetricStream();
    await subscribe(API);
    const known = linesOf(await verify(), "ok").length;
    for (const [action, permission, hidden, unknowns] of [
      // Without the list, the metric stream and its role are not known.
      ["ListMetricStreams", "cloudwatch:ListMetricStreams", 8, 1],
      ["GetMetricStream", "cloudwatch:GetMetricStream", 5, 1],
      ["DescribeLogGroups", "logs:DescribeLogGroups", 2, 1],
      ["DescribeSubscriptionFilters", "logs:DescribeSubscriptionFilters", 2, 1],
      // An account policy that is not known may deliver twice.
      ["DescribeAccountPolicies", "logs:DescribeAccountPolicies", 2, 2],
      ["ListMetrics", "cloudwatch:ListMetrics", 0, 1],
    ] as const) {
      proxy.on(action, refusal(400, "AccessDeniedException"));
      const ended = await verify();
      proxy.on(action, async (call, aws) => await aws(call));
      sources.metricStreams.register();
      sources.accountPolicies.register();
      expect({
        action,
        exitCode: ended.exitCode,
        unknown: linesOf(ended, "unknown").map((line) => line.split(" | ").at(-1)),
        hidden: known - linesOf(ended, "ok").length,
        problems: linesOf(ended, "problem"),
      }).toEqual({
        action,
        exitCode: 2,
        unknown: Array.from({ length: unknowns }, (): unknown => expect.stringMatching(`AWS denied ${permission}\\.$`)),
        hidden,
        problems: [],
      });
    }
  });
});
