import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { type App, LocalBackend, TerraformOutput, TerraformStack, TerraformVariable } from "cdktf";
import { BackupBucket, DeliveryRole, KloudfuseFirehose } from "../../modules";
import { inApp } from "../helpers/synth";
import { Aws } from "./helpers/aws";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { unwrapped } from "./helpers/run";
import { TerraformRoot } from "./helpers/terraform";

jest.setTimeout(300_000);

/** A stack as a user of CDKTF writes it: two regions, a role of its own, a producer, tokens. */
class ForeignStack extends TerraformStack {
  public constructor(app: App, id: string) {
    super(app, id);
    new LocalBackend(this, { path: "foreign.tfstate" });
    new AwsProvider(this, "aws", { region: "us-east-1" });
    const eu = new AwsProvider(this, "eu", { alias: "eu", region: "eu-west-1" });
    const host = new TerraformVariable(this, "host", { type: "string" }).stringValue;
    const size = new TerraformVariable(this, "size", { type: "number", default: 4 }).numberValue;
    const percent = new TerraformVariable(this, "percent", { type: "number", default: 0 }).numberValue;
    const role = new DeliveryRole(this, "role", { rolePath: "/observability/" });
    const us = new KloudfuseFirehose(this, "us", {
      kloudfuseIngesterHost: host,
      bufferingSizeMb: size,
      role,
      // Of another root: no lifecycle configuration, which takes the provider about 55 seconds.
      backupBucket: BackupBucket.fromBucketArn(this, "bucket", "arn:aws:s3:::central"),
      backupPrefix: "us-east-1/",
      alarms: { quotaPercent: percent },
      dashboard: {},
    });
    const euFirehose = new KloudfuseFirehose(this, "eu_firehose", {
      kloudfuseIngesterHost: host,
      provider: eu,
      signals: ["logs"],
      role: DeliveryRole.fromRoleArn(this, "shared_role", us.role.roleArn, { provider: eu }),
      backupBucket: BackupBucket.fromBucketArn(this, "eu_bucket", "arn:aws:s3:::central", { provider: eu }),
      backupPrefix: "eu-west-1/",
      alarms: { topic: { emails: ["on-call@example.com"] }, okActions: true },
      dashboard: {},
    });
    new TerraformOutput(this, "alarms", { value: us.alarms.alarmNames });
    new TerraformOutput(this, "dashboards", {
      value: [us.dashboard.dashboardName, euFirehose.dashboard.dashboardName],
    });
    const producer = new IamRole(this, "producer", {
      name: "producer",
      assumeRolePolicy: JSON.stringify({ Version: "2012-10-17", Statement: [] }),
    });
    us.metricsStream.grantPutRecords(producer);
  }
}

const NOTHING = { streams: [], roles: [], buckets: [], logGroups: [] };

describe("the construct in a stack that is not this library's", () => {
  let emulator: Emulator;
  let us: Aws;
  let eu: Aws;
  let root: TerraformRoot;

  beforeAll(async () => {
    emulator = await startEmulator();
    us = new Aws(emulator);
    eu = new Aws(emulator, "eu-west-1");
    root = TerraformRoot.empty(emulator.environment);
    inApp((app) => {
      new ForeignStack(app, "foreign");
      app.synth();
      copyFileSync(join(app.outdir, "stacks/foreign/cdk.tf.json"), join(root.folder, "cdk.tf.json"));
    });
    await root.init();
  });

  afterAll(async () => {
    root.remove();
    await emulator.stop();
  });

  it.each([
    [
      ["-var=host=https://bad host/"],
      'kloudfuseIngesterHost must be a DNS name or an IPv4 address, without scheme, port, path or placeholder, got "https://bad host/". Use the host name only,',
    ],
    [["-var=host=kfuse.example.com", "-var=size=65"], "bufferingSizeMb must be a whole number from 1 to 64, got 65."],
  ])("rejects a token at plan, before anything is created: %j", async (options, message) => {
    const { exitCode, stderr } = await root.run("apply", "-auto-approve", ...options);
    expect(exitCode).toBe(1);
    expect(unwrapped(stderr)).toContain(message);
    expect(await us.everything()).toEqual(NOTHING);
  });

  it("deploys to two regions with one role, and leaves nothing for the second plan to do", async () => {
    await root.apply("-var=host=kfuse.example.com");
    expect((await us.everything())["streams"]).toEqual(["kloudfuse-logs", "kloudfuse-metrics"]);
    expect((await eu.everything())["streams"]).toEqual(["kloudfuse-logs"]);
    const { arn, inlinePolicies } = await us.role("KloudfuseFirehoseRole");
    expect(arn).toMatch(/:role\/observability\/KloudfuseFirehoseRole$/);
    expect((await eu.stream("kloudfuse-logs")).http.RoleARN).toBe(arn);
    expect(Object.keys(inlinePolicies).sort()).toEqual([
      "KloudfuseFirehoseDelivery-eu-west-1-kloudfuse-logs",
      "KloudfuseFirehoseDelivery-us-east-1-kloudfuse-metrics",
      "KloudfuseFirehosePermissions-eu-west-1-kloudfuse-logs",
      "KloudfuseFirehosePermissions-us-east-1-kloudfuse-metrics",
    ]);
    expect(await root.planHasChanges("-var=host=kfuse.example.com")).toBe(false);
  });

  it("creates the alarms and the dashboard of each region, without the alarm of a quota at 0", async () => {
    const ids = ["backup-failing", "delivery-failing", "delivery-stalled", "records-backed-up", "throttled"];
    expect((await root.output("alarms")).list.map(({ text }) => text).sort()).toEqual(
      [
        ...ids.flatMap((id) => [`kloudfuse-metrics-${id}`, `kloudfuse-logs-${id}`]),
        "kloudfuse-metrics-request-too-large",
      ].sort(),
    );
    expect((await root.output("dashboards")).value).toEqual([
      "kloudfuse-firehose-us-east-1",
      "kloudfuse-firehose-eu-west-1",
    ]);
  });

  it("lets a producer put records on the one stream that it was granted", async () => {
    const { inlinePolicies } = await us.role("producer");
    expect(inlinePolicies).toEqual({
      "PutRecords-us-east-1-kloudfuse-metrics": {
        Version: "2012-10-17",
        Statement: [
          {
            Sid: "PutRecords",
            Effect: "Allow",
            Action: ["firehose:PutRecordBatch", "firehose:PutRecord"],
            Resource: (await us.stream("kloudfuse-metrics")).description.DeliveryStreamARN,
          },
        ],
      },
    });
  });
});
