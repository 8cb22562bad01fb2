import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { failedKey, failedLine, gzipObject } from "../fixtures/failed-records";
import { BackupObjects } from "./helpers/backup";
import { runCli } from "./helpers/cli";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { FaultProxy, refusal } from "./helpers/fault-proxy";
import { Json } from "./helpers/json";
import type { EndedCommand } from "./helpers/run";
import { Sink } from "./helpers/sink";

const LOGS = "kloudfuse-logs";
const TAG = "kloudfuse-firehose-replayed";
const BUCKET = "/kloudfuse-backup";
const [ONE, TWO] = [failedKey(LOGS, 1), failedKey(LOGS, 2)];
const GRANT = "Grant it to the user or role that runs this command.";
const DENIED = refusal(403, "AccessDeniedException");

/** Each call of AWS that a command makes is denied, one after the other. */
describe("where AWS denies one call", () => {
  let emulator: Emulator;
  let proxy: FaultProxy;
  let sink: Sink;
  let backup: BackupObjects;
  let state: string;

  beforeEach(async () => {
    emulator = await startEmulator();
    [proxy, sink] = await Promise.all([FaultProxy.start(emulator.endpoint), Sink.start()]);
    backup = await BackupObjects.make(emulator, sink.url);
    state = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-denied-"));
    await backup.put(ONE, gzipObject([failedLine("one")]));
    await backup.put(TWO, gzipObject([failedLine("two")]));
  });

  afterEach(async () => {
    await Promise.all([proxy.stop(), sink.stop(), emulator.stop()]);
    rmSync(state, { recursive: true, force: true });
  });

  const run = async (command: string, ...options: readonly string[]): Promise<EndedCommand> =>
    await runCli([command, "--signal", "logs", "--format", "json", ...options], {
      ...proxy.environment(emulator.environment),
      XDG_STATE_HOME: state,
    });

  /** Verdict, name and what was found, a line each. */
  const checksOf = ({ stdout }: EndedCommand): string[] =>
    Json.parse(stdout)
      .at("checks")
      .list.map((check) => `${check.at("verdict").text} ${check.at("name").text}: ${check.at("found").text}`);

  describe("failures", () => {
    test("makes these calls alone", async () => {
      expect((await run("failures")).exitCode).toBe(1);
      expect(Object.keys(proxy.calls).sort()).toEqual([
        "DescribeDeliveryStream",
        `GET ${BUCKET}`,
        `GET ${BUCKET}/${ONE}`,
        `GET ${BUCKET}/${TWO}`,
      ]);
    });

    test("cannot describe the stream: nothing is determined", async () => {
      proxy.on("DescribeDeliveryStream", DENIED);
      const { exitCode, stdout, stderr } = await run("failures");
      expect({ exitCode, stderr }).toEqual({
        exitCode: 2,
        stderr: `kloudfuse-firehose: AWS denied firehose:DescribeDeliveryStream. ${GRANT}\n`,
      });
      expect(Json.parse(stdout).at("checks").list).toEqual([]);
    });

    test("cannot list the streams, where the stream has another name than the guide's", async () => {
      proxy.on("DescribeDeliveryStream", refusal(400, "ResourceNotFoundException"));
      proxy.on("ListDeliveryStreams", DENIED);
      expect(await run("failures")).toMatchObject({
        exitCode: 2,
        stderr: `kloudfuse-firehose: AWS denied firehose:ListDeliveryStreams. ${GRANT}\n`,
      });
    });

    test("cannot list the bucket: it does not say that nothing failed", async () => {
      proxy.on(`GET ${BUCKET}`, DENIED);
      const ended = await run("failures");
      const reason = `AWS denied s3:ListBucket on kloudfuse-backup. ${GRANT}`;
      expect(ended).toMatchObject({ exitCode: 2, stderr: `kloudfuse-firehose: ${reason}\n` });
      const report = Json.parse(ended.stdout);
      expect([report.at("stopped").value, report.at("summary", "exitCode").value]).toEqual([reason, 2]);
      expect(checksOf(ended)).toEqual([
        "unknown failed records: none in 0 objects under s3://kloudfuse-backup/kloudfuse-logs-failures/ before the reading stopped early",
      ]);
    });

    test("cannot read one object: it names it beside the failed records of the other one", async () => {
      proxy.on(`GET ${BUCKET}/${ONE}`, DENIED);
      const ended = await run("failures");
      expect(ended.exitCode).toBe(1);
      expect(Json.parse(ended.stdout).at("unreadable", "items", 0).value).toEqual({
        key: ONE,
        reason: `AWS denied s3:GetObject on kloudfuse-backup/${ONE}. ${GRANT}`,
      });
      expect(checksOf(ended)).toContain("unknown objects not read: 1");
    });

    test("cannot read any object: it does not say that nothing failed", async () => {
      for (const key of [ONE, TWO]) {
        proxy.on(`GET ${BUCKET}/${key}`, DENIED);
      }
      const ended = await run("failures");
      expect(ended.exitCode).toBe(2);
      expect(checksOf(ended)).toEqual(["unknown objects not read: 2"]);
    });
  });

  describe("replay", () => {
    /** What was delivered, with how often, once nothing is denied any more. */
    const afterwards = async (): Promise<Readonly<Record<string, number>>> => {
      proxy.reset();
      expect((await run("replay")).exitCode).toBe(0);
      return Object.fromEntries(sink.delivered);
    };
    const ONCE = { one: 1, two: 1 };
    const summaryOf = ({ stdout }: EndedCommand): Json => Json.parse(stdout).at("streams", 0);
    const tags = async (): Promise<unknown[]> => await Promise.all([ONE, TWO].map((key) => backup.tagsOf(key)));
    const REPLAYED = { [TAG]: "accepted=1 skipped=0 corrupt=0" };

    test("makes these calls alone", async () => {
      expect((await run("replay")).exitCode).toBe(0);
      expect(Object.keys(proxy.calls).sort()).toEqual([
        "DescribeDeliveryStream",
        `GET ${BUCKET}`,
        ...[ONE, TWO].flatMap((key) => [`GET ${BUCKET}/${key}`, `GET ${BUCKET}/${key}?tagging`]),
        ...[ONE, TWO].map((key) => `PUT ${BUCKET}/${key}?tagging`),
        "PutRecordBatch",
      ]);
      expect(await tags()).toEqual([REPLAYED, REPLAYED]);
    });

    test("cannot describe the stream: it sends nothing", async () => {
      proxy.on("DescribeDeliveryStream", DENIED);
      expect(await run("replay")).toMatchObject({
        exitCode: 2,
        stderr: `kloudfuse-firehose: AWS denied firehose:DescribeDeliveryStream. ${GRANT}\n`,
      });
      expect(sink.records).toBe(0);
      expect(await afterwards()).toEqual(ONCE);
    });

    test("cannot list the bucket: it sends nothing, and says why it stopped", async () => {
      proxy.on(`GET ${BUCKET}`, DENIED);
      const ended = await run("replay");
      expect(ended.exitCode).toBe(2);
      expect(summaryOf(ended).at("stopped").value).toBe(`AWS denied s3:ListBucket on kloudfuse-backup. ${GRANT}`);
      expect(sink.records).toBe(0);
      expect(await afterwards()).toEqual(ONCE);
    });

    test("cannot read one object: it sends the other one, and completes that alone", async () => {
      proxy.on(`GET ${BUCKET}/${ONE}`, DENIED);
      const ended = await run("replay", "--delete-replayed");
      expect(ended.exitCode).toBe(2);
      expect(summaryOf(ended).value).toMatchObject({
        records: 1,
        objects: 1,
        unreadable: {
          items: [{ what: ONE, reason: `AWS denied s3:GetObject on kloudfuse-backup/${ONE}. ${GRANT}` }],
        },
      });
      expect(await backup.keys()).toEqual([ONE]);
      expect(await backup.tagsOf(ONE)).toEqual({});
      expect(await afterwards()).toEqual(ONCE);
    });

    test("cannot put records: it completes no object", async () => {
      proxy.on("PutRecordBatch", DENIED);
      const ended = await run("replay", "--delete-replayed");
      expect(ended.exitCode).toBe(2);
      expect(summaryOf(ended).value).toMatchObject({
        records: 0,
        objects: 0,
        deleted: 0,
        stopped: `AWS denied firehose:PutRecordBatch on kloudfuse-logs. ${GRANT}`,
      });
      expect(await tags()).toEqual([{}, {}]);
      expect(await afterwards()).toEqual(ONCE);
    });

    test.each([
      ["GET", "s3:GetObjectTagging"],
      ["PUT", "s3:PutObjectTagging"],
    ])("cannot %s tags: it says that objects are not tagged, and the journal knows them", async (method, action) => {
      for (const key of [ONE, TWO]) {
        proxy.on(`${method} ${BUCKET}/${key}?tagging`, DENIED);
      }
      const ended = await run("replay");
      expect(ended.exitCode).toBe(0);
      expect(summaryOf(ended).at("objects").value).toBe(2);
      expect(checksOf(ended)).toContain(`note tags: objects are not tagged: AWS denied ${action}. ${GRANT}`);
      expect(await tags()).toEqual([{}, {}]);
      expect(await afterwards()).toEqual(ONCE);
    });

    test("cannot read the tags of an object that has some: it does not send what may be replayed", async () => {
      await backup.tag(ONE, { team: "observability" });
      proxy.on(`GET ${BUCKET}/${ONE}?tagging`, DENIED);
      const ended = await run("replay");
      expect(ended.exitCode).toBe(2);
      expect(summaryOf(ended).at("unreadable", "items", 0).value).toEqual({
        what: ONE,
        reason: `AWS denied s3:GetObjectTagging. ${GRANT}`,
      });
      expect([...sink.delivered.keys()]).toEqual(["two"]);
      expect(await afterwards()).toEqual(ONCE);
    });

    test("cannot delete: it tags the objects instead, and names them", async () => {
      for (const key of [ONE, TWO]) {
        proxy.on(`DELETE ${BUCKET}/${key}`, DENIED);
      }
      const ended = await run("replay", "--delete-replayed");
      expect(ended.exitCode).toBe(2);
      expect(summaryOf(ended).value).toMatchObject({ records: 2, objects: 2, deleted: 0 });
      expect(
        summaryOf(ended)
          .at("unreadable", "items")
          .list.map((each) => each.at("reason").text)
          .sort(),
      ).toEqual([ONE, TWO].map((key) => `AWS denied s3:DeleteObject on kloudfuse-backup/${key}. ${GRANT}`));
      expect(await tags()).toEqual([REPLAYED, REPLAYED]);
      expect(await afterwards()).toEqual(ONCE);
    });
  });
});
