import { judge } from "../../policies";
import { readPlan } from "../../policies/plan";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { outputOf } from "./helpers/run";
import { TerraformRoot } from "./helpers/terraform";

jest.setTimeout(300_000);

const HOST = "-var=kloudfuse_ingester_host=kfuse.example.com";
const MODULE = "module.kloudfuse";
const STREAM = `${MODULE}.aws_kinesis_firehose_delivery_stream.metrics`;
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

  const findings = async (...options: readonly string[]): Promise<string[]> => {
    outputOf("terraform plan", await root.run("plan", "-out=plan", HOST, ...options));
    const plan = readPlan(outputOf("terraform show", await root.run("show", "-json", "plan")));
    return judge(plan).flatMap(({ policy, outcomes }) =>
      outcomes.map(({ kind, address, found }) => `${policy.id} ${kind} ${address}: ${found}`),
    );
  };

  it("all pass when there is nothing to do", async () => {
    expect(await findings()).toEqual([]);
  });

  it.each([
    ["a stream", STREAM, `KFF-CHG-001 finding ${STREAM}: it is replaced`],
    ["the role", ROLE, `KFF-CHG-002 finding ${ROLE}: it is replaced`],
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
});
