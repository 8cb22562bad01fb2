import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { BackupObjects } from "./helpers/backup";
import { runCli, startCli } from "./helpers/cli";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { type FirehoseEndpoint, startFirehoseEndpoint } from "./helpers/firehose-endpoint";
import { Json } from "./helpers/json";
import type { EnvironmentVariables } from "./helpers/run";

const KEY = "s3cr3t-access-key";

describe("kloudfuse-firehose probe", () => {
  let folder = "";
  let endpoint: FirehoseEndpoint;
  let emulator: Emulator;
  let environment: EnvironmentVariables;

  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-probe-"));
    [endpoint, emulator] = await Promise.all([startFirehoseEndpoint({ accessKey: KEY }), startEmulator()]);
    await BackupObjects.make(emulator, `https://${endpoint.host}`);
    const authority = join(folder, "authority.pem");
    writeFileSync(authority, endpoint.authority);
    environment = { ...emulator.environment, NODE_EXTRA_CA_CERTS: authority, KLOUDFUSE_ACCESS_KEY: KEY };
  });

  beforeEach(() => {
    endpoint.reset();
  });

  afterAll(async () => {
    await Promise.all([endpoint.stop(), emulator.stop()]);
    rmSync(folder, { recursive: true, force: true });
  });

  /** Verdict and name of every check that is not ok. */
  const faultsIn = (stdout: string): string[] =>
    Json.parse(stdout)
      .at("checks")
      .list.map((check) => `${check.at("verdict").text} ${check.at("name").text}`)
      .filter((line) => !line.startsWith("ok "));

  test("finds the endpoint of both streams in AWS, and delivers to it as Firehose does", async () => {
    const { exitCode, stdout, stderr } = await runCli(["probe", "--format", "json"], environment);
    expect({ exitCode, stderr, faults: faultsIn(stdout) }).toEqual({
      exitCode: 1,
      stderr: "",
      // Nothing is wrong but where this machine's endpoint is.
      faults: ["problem address", "problem port", "note TLS chain", "note records", "note records"],
    });
    const requests = endpoint.received.filter(({ headers }) => "x-amz-firehose-request-id" in headers);
    expect(requests.map(({ path }) => path).sort()).toEqual(["/ingester/kinesis/logs", "/ingester/kinesis/metrics"]);
    for (const { headers, path } of requests) {
      const { "x-amz-firehose-source-arn": sourceArn, ...others } = headers;
      expect(String(sourceArn).replace(/:\d{12}:/, ":<account>:")).toBe(
        `arn:aws:firehose:us-east-1:<account>:deliverystream/kloudfuse-${path.split("/").at(-1) ?? ""}`,
      );
      expect(others).toMatchObject({
        "content-encoding": "gzip",
        "x-amz-firehose-access-key": KEY,
        "x-amz-firehose-protocol-version": "1.0",
      });
    }
  });

  test("never prints the key, also with Node's own debugging", async () => {
    const { output } = await runCli(["probe"], { ...environment, NODE_DEBUG: "*" });
    expect(output).toContain("createConnection");
    expect(output).not.toContain(KEY);
    expect(endpoint.received.map(({ headers }) => headers["x-amz-firehose-access-key"])).toContain(KEY);
  });

  test("says what an answer breaks, and never the key, which the endpoint repeats", async () => {
    endpoint.behave("echoes its headers");
    const { exitCode, output } = await runCli(["probe", "--signal", "logs"], environment);
    expect(exitCode).toBe(1);
    expect(output).not.toContain(KEY);
    expect(output).not.toContain("\u001b");
  });

  test("asks AWS nothing when it is given a host", async () => {
    const { AWS_ENDPOINT_URL: _, AWS_ACCESS_KEY_ID: __, AWS_SECRET_ACCESS_KEY: ___, ...anonymous } = environment;
    const { exitCode, stdout } = await runCli(["probe", endpoint.host, "--format", "json"], anonymous);
    expect({ exitCode, faults: faultsIn(stdout) }).toEqual({
      exitCode: 1,
      faults: ["problem address", "problem port", "note TLS chain", "note records", "note records"],
    });
  });

  test("ends at once at Ctrl-C", async () => {
    endpoint.behave("slow");
    const running = startCli(["probe", "--signal", "logs"], environment);
    while (endpoint.received.length < 2) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    const start = performance.now();
    running.kill("SIGINT");
    expect(await running.ended).toMatchObject({
      exitCode: 130,
      stderr: "kloudfuse-firehose: Interrupted before the end.\n",
    });
    expect(performance.now() - start).toBeLessThan(1000);
  });
});
