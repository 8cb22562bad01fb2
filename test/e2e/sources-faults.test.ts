import {
  CloudWatchClient,
  GetMetricStreamCommand,
  StartMetricStreamsCommand,
  StopMetricStreamsCommand,
} from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  DeleteAccountPolicyCommand,
  PutAccountPolicyCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { join } from "node:path";
import { linesOf, remedyOf } from "./helpers/checks";
import { runCli } from "./helpers/cli";
import { type Emulator, REGION, startEmulator } from "./helpers/emulator";
import { FakeAccountPolicies } from "./helpers/fake-account-policies";
import { FakeMetricStreams } from "./helpers/fake-metric-streams";
import { FaultProxy, refusal, times } from "./helpers/fault-proxy";
import { outputOf, unwrapped } from "./helpers/run";
import { TerraformRoot } from "./helpers/terraform";

jest.setTimeout(300_000);

const NOT_DELIVERED =
  "Could not deliver test message to specified Firehose stream. Check if the given Firehose stream is in ACTIVE state.";
const NOT_ASSUMABLE = "The role cannot be assumed by the metric stream.";
const NO_PERMISSION =
  "Could not deliver test message. Make sure you have given CloudWatch Logs permission to assume the provided role.";

/** The bucket is of another root: no lifecycle configuration, which takes the provider about 55 seconds. */
const ROOT = `
# CloudWatch Logs answers that a limit is exceeded, and the provider tries again 25 times.
provider "aws" {
  max_retries = 2
}

variable "namespaces" {
  type    = list(string)
  default = ["AWS/EC2"]
}

variable "log_groups" {
  type    = set(string)
  default = ["api"]
}

resource "aws_cloudwatch_log_group" "app" {
  for_each = var.log_groups

  name = "/ecs/\${each.key}"
}

module "kloudfuse" {
  source = "../../terraform/kloudfuse-firehose"

  kloudfuse_ingester_host       = "kfuse.example.com"
  create_backup_bucket          = false
  backup_bucket_arn             = "arn:aws:s3:::central"
  create_metric_stream          = true
  metric_stream_include_filters = { for namespace in var.namespaces : namespace => [] }
  tags                          = { team = "platform" }
  log_groups                    = { for name, group in aws_cloudwatch_log_group.app : name => group.name }
  subscribe_account             = true
  account_excluded_log_groups   = ["/ecs/api", "/ecs/orders"]
}
`;

const ORDERS = '-var=log_groups=["api","orders"]';
const FILTER = "PutSubscriptionFilter";
const MORE = '-var=namespaces=["AWS/EC2","AWS/S3"]';
const POLICY = "module.kloudfuse.aws_cloudwatch_log_account_policy.account[0]";
const STREAM = "module.kloudfuse.aws_cloudwatch_metric_stream.metric_stream[0]";

describe("sources that AWS refuses", () => {
  let emulator: Emulator;
  let proxy: FaultProxy;
  let metricStreams: FakeMetricStreams;
  let accountPolicies: FakeAccountPolicies;
  let root: TerraformRoot;
  let cloudWatch: CloudWatchClient;
  let logs: CloudWatchLogsClient;

  beforeAll(async () => {
    emulator = await startEmulator();
    proxy = await FaultProxy.start(emulator.endpoint);
    metricStreams = new FakeMetricStreams(proxy);
    accountPolicies = new FakeAccountPolicies(proxy);
    const settings = { endpoint: proxy.endpoint, region: REGION, credentials: emulator.credentials };
    cloudWatch = new CloudWatchClient(settings);
    logs = new CloudWatchLogsClient(settings);
    root = TerraformRoot.write(ROOT, proxy.environment(emulator.environment));
    await root.init();
  });

  afterAll(async () => {
    root.remove();
    await Promise.all([proxy.stop(), emulator.stop()]);
  });

  const failure = async (...options: readonly string[]): Promise<string> => {
    const { exitCode, stderr } = await root.run("apply", "-auto-approve", ...options);
    expect(exitCode).toBe(1);
    return unwrapped(stderr);
  };

  it("fails where the provider does not retry, and creates the filter after it retried", async () => {
    proxy.on(FILTER, times(2, refusal(400, "InvalidParameterException", NOT_DELIVERED)));
    accountPolicies.refuseNextPut("InvalidParameterException", NOT_DELIVERED);
    metricStreams.refuseNextPut("InvalidParameterValue", NOT_ASSUMABLE);
    const stderr = await failure();
    expect(stderr).toContain(NOT_DELIVERED);
    expect(stderr).toContain(NOT_ASSUMABLE);
    expect(proxy.count(FILTER)).toBe(3);
    expect(stderr).not.toContain("aws_cloudwatch_log_subscription_filter");
  });

  it("fails while the role of the account policy cannot be assumed", async () => {
    accountPolicies.refuseNextPut("ValidationException", NO_PERMISSION);
    metricStreams.refuseNextPut("InvalidParameterValue", NOT_ASSUMABLE);
    expect(await failure()).toContain(NO_PERMISSION);
  });

  it("fails while the account has another account-level subscription", async () => {
    const other = { policyName: "other", policyType: "SUBSCRIPTION_FILTER_POLICY" } as const;
    await logs.send(new PutAccountPolicyCommand({ ...other, policyDocument: "{}" }));
    metricStreams.refuseNextPut("InvalidParameterValue", NOT_ASSUMABLE);
    expect(await failure()).toContain("LimitExceededException: Resource limit exceeded.");
    await logs.send(new DeleteAccountPolicyCommand(other));
  });

  it("creates the rest with the next apply, and leaves nothing for the plan after it", async () => {
    expect((await root.plannedChanges()).map(({ address }) => address).sort()).toEqual([POLICY, STREAM]);
    await root.apply();
    expect(metricStreams.tagsOf("kloudfuse-metrics")).toEqual({ team: "platform" });
    expect(await root.planHasChanges()).toBe(false);
  });

  it("fails at once where the role of a filter cannot be assumed, and retries where AWS asks for it", async () => {
    proxy.on(FILTER, refusal(400, "ValidationException", NO_PERMISSION));
    const before = proxy.count(FILTER);
    expect(await failure(ORDERS)).toContain(NO_PERMISSION);
    expect(proxy.count(FILTER)).toBe(before + 1);
    proxy.on(FILTER, times(1, refusal(400, "OperationAbortedException", "Please try again")));
    await root.apply(ORDERS);
    expect(proxy.count(FILTER)).toBe(before + 3);
    expect(await root.planHasChanges(ORDERS)).toBe(false);
    await root.apply();
  });

  it("changes the filters of metrics in place", async () => {
    expect(await root.plannedChanges(MORE)).toEqual([{ address: STREAM, actions: ["update"] }]);
    await root.apply(MORE);
    const { IncludeFilters, State } = await cloudWatch.send(new GetMetricStreamCommand({ Name: "kloudfuse-metrics" }));
    expect(IncludeFilters?.map(({ Namespace }) => Namespace).sort()).toEqual(["AWS/EC2", "AWS/S3"]);
    expect(State).toBe("running");
    expect(await root.planHasChanges(MORE)).toBe(false);
  });

  it("cannot change a stopped metric stream until it is started", async () => {
    const names = { Names: ["kloudfuse-metrics"] };
    await cloudWatch.send(new StopMetricStreamsCommand(names));
    expect(metricStreams.stateOf("kloudfuse-metrics")).toBe("stopped");
    expect(await failure()).toMatch(/running/);
    await cloudWatch.send(new StartMetricStreamsCommand(names));
    await root.apply();
    expect(await root.planHasChanges()).toBe(false);
  });

  it("does not see filters of metrics that were removed outside of it", async () => {
    metricStreams.removeFilters("kloudfuse-metrics");
    await root.apply();
    expect(await root.planHasChanges()).toBe(false);
  });

  it("has the removed filters in its state, with which verify compares, and restores them with what verify says", async () => {
    const check = async (): Promise<string[]> => {
      const state = join(root.folder, "state.json");
      root.write("state.json", outputOf("terraform show", await root.run("show", "-json")));
      const options = ["--signal", "metrics", "--state", state, "--format", "json"];
      const ended = await runCli(["verify", ...options], proxy.environment(emulator.environment));
      const remedy = remedyOf(ended, "metric stream kloudfuse-metrics", "filters");
      return [...linesOf(ended, "ok", "problem").filter((line) => line.includes("| filters |")), remedy];
    };
    const [found, remedy = ""] = await check();
    expect(found).toBe(
      "problem | metric stream kloudfuse-metrics | filters | all namespaces; deployed, but missing: include AWS/EC2",
    );
    const replace = `-replace='${STREAM}'`;
    expect(remedy).toContain(`terraform apply ${replace}`);
    await root.apply(`-replace=${STREAM}`);
    expect(await check()).toEqual([
      "ok | metric stream kloudfuse-metrics | filters | 1 namespace: AWS/EC2, as deployed",
      "",
    ]);
  });
});
