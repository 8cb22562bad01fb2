import { Aws } from "./helpers/aws";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { unwrapped } from "./helpers/run";
import { Workstation } from "./helpers/workstation";

jest.setTimeout(300_000);

const HOST = ["--var", "kloudfuse_ingester_host=kfuse.example.com"];
const STREAMS = ["kloudfuse-metrics", "kloudfuse-logs"];
const NOTHING_TO_DO = "No changes. Your infrastructure matches the configuration.";

describe("cdktf deploy over a deployment", () => {
  let emulator: Emulator;
  let aws: Aws;
  let workstation: Workstation;
  let bucket: string;

  beforeAll(async () => {
    emulator = await startEmulator();
    aws = new Aws(emulator);
    workstation = new Workstation(emulator.environment);
    bucket = `kloudfuse-firehose-backup-${await aws.accountId()}-us-east-1`;
    await workstation.deploy(HOST);
  });

  afterAll(async () => {
    workstation.remove();
    await emulator.stop();
  });

  const variables = { TF_VAR_buffering_size_mb: "2", TF_VAR_common_attributes: '{"team":"observability"}' };
  const fromFile = ["--var-file", "interval.tfvars", ...HOST];

  it("changes the buffering in place, from TF_VAR_… and --var-file", async () => {
    const identities = async (): Promise<unknown[]> =>
      await Promise.all(
        STREAMS.map(async (name) => {
          const { DeliveryStreamARN, CreateTimestamp } = (await aws.stream(name)).description;
          return { DeliveryStreamARN, CreateTimestamp };
        }),
      );
    const before = await identities();
    workstation.write("interval.tfvars", "buffering_interval_seconds = 15\nlogs_buffering_size_mb = 1\n");

    const output = await workstation.deploy(fromFile, variables);

    expect(output).toContain("Plan: 0 to add, 2 to change, 0 to destroy.");
    expect((await aws.stream("kloudfuse-metrics")).http).toMatchObject({
      BufferingHints: { SizeInMBs: 2, IntervalInSeconds: 15 },
      RequestConfiguration: { CommonAttributes: [{ AttributeName: "team", AttributeValue: "observability" }] },
    });
    expect((await aws.stream("kloudfuse-logs")).http).toMatchObject({
      BufferingHints: { SizeInMBs: 1, IntervalInSeconds: 15 },
    });
    expect(await identities()).toEqual(before);
    expect(await workstation.diff(fromFile, variables)).toContain(NOTHING_TO_DO);
  });

  it("heals what was changed behind its back", async () => {
    const whole = await aws.bucketPublicAccess(bucket);
    await aws.deletePublicAccessBlock(bucket);
    await aws.updateStream("kloudfuse-metrics", { BufferingHints: { SizeInMBs: 9, IntervalInSeconds: 900 } });
    await expect(aws.bucketPublicAccess(bucket)).rejects.toThrow();

    await workstation.deploy(HOST);

    expect(await aws.bucketPublicAccess(bucket)).toEqual(whole);
    for (const name of STREAMS) {
      expect((await aws.stream(name)).http.BufferingHints).toEqual({ SizeInMBs: 4, IntervalInSeconds: 60 });
    }
    expect(await workstation.diff(HOST)).toContain(NOTHING_TO_DO);
  });

  it("refuses bad input and changes nothing", async () => {
    const before = await Promise.all(STREAMS.map((name) => aws.stream(name)));

    const { exitCode, output } = await workstation.tryDeploy([
      ...HOST,
      "--var",
      "buffering_size_mb=65",
      "--var",
      "aws_region=Frankfurt",
    ]);

    expect(exitCode).not.toBe(0);
    expect(unwrapped(output)).toContain("buffering_size_mb must be a whole number from 1 to 64, got 65.");
    expect(unwrapped(output)).toContain(
      'aws_region must be the code of an AWS region, such as eu-west-1, got "Frankfurt".',
    );
    expect(await Promise.all(STREAMS.map((name) => aws.stream(name)))).toEqual(before);
  });

  it("destroys the stream of a signal that is switched off, and ends with 0", async () => {
    const output = await workstation.deploy([...HOST, "--var", "create_metrics_stream=false"]);

    expect(output).toContain("Apply complete!");
    expect((await aws.everything())["streams"]).toEqual(["kloudfuse-logs"]);
  });
});
