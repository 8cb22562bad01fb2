import { Aws } from "./helpers/aws";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { policyOutcomes } from "./helpers/policies";
import { TerraformRoot } from "./helpers/terraform";

jest.setTimeout(300_000);

const HOST = "-var=kloudfuse_ingester_host=kfuse.example.com";

describe("examples/basic", () => {
  let emulator: Emulator;
  let aws: Aws;
  let root: TerraformRoot;

  beforeAll(async () => {
    emulator = await startEmulator();
    aws = new Aws(emulator);
    root = TerraformRoot.copy("examples/basic", emulator.environment);
    await root.init();
    await root.apply(HOST);
  });

  afterAll(async () => {
    root.remove();
    await emulator.stop();
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

  it("makes everything, and outputs it", async () => {
    const account = await aws.accountId();
    const bucket = `kloudfuse-firehose-backup-${account}-us-east-1`;
    expect(await aws.everything()).toEqual({
      streams: ["kloudfuse-logs", "kloudfuse-metrics"],
      roles: ["KloudfuseFirehoseRole"],
      buckets: [bucket],
      logGroups: ["/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs"],
    });
    const output = await root.output("kloudfuse");
    const policies = ["KloudfuseFirehoseDelivery", "KloudfuseFirehosePermissions"];
    expect(output.at("role_policies").keys.sort()).toEqual(policies);
    expect(output.value).toEqual({
      role_arn: (await aws.role("KloudfuseFirehoseRole")).arn,
      role_name: "KloudfuseFirehoseRole",
      role_policies: output.at("role_policies").value,
      backup_bucket_arn: `arn:aws:s3:::${bucket}`,
      backup_bucket_name: bucket,
      metrics_stream_arn: (await aws.stream("kloudfuse-metrics")).description.DeliveryStreamARN,
      metrics_stream_name: "kloudfuse-metrics",
      metrics_endpoint_url: "https://kfuse.example.com/ingester/kinesis/metrics",
      logs_stream_arn: (await aws.stream("kloudfuse-logs")).description.DeliveryStreamARN,
      logs_stream_name: "kloudfuse-logs",
      logs_endpoint_url: "https://kfuse.example.com/ingester/kinesis/logs",
      error_log_group_name: "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs",
      metric_stream_arn: null,
      metric_stream_name: null,
      metric_stream_role_arn: null,
      subscribed_log_group_names: [],
      alarm_topic_arn: null,
      alarm_names: [],
      dashboard_name: null,
    });
  });

  it("leaves nothing when it is destroyed", async () => {
    await root.destroy(HOST);
    expect(await aws.everything()).toEqual({ streams: [], roles: [], buckets: [], logGroups: [] });
  });
});
