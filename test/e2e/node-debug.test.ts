import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { failedKey, failedLine, gzipObject } from "../fixtures/failed-records";
import { BackupObjects } from "./helpers/backup";
import { runCli } from "./helpers/cli";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { fakeSources } from "./helpers/fake-sources";
import { FaultProxy } from "./helpers/fault-proxy";
import { Region, SECRET } from "./helpers/region";
import { Sink } from "./helpers/sink";

/** What signs the requests; the emulator takes any. */
const SECRET_ACCESS_KEY = "not-to-be-printed-either";
const DEBUG = { NODE_DEBUG: "http,https,tls,net", AWS_SECRET_ACCESS_KEY: SECRET_ACCESS_KEY };
/** What Node prints of a request. */
const DEBUGGED = /^HTTP \d+: /m;

/** Node prints what it knows of each request: nothing of it may be a secret. */
describe("with Node's own debugging", () => {
  let emulator: Emulator;
  let proxy: FaultProxy;
  let state: string;

  beforeEach(async () => {
    emulator = await startEmulator();
    proxy = await FaultProxy.start(emulator.endpoint);
    state = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-debug-"));
  });

  afterEach(async () => {
    await Promise.all([proxy.stop(), emulator.stop()]);
    rmSync(state, { recursive: true, force: true });
  });

  const secretsIn = (output: string): string[] =>
    [SECRET, SECRET_ACCESS_KEY].filter((secret) => output.includes(secret));

  test("verify prints neither the stream's access key nor that of its secret", async () => {
    fakeSources(proxy);
    const { endpoint, credentials } = emulator;
    const sts = new STSClient({ endpoint, credentials, region: "us-east-1" });
    const { Account = "" } = await sts.send(new GetCallerIdentityCommand());
    const region = new Region(emulator, Account, "eu-central-1");
    await region.deploy();
    const { output } = await runCli(["verify"], { ...proxy.environment(region.environment), ...DEBUG });
    expect(output).toMatch(DEBUGGED);
    expect(proxy.count("DescribeDeliveryStream")).toBe(2);
    expect(secretsIn(output)).toEqual([]);
  });

  test.each(["failures", "replay"])("%s prints neither the stream's access key nor the caller's", async (command) => {
    const sink = await Sink.start();
    const backup = await BackupObjects.make(emulator, sink.url, SECRET);
    await backup.put(failedKey("kloudfuse-logs", 1), gzipObject([failedLine("a record")]));
    const { output } = await runCli([command, "--signal", "logs"], {
      ...proxy.environment(emulator.environment),
      ...DEBUG,
      XDG_STATE_HOME: state,
    });
    await sink.stop();
    expect(output).toMatch(DEBUGGED);
    expect(output).toMatch(/1 (?:failed record|record accepted)/);
    expect(secretsIn(output)).toEqual([]);
  });
});
