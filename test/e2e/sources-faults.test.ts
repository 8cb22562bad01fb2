import {
  CloudWatchClient,
  GetMetricStreamCommand,
  StartMetricStreamsCommand,
  StopMetricStreamsCommand,
} from "@aws-sdk/client-cloudwatch";
import { type Emulator, REGION, startEmulator } from "./helpers/emulator";
import { FakeAccountPolicies } from "./helpers/fake-account-policies";
import { FakeMetricStreams } from "./helpers/fake-metric-streams";
import { FaultProxy, refusal, times } from "./helpers/fault-proxy";
import { unwrapped } from "./helpers/run";
import { TerraformRoot } from "./helpers/terraform";

jest.setTimeout(300_000);

const NOT_DELIVERED =
  "Could not deliver test message to specified Firehose stream. Check if the given Firehose stream is in ACTIVE state.";
const NOT_ASSUMABLE = "The role cannot be assumed by the metric stream.";

/** The bucket is of another root: no lifecycle configuration, which takes the provider about 55 seconds. */
const ROOT = `
variable "namespaces" {
  type    = list(string)
  default = ["AWS/EC2"]
}

resource "aws_cloudwatch_log_group" "api" {
  name = "/ecs/api"
}

module "kloudfuse" {
  source = "../../terraform/kloudfuse-firehose"

  kloudfuse_ingester_host       = "kfuse.example.com"
  create_backup_bucket          = false
  backup_bucket_arn             = "arn:aws:s3:::central"
  create_metric_stream          = true
  metric_stream_include_filters = { for namespace in var.namespaces : namespace => [] }
  tags                          = { team = "platform" }
  log_groups                    = { api = aws_cloudwatch_log_group.api.name }
  subscribe_account             = true
  account_excluded_log_groups   = [aws_cloudwatch_log_group.api.name]
}
`;

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

  beforeAll(async () => {
    emulator = await startEmulator();
    proxy = await FaultProxy.start(emulator.endpoint);
    metricStreams = new FakeMetricStreams(proxy);
    accountPolicies = new FakeAccountPolicies(proxy);
    cloudWatch = new CloudWatchClient({
      endpoint: proxy.endpoint,
      region: REGION,
      credentials: emulator.credentials,
    });
    root = TerraformRoot.write(ROOT, { ...proxy.environment(emulator.environment), AWS_MAX_ATTEMPTS: "2" });
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
    proxy.on("PutSubscriptionFilter", times(2, refusal(400, "InvalidParameterException", NOT_DELIVERED)));
    accountPolicies.refuseNextPut("InvalidParameterException", NOT_DELIVERED);
    metricStreams.refuseNextPut("InvalidParameterValue", NOT_ASSUMABLE);
    const stderr = await failure();
    expect(stderr).toContain(NOT_DELIVERED);
    expect(stderr).toContain(NOT_ASSUMABLE);
    expect(proxy.count("PutSubscriptionFilter")).toBe(3);
    expect(stderr).not.toContain("aws_cloudwatch_log_subscription_filter");
  });

  it("creates the rest with the second apply, and leaves nothing for the plan after it", async () => {
    expect((await root.plannedChanges()).map(({ address }) => address).sort()).toEqual([POLICY, STREAM]);
    await root.apply();
    expect(metricStreams.tagsOf("kloudfuse-metrics")).toEqual({ team: "platform" });
    expect(await root.planHasChanges()).toBe(false);
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
    expect(await root.planHasChanges()).toBe(false);
  });
});
