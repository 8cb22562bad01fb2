import { CreateBucketCommand, S3Client } from "@aws-sdk/client-s3";
import { Aws } from "./helpers/aws";
import { type Emulator, REGION, startEmulator } from "./helpers/emulator";
import { Workstation } from "./helpers/workstation";

jest.setTimeout(300_000);

const HOST = ["--var", "kloudfuse_ingester_host=kfuse.example.com"];
const STATE_BUCKET = "kloudfuse-firehose-states";
const STATE_KEY = "production/kloudfuse-firehose.tfstate";
const S3_BACKEND = {
  KLOUDFUSE_FIREHOSE_BACKEND: "s3",
  KLOUDFUSE_FIREHOSE_BACKEND_BUCKET: STATE_BUCKET,
  KLOUDFUSE_FIREHOSE_BACKEND_KEY: STATE_KEY,
  KLOUDFUSE_FIREHOSE_BACKEND_REGION: REGION,
};

describe("the S3 backend", () => {
  let emulator: Emulator;
  let aws: Aws;
  let workstation: Workstation;

  beforeAll(async () => {
    emulator = await startEmulator();
    aws = new Aws(emulator);
    const s3 = new S3Client({ ...emulator, region: REGION, forcePathStyle: true });
    await s3.send(new CreateBucketCommand({ Bucket: STATE_BUCKET }));
    workstation = new Workstation(emulator.environment);
    await workstation.deploy(HOST);
  });

  afterAll(async () => {
    workstation.remove();
    await emulator.stop();
  });

  it("rejects a deploy until the state is migrated", async () => {
    const { exitCode, output } = await workstation.tryDeploy(HOST, S3_BACKEND);

    expect(exitCode).not.toBe(0);
    expect(output).toContain("Error: Backend configuration changed");
    expect(await aws.objects(STATE_BUCKET)).toEqual([]);
  });

  it("receives the state with cdktf deploy --migrate-state, which changes no resource and keeps the local file", async () => {
    const before = await aws.stream("kloudfuse-metrics");
    const localState = workstation.read("kloudfuse-firehose.tfstate");

    const output = await workstation.deploy([...HOST, "--migrate-state"], S3_BACKEND);

    expect(output).toContain("No changes. Your infrastructure matches the configuration.");
    expect(await aws.stream("kloudfuse-metrics")).toEqual(before);
    expect(await aws.objects(STATE_BUCKET)).toEqual([STATE_KEY]);
    expect(workstation.read("kloudfuse-firehose.tfstate")).toBe(localState);
  });

  it("has nothing to change in the next plan", async () => {
    expect(await workstation.diff(HOST, S3_BACKEND)).toContain(
      "No changes. Your infrastructure matches the configuration.",
    );
  });

  it("lets cdktf destroy remove every resource, and holds no lock afterwards", async () => {
    await workstation.destroy(HOST, S3_BACKEND);

    expect(await aws.everything()).toEqual({ streams: [], roles: [], buckets: [STATE_BUCKET], logGroups: [] });
    expect(await aws.objects(STATE_BUCKET)).toEqual([STATE_KEY]);
  });
});
