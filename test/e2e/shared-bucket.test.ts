import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { failedKey, failedLine, gzipObject } from "../fixtures/failed-records";
import { BackupObjects } from "./helpers/backup";
import { runCli } from "./helpers/cli";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { Json } from "./helpers/json";
import { Sink } from "./helpers/sink";

const [METRICS, LOGS] = ["kloudfuse-metrics", "kloudfuse-logs"];
const EU = "eu-west-1";
const EU_PREFIX = "eu-west-1/";
const ROOT_REGION = "ap-south-1";
const TAG = "kloudfuse-firehose-replayed";

/** Streams of the same names in several regions, which back up to one bucket. */
describe("deployments that share a bucket", () => {
  let emulator: Emulator;
  let sink: Sink;
  let backup: BackupObjects;
  let state: string;

  beforeEach(async () => {
    [emulator, sink] = await Promise.all([startEmulator(), Sink.start()]);
    backup = await BackupObjects.make(emulator, sink.url);
    const prefixOf = (signal: string): string => `${EU_PREFIX}kloudfuse-${signal}-failures/`;
    await backup.makeStreams(emulator, sink.url, { region: EU, prefixOf });
    state = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-shared-"));
    for (const stream of [METRICS, LOGS]) {
      await backup.put(failedKey(stream, 1), gzipObject([failedLine(`us ${stream}`)]));
      await backup.put(failedKey(stream, 1, EU_PREFIX), gzipObject([failedLine(`eu ${stream}`)]));
    }
  });

  afterEach(async () => {
    await Promise.all([sink.stop(), emulator.stop()]);
    rmSync(state, { recursive: true, force: true });
  });

  const run = async (
    command: string,
    ...options: readonly string[]
  ): Promise<{ exitCode: number | null; json: Json }> => {
    const environment = { ...emulator.environment, XDG_STATE_HOME: state };
    const { exitCode, stdout } = await runCli([command, "--format", "json", ...options], environment);
    return { exitCode, json: Json.parse(stdout) };
  };
  const textsOf = ({ json }: { readonly json: Json }): string[] =>
    json.at("records").list.map((record) => record.at("payload", "text").text);

  test("failures shows each deployment its own records and no others", async () => {
    expect(textsOf(await run("failures"))).toEqual([`us ${METRICS}`, `us ${LOGS}`]);
    expect(textsOf(await run("failures", "--region", EU))).toEqual([`eu ${METRICS}`, `eu ${LOGS}`]);
  });

  test("replay resends and marks each deployment's own objects and no others", async () => {
    expect((await run("replay", "--region", EU)).exitCode).toBe(0);
    expect(Object.fromEntries(sink.delivered)).toEqual({ [`eu ${METRICS}`]: 1, [`eu ${LOGS}`]: 1 });
    expect(await backup.tagsOf(failedKey(LOGS, 1))).toEqual({});
    expect(Object.keys(await backup.tagsOf(failedKey(LOGS, 1, EU_PREFIX)))).toEqual([TAG]);

    expect((await run("replay")).exitCode).toBe(0);
    expect(Object.fromEntries(sink.delivered)).toEqual({
      [`eu ${METRICS}`]: 1,
      [`eu ${LOGS}`]: 1,
      [`us ${METRICS}`]: 1,
      [`us ${LOGS}`]: 1,
    });
  });

  test("replay deletes no object of another deployment", async () => {
    expect((await run("replay", "--region", EU, "--delete-replayed")).exitCode).toBe(0);
    expect(await backup.keys()).toEqual([failedKey(LOGS, 1), failedKey(METRICS, 1)]);
  });

  test("a deployment without any prefix takes its own objects, and ignores the others' under their prefixes", async () => {
    await backup.makeStreams(emulator, sink.url, { region: ROOT_REGION, prefixOf: () => "" }, ["logs"]);
    const own = `http-endpoint-failed/2026/11/23/06/${failedKey(LOGS, 1).split("/").at(-1) ?? ""}`;
    await backup.put(own, gzipObject([failedLine("root")]));
    const failures = await run("failures", "--region", ROOT_REGION);
    expect(textsOf(failures)).toEqual(["root"]);
    expect(failures.json.at("foreignObjects").value).toBe(4);
    expect((await run("replay", "--region", ROOT_REGION)).exitCode).toBe(0);
    expect(Object.fromEntries(sink.delivered)).toEqual({ root: 1 });
  });

  test("verify accepts both prefixes, and notes that the bucket is in another region", async () => {
    const linesOf = async (region: string): Promise<string[]> => {
      const { json } = await run("verify", "--region", region);
      return json
        .at("checks")
        .list.map((check) => ["verdict", "subject", "name", "found"].map((key) => check.at(key).text).join(" | "))
        .filter((line) => / \| (backup prefix|region) \| /.test(line));
    };
    expect(await linesOf("us-east-1")).toEqual([
      "ok | kloudfuse-metrics | backup prefix | kloudfuse-metrics-failures/",
      "ok | kloudfuse-logs | backup prefix | kloudfuse-logs-failures/",
      "ok | bucket kloudfuse-backup | region | us-east-1",
    ]);
    expect(await linesOf(EU)).toEqual([
      "ok | kloudfuse-metrics | backup prefix | eu-west-1/kloudfuse-metrics-failures/",
      "ok | kloudfuse-logs | backup prefix | eu-west-1/kloudfuse-logs-failures/",
      "note | bucket kloudfuse-backup | region | us-east-1, but the streams are in eu-west-1",
    ]);
  });

  test("failures and replay need no option where only one signal is deployed", async () => {
    await backup.makeStreams(
      emulator,
      sink.url,
      { region: ROOT_REGION, prefixOf: () => "ap/kloudfuse-logs-failures/" },
      ["logs"],
    );
    await backup.put(failedKey(LOGS, 1, "ap/"), gzipObject([failedLine("ap")]));
    expect(textsOf(await run("failures", "--region", ROOT_REGION))).toEqual(["ap"]);
    const { exitCode, json } = await run("replay", "--region", ROOT_REGION);
    expect({ exitCode, streams: json.at("streams").list.map((stream) => stream.at("stream").text) }).toEqual({
      exitCode: 0,
      streams: [LOGS],
    });
  });
});
