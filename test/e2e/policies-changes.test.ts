import { Aws } from "./helpers/aws";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { policyOutcomes } from "./helpers/policies";
import { TerraformRoot } from "./helpers/terraform";

jest.setTimeout(300_000);

const HOST = "-var=kloudfuse_ingester_host=kfuse.example.com";
const MODULE = "module.kloudfuse";
const STREAM = `${MODULE}.aws_kinesis_firehose_delivery_stream.metrics[0]`;
const ROLE = `${MODULE}.aws_iam_role.delivery[0]`;
const BUCKET = `${MODULE}.aws_s3_bucket.backup[0]`;

describe("the policies on plans that change what is deployed", () => {
  let emulator: Emulator;
  let root: TerraformRoot;

  beforeAll(async () => {
    emulator = await startEmulator();
    root = TerraformRoot.copy("examples/basic", emulator.environment);
    await root.init();
    await root.apply(HOST);
  });

  afterAll(async () => {
    root.remove();
    await emulator.stop();
  });

  const findings = async (...options: readonly string[]): Promise<string[]> =>
    await policyOutcomes(root, HOST, ...options);

  it("all pass when there is nothing to do", async () => {
    expect(await findings()).toEqual([]);
  });

  it.each([
    ["a stream", STREAM, `KFF-CHG-001 finding ${STREAM}: it is replaced`],
    [
      "the role",
      ROLE,
      `KFF-CHG-002 finding ${ROLE}: it is replaced with the inline policies KloudfuseFirehoseDelivery, KloudfuseFirehosePermissions, not destroyed by this plan`,
    ],
    ["the bucket", BUCKET, `KFF-CHG-003 finding ${BUCKET}: it is replaced`],
  ])("find that %s is replaced", async (_what, address, finding) => {
    expect(await findings(`-replace=${address}`)).toEqual([finding]);
  });

  it("find everything that a destroy takes away", async () => {
    const found = await findings("-destroy");
    expect(found.filter((line) => line.startsWith("KFF-CHG"))).toEqual([
      `KFF-CHG-001 finding ${STREAM.replace("metrics", "logs")}: it is destroyed`,
      `KFF-CHG-001 finding ${STREAM}: it is destroyed`,
      `KFF-CHG-002 finding ${ROLE}: it is destroyed`,
      `KFF-CHG-003 finding ${BUCKET}: it is destroyed`,
    ]);
  });

  it("name the inline policies of other regions that go with the role", async () => {
    const others = ["KloudfuseFirehoseDelivery", "KloudfuseFirehosePermissions"].map(
      (name) => `${name}-eu-west-1-kloudfuse-metrics`,
    );
    const aws = new Aws(emulator);
    for (const name of others) {
      await aws.putRolePolicy("KloudfuseFirehoseRole", name);
    }
    const found = await findings("-destroy");
    expect(found.filter((line) => line.startsWith("KFF-CHG-002"))).toEqual([
      `KFF-CHG-002 finding ${ROLE}: it is destroyed with the inline policies ${others.join(", ")}, not destroyed by this plan`,
    ]);
  });
});
