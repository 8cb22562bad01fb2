import { Aws } from "./helpers/aws";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { unwrapped } from "./helpers/run";
import { Workstation } from "./helpers/workstation";

jest.setTimeout(300_000);

const HOST = ["--var", "kloudfuse_ingester_host=kfuse.example.com"];
const FORCE = [...HOST, "--var", "backup_force_destroy=true"];

describe("cdktf destroy", () => {
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
    await aws.putFailedData(bucket, "kloudfuse-metrics-failures/http-endpoint-failed/2026/01/01/00/batch.gz");
  });

  afterAll(async () => {
    workstation.remove();
    await emulator.stop();
  });

  it("ends with the way to set the host when it is not set, instead of asking where nobody sees it", async () => {
    const { exitCode, output } = await workstation.tryDestroy([]);

    expect(exitCode).not.toBe(0);
    expect(unwrapped(output)).toContain("kloudfuse_ingester_host is required, got null. Set it with --var ");
    expect((await aws.everything())["streams"]).toEqual(["kloudfuse-logs", "kloudfuse-metrics"]);
  });

  it("is refused while the bucket holds failed data, which it keeps", async () => {
    const { exitCode, output } = await workstation.tryDestroy(HOST);

    expect(exitCode).not.toBe(0);
    expect(output).toContain("BucketNotEmpty");
    expect(await aws.objects(bucket)).toEqual([
      "kloudfuse-metrics-failures/http-endpoint-failed/2026/01/01/00/batch.gz",
    ]);
  });

  it("leaves nothing once backup_force_destroy was deployed", async () => {
    await workstation.deploy(FORCE);
    expect((await aws.everything())["streams"]).toEqual(["kloudfuse-logs", "kloudfuse-metrics"]);

    await workstation.destroy(FORCE);

    expect(await aws.everything()).toEqual({ streams: [], roles: [], buckets: [], logGroups: [] });
  });
});
