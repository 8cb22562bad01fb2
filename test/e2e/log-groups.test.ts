import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutAccountPolicyCommand,
  PutSubscriptionFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCli } from "./helpers/cli";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { FakeAccountPolicies } from "./helpers/fake-account-policies";
import { FaultProxy, refusal, rewrite } from "./helpers/fault-proxy";
import { Json } from "./helpers/json";
import { Region } from "./helpers/region";
import { type EndedCommand, run } from "./helpers/run";

describe("kloudfuse-firehose log-groups", () => {
  let emulator: Emulator;
  let proxy: FaultProxy;
  let region: Region;
  let logs: CloudWatchLogsClient;

  beforeEach(async () => {
    emulator = await startEmulator();
    proxy = await FaultProxy.start(emulator.endpoint);
    new FakeAccountPolicies(proxy);
    const settings = { endpoint: proxy.endpoint, credentials: emulator.credentials, region: "eu-central-1" };
    const { Account = "" } = await new STSClient(settings).send(new GetCallerIdentityCommand());
    region = new Region(emulator, Account, "eu-central-1");
    await region.deploy();
    logs = new CloudWatchLogsClient(settings);
  });

  afterEach(async () => {
    await Promise.all([proxy.stop(), emulator.stop()]);
  });

  const logGroups = async (...options: readonly string[]): Promise<EndedCommand> =>
    await runCli(["log-groups", ...options], proxy.environment(region.environment));
  const found = async (...options: readonly string[]): Promise<{ exitCode: number | null; json: Json }> => {
    const { exitCode, stdout } = await logGroups("--format", "json", ...options);
    return { exitCode, json: Json.parse(stdout) };
  };
  const statesIn = (json: Json): Record<string, string> =>
    Object.fromEntries(
      json.at("logGroups").list.map((group) => [group.at("name").text, group.at("state").text] as const),
    );

  const create = async (logGroupName: string): Promise<void> => {
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
  };
  const subscribe = async (logGroupName: string, filterName = "kloudfuse-logs"): Promise<void> => {
    await logs.send(
      new PutSubscriptionFilterCommand({
        logGroupName,
        filterName,
        filterPattern: "",
        destinationArn: region.streamArn("logs"),
        roleArn: region.roleArn,
      }),
    );
  };
  const subscribeAccount = async (excluded: readonly string[]): Promise<void> => {
    await logs.send(
      new PutAccountPolicyCommand({
        policyName: "everything",
        policyType: "SUBSCRIPTION_FILTER_POLICY",
        policyDocument: JSON.stringify({ DestinationArn: region.streamArn("logs"), RoleArn: region.roleArn }),
        selectionCriteria: `LogGroupName NOT IN ${JSON.stringify(excluded)}`,
      }),
    );
  };

  test("says of each log group what feeds Kloudfuse already, and what can", async () => {
    await create("/ecs/api");
    await create("/ecs/web");
    await create("/ecs/rare");
    await subscribe("/ecs/api");
    // The emulator keeps no class.
    proxy.on(
      "DescribeLogGroups",
      rewrite((body) => body.replace('"/ecs/rare"', '"/ecs/rare", "logGroupClass": "INFREQUENT_ACCESS"')),
    );
    const { exitCode, json } = await found();
    expect(exitCode).toBe(0);
    expect(statesIn(json)).toEqual({
      "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs": "blocked",
      "/ecs/api": "feeds",
      "/ecs/rare": "blocked",
      "/ecs/web": "open",
    });
    expect(json.at("summary").at("counts").value).toEqual({ unknown: 0, feeds: 1, open: 1, blocked: 2 });
  });

  test("counts the bytes that a log group receives a day", async () => {
    await create("/ecs/api");
    const cloudWatch = new CloudWatchClient({
      endpoint: emulator.endpoint,
      credentials: emulator.credentials,
      region: "eu-central-1",
    });
    await cloudWatch.send(
      new PutMetricDataCommand({
        Namespace: "AWS/Logs",
        MetricData: [
          {
            MetricName: "IncomingBytes",
            Dimensions: [{ Name: "LogGroupName", Value: "/ecs/api" }],
            Timestamp: new Date(Date.now() - 3_600_000),
            Value: 5_000_000,
          },
        ],
      }),
    );
    const { stdout } = await logGroups("--prefix", "/ecs/");
    expect(stdout.split("\n")[1]).toBe(
      "open\teu-central-1\tStandard\t5\t5000000\t/ecs/api\tStandard class, 5 of 5 filters free, 5.0 MB a day\t-",
    );
  });

  test("counts an account policy, and names a log group that is delivered twice", async () => {
    await create("/ecs/api");
    await create("/ecs/web");
    await create("/ecs/left-out");
    await subscribe("/ecs/api");
    await subscribeAccount([region.logGroup, "/ecs/left-out"]);
    const { json } = await found("--prefix", "/ecs/");
    expect(statesIn(json)).toEqual({ "/ecs/api": "feeds", "/ecs/left-out": "blocked", "/ecs/web": "feeds" });
    expect(json.at("logGroups").list[0]?.at("reason").text).toBe(
      "fed by subscription filter kloudfuse-logs and account policy everything",
    );
  });

  test("writes a map that Terraform formats and reads, and that stays as it is once it is applied", async () => {
    const folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-log-groups-"));
    try {
      await create("/ecs/api");
      await create("/ecs/orders-service");
      const { exitCode, stdout } = await logGroups("--format", "tfvars");
      expect(exitCode).toBe(0);
      writeFileSync(join(folder, "log-groups.auto.tfvars"), stdout);
      writeFileSync(
        join(folder, "main.tf"),
        'variable "log_groups" {\n  type = map(string)\n}\n\noutput "log_groups" {\n  value = var.log_groups\n}\n',
      );
      const terraform = async (...options: readonly string[]): Promise<EndedCommand> =>
        await run("terraform", [`-chdir=${folder}`, ...options], { cwd: folder, environment: {} });
      expect((await terraform("fmt", "-check", "-diff")).stdout).toBe("");
      expect((await terraform("apply", "-auto-approve")).exitCode).toBe(0);
      expect(JSON.parse((await terraform("output", "-json", "log_groups")).stdout)).toEqual({
        "/ecs/api": "/ecs/api",
        "/ecs/orders-service": "/ecs/orders-service",
      });
      await subscribe("/ecs/api");
      await subscribe("/ecs/orders-service");
      const entries = (text: string): string[] => text.split("\n").filter((line) => line.startsWith("  "));
      const again = await logGroups("--format", "tfvars");
      expect(entries(again.stdout).map((line) => line.split(" #")[0])).toEqual(
        entries(stdout).map((line) => line.split(" #")[0]),
      );
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  test("leaves out what is excluded", async () => {
    await create("/ecs/api");
    await create("/ecs/api-debug");
    const { json } = await found("--prefix", "/ecs/", "--exclude", "*-debug");
    expect(statesIn(json)).toEqual({ "/ecs/api": "open" });
  });

  test("lists log groups where the stream does not exist yet", async () => {
    await create("/ecs/api");
    const { exitCode, json } = await found("--prefix", "/ecs/", "--logs-stream-name", "later");
    expect(exitCode).toBe(0);
    expect(json.at("summary").at("stream").value).toBeNull();
    expect(statesIn(json)).toEqual({ "/ecs/api": "open" });
  });

  test.each([
    ["DescribeSubscriptionFilters", "logs:DescribeSubscriptionFilters"],
    ["DescribeAccountPolicies", "logs:DescribeAccountPolicies"],
  ])("is undetermined where AWS denies %s", async (action, permission) => {
    await create("/ecs/api");
    proxy.on(action, refusal(400, "AccessDeniedException"));
    const { exitCode, json } = await found("--prefix", "/ecs/");
    expect(exitCode).toBe(2);
    expect(statesIn(json)).toEqual({ "/ecs/api": "unknown" });
    expect(json.at("summary").at("undetermined").list[0]?.text).toMatch(new RegExp(`^AWS denied ${permission}\\.`));
    const file = await logGroups("--prefix", "/ecs/", "--format", "tfvars");
    expect([file.exitCode, file.stdout]).toEqual([2, ""]);
    expect(file.stderr).toContain("log_groups could not be determined for 1 log group, such as /ecs/api.");
  });

  test("knows what can be subscribed where AWS denies the sizes, and says so", async () => {
    await create("/ecs/api");
    proxy.on("GetMetricData", refusal(400, "AccessDeniedException"));
    const { exitCode, json } = await found("--prefix", "/ecs/");
    expect(exitCode).toBe(2);
    expect(statesIn(json)).toEqual({ "/ecs/api": "open" });
    expect(json.at("logGroups").list[0]?.at("bytesPerDay").value).toBeNull();
  });

  test.each([
    ["DescribeLogGroups", "logs:DescribeLogGroups"],
    ["DescribeDeliveryStream", "firehose:DescribeDeliveryStream"],
  ])("ends with 2 where AWS denies %s", async (action, permission) => {
    proxy.on(action, refusal(400, "AccessDeniedException"));
    const { exitCode, stderr } = await logGroups();
    expect(exitCode).toBe(2);
    expect(stderr).toContain(`AWS denied ${permission}.`);
  });

  test("ends with 2 where there is no such log group", async () => {
    const { exitCode, stdout, stderr } = await logGroups(
      "--prefix",
      "/nothing/",
      "--prefix",
      "/no",
      "--exclude",
      "x",
      "--format",
      "tfvars",
    );
    expect([exitCode, stdout]).toEqual([2, ""]);
    expect(stderr).toBe(
      "kloudfuse-firehose: There is no log group that begins with /nothing/ or /no, without x in eu-central-1. Choose another --prefix, --exclude or --region.\n",
    );
  });

  test("waits while AWS throttles", async () => {
    await create("/ecs/api");
    let refusals = 3;
    proxy.on("DescribeSubscriptionFilters", async (call, answer) =>
      refusals-- > 0 ? await refusal(400, "ThrottlingException")(call, answer) : await answer(call),
    );
    const { exitCode, json } = await found("--prefix", "/ecs/");
    expect(exitCode).toBe(0);
    expect(statesIn(json)).toEqual({ "/ecs/api": "open" });
  });

  test("has no characters of a terminal in what a log group is called", async () => {
    await create("/ecs/api");
    proxy.on(
      "DescribeLogGroups",
      rewrite((body) => body.replaceAll("/ecs/api", "/ecs/\\u001b[31mapi")),
    );
    const { stdout } = await logGroups("--prefix", "/ecs/");
    expect(stdout).not.toContain("\u001b");
  });
});
