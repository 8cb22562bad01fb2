import { Aws } from "./helpers/aws";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { FakeAccountPolicies } from "./helpers/fake-account-policies";
import { FakeMetricStreams } from "./helpers/fake-metric-streams";
import { FaultProxy } from "./helpers/fault-proxy";
import { Json } from "./helpers/json";
import { policyOutcomes } from "./helpers/policies";
import { TerraformRoot } from "./helpers/terraform";

jest.setTimeout(300_000);

const HOST = "-var=kloudfuse_ingester_host=kfuse.example.com";
const OTHERS = '-var=excluded_log_groups=["/aws/eks/other/cluster"]';

describe("examples/whole-account", () => {
  let emulator: Emulator;
  let proxy: FaultProxy;
  let aws: Aws;
  let metricStreams: FakeMetricStreams;
  let accountPolicies: FakeAccountPolicies;
  let root: TerraformRoot;
  let account: string;

  beforeAll(async () => {
    emulator = await startEmulator();
    proxy = await FaultProxy.start(emulator.endpoint);
    metricStreams = new FakeMetricStreams(proxy);
    accountPolicies = new FakeAccountPolicies(proxy);
    aws = new Aws(emulator);
    root = TerraformRoot.copy("examples/whole-account", proxy.environment(emulator.environment));
    await root.init();
    await root.apply(HOST);
    account = await aws.accountId();
  });

  afterAll(async () => {
    root.remove();
    await Promise.all([proxy.stop(), emulator.stop()]);
  });

  it("is valid", async () => {
    expect((await root.validate()).at("diagnostics").value).toEqual([]);
  });

  it("leaves nothing for the second plan to do", async () => {
    expect(await root.planHasChanges(HOST)).toBe(false);
  });

  it("follows every policy at the second plan", async () => {
    expect(await policyOutcomes(root, HOST)).toEqual([]);
  });

  it("streams all metrics but the excluded ones", () => {
    expect(metricStreams.configurationOf("kloudfuse-metrics")).toMatchObject({
      OutputFormat: "json",
      ExcludeFilters: expect.arrayContaining([{ Namespace: "AWS/EBS" }, { Namespace: "AWS/Usage" }]) as unknown,
    });
    expect(metricStreams.configurationOf("kloudfuse-metrics")).not.toHaveProperty("IncludeFilters");
  });

  it("subscribes every log group but the excluded ones and the error log group", () => {
    expect(accountPolicies.policy).toMatchObject({
      policyName: "kloudfuse-logs",
      policyType: "SUBSCRIPTION_FILTER_POLICY",
      selectionCriteria:
        'LogGroupName NOT IN ["/aws/containerinsights/kloudfuse/application","/aws/eks/kloudfuse/cluster","/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs"]',
    });
    expect(Json.parse(String(accountPolicies.policy?.["policyDocument"])).value).toEqual({
      DestinationArn: `arn:aws:firehose:us-east-1:${account}:deliverystream/kloudfuse-logs`,
      FilterPattern: "",
      RoleArn: `arn:aws:iam::${account}:role/KloudfuseFirehoseRole`,
    });
  });

  it("creates the account policy after both delivery streams and the role's policies", () => {
    expect(accountPolicies.callsBeforePut["CreateDeliveryStream"]).toBe(2);
    expect(accountPolicies.callsBeforePut["PutRolePolicy"]).toBeGreaterThanOrEqual(2);
  });

  it("replaces the account policy when the excluded log groups change", async () => {
    expect(await root.plannedChanges(HOST, OTHERS)).toEqual([
      { address: "module.kloudfuse.aws_cloudwatch_log_account_policy.account[0]", actions: ["delete", "create"] },
    ]);
    await root.apply(HOST, OTHERS);
    expect(accountPolicies.deletions).toBe(1);
    expect(accountPolicies.policy).toMatchObject({
      selectionCriteria:
        'LogGroupName NOT IN ["/aws/eks/other/cluster","/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs"]',
    });
    expect(await root.planHasChanges(HOST, OTHERS)).toBe(false);
  });

  it("leaves nothing when it is destroyed", async () => {
    await root.destroy(HOST);
    expect(metricStreams.names).toEqual([]);
    expect(accountPolicies.policy).toBeUndefined();
    expect(await aws.everything()).toEqual({ streams: [], roles: [], buckets: [], logGroups: [] });
  });
});
