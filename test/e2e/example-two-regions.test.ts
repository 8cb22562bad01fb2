import { Aws } from "./helpers/aws";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { policyOutcomes } from "./helpers/policies";
import { TerraformRoot } from "./helpers/terraform";

jest.setTimeout(300_000);

const HOST = "-var=kloudfuse_ingester_host=kfuse.example.com";
const STREAMS = ["kloudfuse-metrics", "kloudfuse-logs"];

describe("examples/two-regions", () => {
  let emulator: Emulator;
  let us: Aws;
  let eu: Aws;
  let root: TerraformRoot;
  let account: string;

  beforeAll(async () => {
    emulator = await startEmulator();
    us = new Aws(emulator);
    eu = new Aws(emulator, "eu-west-1");
    root = TerraformRoot.copy("examples/two-regions", emulator.environment);
    await root.init();
    await root.apply(HOST);
    account = await us.accountId();
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

  it("makes one role, and streams, a bucket and a log group in each region", async () => {
    const buckets = ["eu-west-1", "us-east-1"].map((region) => `kloudfuse-firehose-backup-${account}-${region}`);
    const expected = {
      streams: ["kloudfuse-logs", "kloudfuse-metrics"],
      roles: ["KloudfuseFirehoseRole"],
      buckets,
      logGroups: ["/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs"],
    };
    expect(await us.everything()).toEqual(expected);
    expect(await eu.everything()).toEqual(expected);
  });

  it.each(STREAMS)("delivers %s of both regions with the one role, into the region's own bucket", async (name) => {
    const role = `arn:aws:iam::${account}:role/KloudfuseFirehoseRole`;
    for (const [region, aws] of [
      ["us-east-1", us],
      ["eu-west-1", eu],
    ] as const) {
      const { description, http } = await aws.stream(name);
      expect(description.DeliveryStreamARN).toBe(`arn:aws:firehose:${region}:${account}:deliverystream/${name}`);
      expect(http.RoleARN).toBe(role);
      expect(http.S3DestinationDescription).toMatchObject({
        RoleARN: role,
        BucketARN: `arn:aws:s3:::kloudfuse-firehose-backup-${account}-${region}`,
      });
    }
  });

  it("keeps both regions' permissions on the role, each for the region's own streams", async () => {
    const { inlinePolicies } = await us.role("KloudfuseFirehoseRole");
    const putRecords = (region: string): unknown => ({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "PutRecords",
          Effect: "Allow",
          Action: ["firehose:PutRecordBatch", "firehose:PutRecord"],
          Resource: STREAMS.map((name) => `arn:aws:firehose:${region}:${account}:deliverystream/${name}`),
        },
      ],
    });
    const delivery = (region: string): unknown => {
      const resources: unknown = expect.arrayContaining([
        expect.objectContaining({ Resource: `arn:aws:s3:::kloudfuse-firehose-backup-${account}-${region}` }),
      ]);
      return expect.objectContaining({ Statement: resources });
    };
    expect(inlinePolicies).toEqual({
      KloudfuseFirehosePermissions: putRecords("us-east-1"),
      "KloudfuseFirehosePermissions-eu-west-1-kloudfuse-metrics": putRecords("eu-west-1"),
      KloudfuseFirehoseDelivery: delivery("us-east-1"),
      "KloudfuseFirehoseDelivery-eu-west-1-kloudfuse-metrics": delivery("eu-west-1"),
    });
  });

  it("leaves nothing in either region when it is destroyed", async () => {
    await root.destroy(HOST);
    const nothing = { streams: [], roles: [], buckets: [], logGroups: [] };
    expect(await us.everything()).toEqual(nothing);
    expect(await eu.everything()).toEqual(nothing);
  });
});
