import { Aws } from "./helpers/aws";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { Json } from "./helpers/json";
import { policyOutcomes } from "./helpers/policies";
import { TerraformRoot } from "./helpers/terraform";

jest.setTimeout(300_000);

const VARIABLES = ["-var=kloudfuse_ingester_host=kfuse.example.com", "-var=bucket_name=telemetry-failures"];
const STREAMS = ["kloudfuse-metrics", "kloudfuse-logs"];

describe("examples/existing-role-and-bucket", () => {
  let emulator: Emulator;
  let aws: Aws;
  let root: TerraformRoot;
  let roleArn: string;

  beforeAll(async () => {
    emulator = await startEmulator();
    aws = new Aws(emulator);
    root = TerraformRoot.copy("examples/existing-role-and-bucket", emulator.environment);
    await root.init();
    await root.apply(...VARIABLES);
    roleArn = `arn:aws:iam::${await aws.accountId()}:role/observability/telemetry-delivery`;
  });

  afterAll(async () => {
    root.remove();
    await emulator.stop();
  });

  it("is valid", async () => {
    expect((await root.validate()).at("diagnostics").value).toEqual([]);
  });

  it("leaves nothing for the second plan to do", async () => {
    expect(await root.planHasChanges(...VARIABLES)).toBe(false);
  });

  it("follows every policy at the second plan", async () => {
    expect(await policyOutcomes(root, ...VARIABLES)).toEqual([]);
  });

  it("makes no role and no bucket beside the caller's", async () => {
    const { roles, buckets, streams } = await aws.everything();
    expect({ roles, buckets, streams }).toEqual({
      roles: ["telemetry-delivery"],
      buckets: ["telemetry-failures"],
      streams: ["kloudfuse-logs", "kloudfuse-metrics"],
    });
  });

  it("gives the caller's role two inline policies, named by region and stream", async () => {
    const { inlinePolicies, attachedPolicies } = await aws.role("telemetry-delivery");
    expect(Object.keys(inlinePolicies).sort()).toEqual([
      "KloudfuseFirehoseDelivery-us-east-1-kloudfuse-metrics",
      "KloudfuseFirehosePermissions-us-east-1-kloudfuse-metrics",
    ]);
    expect(attachedPolicies).toEqual([]);
  });

  it("lets the role write to the caller's bucket", async () => {
    const { inlinePolicies } = await aws.role("telemetry-delivery");
    const policy = new Json(inlinePolicies["KloudfuseFirehoseDelivery-us-east-1-kloudfuse-metrics"]);
    expect(policy.at("Statement").value).toContainEqual({
      Sid: "BackUpFailedData",
      Effect: "Allow",
      Action: ["s3:PutObject", "s3:GetObject", "s3:AbortMultipartUpload"],
      Resource: STREAMS.map((name) => `arn:aws:s3:::telemetry-failures/${name}-failures/*`),
    });
  });

  it.each(STREAMS)("delivers %s with the caller's role and into the caller's bucket", async (name) => {
    const { http } = await aws.stream(name);
    expect(http.RoleARN).toBe(roleArn);
    expect(http.S3DestinationDescription).toMatchObject({
      RoleARN: roleArn,
      BucketARN: "arn:aws:s3:::telemetry-failures",
    });
  });

  it("outputs what it was given", async () => {
    const output = await root.output("kloudfuse");
    expect(output.value).toMatchObject({
      role_arn: roleArn,
      role_name: "telemetry-delivery",
      backup_bucket_arn: "arn:aws:s3:::telemetry-failures",
      backup_bucket_name: "telemetry-failures",
    });
  });

  it("leaves nothing when it is destroyed", async () => {
    await root.destroy(...VARIABLES);
    expect(await aws.everything()).toEqual({ streams: [], roles: [], buckets: [], logGroups: [] });
  });
});
