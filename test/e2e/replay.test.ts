import { mkdtempSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { setTimeout as wait } from "node:timers/promises";
import { answerOf, cloudWatchLogsData, failedKey, failedLine, gzipObject } from "../fixtures/failed-records";
import { BackupObjects } from "./helpers/backup";
import { runCli, startCli } from "./helpers/cli";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { cut, FaultProxy, type Handler, refusal, times } from "./helpers/fault-proxy";
import { Json } from "./helpers/json";
import type { EndedCommand, EnvironmentVariables } from "./helpers/run";
import { Sink } from "./helpers/sink";

const LOGS = "kloudfuse-logs";
const TAG = "kloudfuse-firehose-replayed";

describe("kloudfuse-firehose replay", () => {
  let emulator: Emulator;
  let proxy: FaultProxy;
  let sink: Sink;
  let backup: BackupObjects;
  let state: string;

  beforeEach(async () => {
    emulator = await startEmulator();
    [proxy, sink] = await Promise.all([FaultProxy.start(emulator.endpoint), Sink.start()]);
    backup = await BackupObjects.make(emulator, sink.url);
    state = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-replay-"));
  });

  afterEach(async () => {
    await Promise.all([proxy.stop(), sink.stop(), emulator.stop()]);
    rmSync(state, { recursive: true, force: true });
  });

  const environment = (): EnvironmentVariables => ({
    ...proxy.environment(emulator.environment),
    XDG_STATE_HOME: state,
  });
  const replay = async (...options: readonly string[]): Promise<EndedCommand> =>
    await runCli(["replay", "--signal", "logs", ...options], environment());

  /** Runs with JSON, and gives what became of the one stream. */
  const replayed = async (...options: readonly string[]): Promise<{ exitCode: number | null; logs: Json }> => {
    const { exitCode, stdout } = await replay("--format", "json", ...options);
    return { exitCode, logs: Json.parse(stdout).at("streams", 0) };
  };

  /** Puts so many objects of so many records into the bucket, and gives the data of the records. */
  const fill = async (objects: number, records: number, bytes = 0): Promise<string[]> => {
    const all = new Array<string>();
    for (let number = 0; number < objects; number++) {
      const own = Array.from(
        { length: records },
        (_, index) => `object ${number} record ${index} ${"x".repeat(bytes)}`,
      );
      await backup.put(failedKey(LOGS, number), gzipObject(own.map((data) => failedLine(data))));
      all.push(...own);
    }
    return all;
  };

  /** What is not delivered, and what is delivered more than once. */
  const lostAndDoubled = (records: readonly string[]): { lost: number; doubled: number } => ({
    lost: records.filter((record) => !sink.delivered.has(record)).length,
    doubled: records.reduce((sum, record) => sum + Math.max((sink.delivered.get(record) ?? 0) - 1, 0), 0),
  });
  const NOTHING = { lost: 0, doubled: 0 };

  test("resends every record of both signals to its own stream, once", async () => {
    const [metrics, logs] = ["a metric", "a log"];
    await backup.put(failedKey("kloudfuse-metrics", 1), gzipObject([failedLine(metrics)]));
    await backup.put(failedKey(LOGS, 1), failedLine(logs));
    const first = await runCli(["replay", "--format", "json"], environment());
    expect(first).toMatchObject({ exitCode: 0, stderr: "" });
    expect(
      Json.parse(first.stdout)
        .at("streams")
        .list.map((stream) => stream.value),
    ).toMatchObject([
      { stream: "kloudfuse-metrics", records: 1, bytes: 8, objects: 1, stopped: null },
      { stream: "kloudfuse-logs", records: 1, bytes: 5, objects: 1, stopped: null },
    ]);
    expect(Object.fromEntries(sink.delivered)).toEqual({ [metrics]: 1, [logs]: 1 });
    expect(await backup.tagsOf(failedKey(LOGS, 1))).toEqual({ [TAG]: "accepted=1 skipped=0 corrupt=0" });

    const second = await runCli(["replay", "--format", "json"], environment());
    expect(second.exitCode).toBe(0);
    expect(Json.parse(second.stdout).at("streams", 1).value).toMatchObject({ records: 0, replayedBefore: 1 });
    expect(sink.records).toBe(2);
  });

  test("sends and writes nothing with --dry-run, and says what would be sent", async () => {
    await fill(2, 3);
    const { exitCode, logs } = await replayed("--dry-run");
    expect({ exitCode, records: logs.at("records").value }).toEqual({ exitCode: 0, records: 6 });
    expect(sink.records).toBe(0);
    expect(await backup.tagsOf(failedKey(LOGS, 0))).toEqual({});
    expect(readdirSync(state)).toEqual([]);
    expect((await replay("--dry-run")).stdout).toContain("would be sent");
  });

  test("resends bytes that are no text unchanged", async () => {
    const data = cloudWatchLogsData("log message 1", "log message 2");
    await backup.put(failedKey(LOGS, 1), gzipObject([failedLine(data)]));
    const put = new Array<string>();
    // In the emulator's place, which accepts UTF-8 only.
    proxy.on("PutRecordBatch", (call) => {
      const records = Json.parse(call.body.toString()).at("Records").list;
      put.push(...records.map((record) => record.at("Data").text));
      const body = { FailedPutCount: 0, RequestResponses: records.map((_, index) => ({ RecordId: String(index) })) };
      return Promise.resolve({
        status: 200,
        headers: { "content-type": "application/x-amz-json-1.1" },
        body: Buffer.from(JSON.stringify(body)),
      });
    });
    expect((await replay()).exitCode).toBe(0);
    expect(put).toEqual([data.toString("base64")]);
  });

  test("keeps the other tags of an object", async () => {
    await fill(1, 1);
    await backup.tag(failedKey(LOGS, 0), { team: "observability" });
    expect((await replay()).exitCode).toBe(0);
    expect(await backup.tagsOf(failedKey(LOGS, 0))).toEqual({
      team: "observability",
      [TAG]: "accepted=1 skipped=0 corrupt=0",
    });
  });

  test("ignores objects of other streams", async () => {
    await fill(1, 1);
    await backup.put(`${LOGS}-failures/notes.txt`, "keep out");
    await backup.put(failedKey(LOGS, 7).replace(`/${LOGS}-1-`, `/${LOGS}-two-1-`), gzipObject([failedLine("foreign")]));
    const { exitCode, logs } = await replayed();
    expect({ exitCode, records: logs.at("records").value, foreign: logs.at("foreignObjects").value }).toEqual({
      exitCode: 0,
      records: 1,
      foreign: 2,
    });
    expect(sink.delivered.has("foreign")).toBe(false);
  });

  test("deletes with --delete-replayed the objects of which every record was accepted, and no other", async () => {
    await fill(2, 2);
    const [whole, tooLarge, cut] = [failedKey(LOGS, 1), failedKey(LOGS, 2), failedKey(LOGS, 3)];
    await backup.put(
      tooLarge,
      gzipObject([failedLine("fits"), failedLine("too large", { errorMessage: answerOf(413, "Payload too large") })]),
    );
    await backup.put(cut, gzipObject([failedLine("before the cut"), failedLine("cut").slice(0, 100)]));
    expect(await backup.keys()).toContain(whole);
    const { exitCode, logs } = await replayed("--delete-replayed");
    expect({ exitCode, deleted: logs.at("deleted").value }).toEqual({ exitCode: 1, deleted: 2 });
    expect(await backup.keys()).toEqual([tooLarge, cut]);
  });

  test("deletes nothing without --delete-replayed, and later also what earlier runs replayed", async () => {
    await fill(2, 2);
    expect((await replay()).exitCode).toBe(0);
    expect(await backup.keys()).toHaveLength(2);
    const { logs } = await replayed("--delete-replayed");
    expect({ deleted: logs.at("deleted").value, sent: logs.at("records").value }).toEqual({ deleted: 2, sent: 0 });
    expect(await backup.keys()).toEqual([]);
    expect(sink.records).toBe(4);
  });

  test("skips and names a record that failed with 413, and does not resend the others of its object", async () => {
    const key = failedKey(LOGS, 1);
    const tooLarge = failedLine("too large", { errorMessage: answerOf(413, "Payload too large") });
    await backup.put(key, gzipObject([failedLine("fits"), tooLarge]));
    const first = await replayed();
    expect(first.exitCode).toBe(1);
    expect(first.logs.at("skipped", "items").value).toEqual([
      { what: `${key} [1]`, reason: "413: the request is too large" },
    ]);
    // Another machine knows nothing but the tag.
    rmSync(join(state, "kloudfuse-firehose"), { recursive: true });
    const second = await replayed();
    expect(second.exitCode).toBe(1);
    expect(second.logs.at("skipped", "items").value).toEqual([
      { what: key, reason: "1 record, found by an earlier run" },
    ]);
    expect(Object.fromEntries(sink.delivered)).toEqual({ fits: 1 });
  });

  test("delivers everything but a corrupt object among a thousand, and names that one", async () => {
    const records = Array.from({ length: 1000 }, (_, number) => `record ${number}`);
    const broken = 500;
    const put = async (number: number): Promise<void> => {
      const object = gzipObject([failedLine(`record ${number}`)]);
      await backup.put(failedKey(LOGS, number), number === broken ? object.subarray(0, object.length / 2) : object);
    };
    for (let from = 0; from < records.length; from += 50) {
      await Promise.all(records.slice(from, from + 50).map((_, index) => put(from + index)));
    }
    const { exitCode, logs } = await replayed();
    expect({ exitCode, records: logs.at("records").value, objects: logs.at("objects").value }).toEqual({
      exitCode: 1,
      records: 999,
      objects: 999,
    });
    const named = logs.at("corrupt", "items").list.map((one) => one.at("what").text.split(" ")[0]);
    expect(new Set(named)).toEqual(new Set([failedKey(LOGS, broken)]));
    expect(lostAndDoubled(records)).toEqual({ lost: 1, doubled: 0 });
  });

  test("loses nothing when it is killed, and then resends at most what was in flight", async () => {
    const [concurrency, inARequest] = [2, 500];
    const records = await fill(20, 400);
    proxy.on("PutRecordBatch", async (call, aws) => {
      await wait(100);
      return await aws(call);
    });
    const running = startCli(["replay", "--signal", "logs", "--concurrency", String(concurrency)], environment());
    while (sink.records < 3000) {
      await wait(10);
    }
    running.kill("SIGKILL");
    expect((await running.ended).exitCode).toBe(null);
    await wait(500);
    const before = sink.records;
    expect(before).toBeLessThan(records.length);
    expect((await replay("--concurrency", String(concurrency))).exitCode).toBe(0);
    const { lost, doubled } = lostAndDoubled(records);
    expect(lost).toBe(0);
    expect(doubled).toBeLessThanOrEqual(concurrency * inARequest);
  });

  test("reports what it did at Ctrl-C, and the next run continues without sending anything twice", async () => {
    const records = await fill(20, 400);
    proxy.on("PutRecordBatch", async (call, aws) => {
      await wait(100);
      return await aws(call);
    });
    const running = startCli(["replay", "--signal", "logs", "--format", "json"], environment());
    while (sink.records < 2000) {
      await wait(10);
    }
    running.kill("SIGINT");
    const { exitCode, stdout } = await running.ended;
    const first = Json.parse(stdout).at("streams", 0);
    expect({ exitCode, stopped: first.at("stopped").value, records: first.at("records").value }).toEqual({
      exitCode: 130,
      stopped: "Interrupted before the end.",
      records: sink.records,
    });
    expect(sink.records).toBeLessThan(records.length);
    expect((await replay()).exitCode).toBe(0);
    expect(lostAndDoubled(records)).toEqual(NOTHING);
  });

  test("says at Ctrl-C that records were not sent, though everything was read", async () => {
    const records = await fill(1, 2);
    proxy.on("PutRecordBatch", refusal(503, "ServiceUnavailableException"));
    const running = startCli(["replay", "--signal", "logs", "--format", "json"], environment());
    while (proxy.count("PutRecordBatch") < 3) {
      await wait(10);
    }
    running.kill("SIGINT");
    const { exitCode, stdout } = await running.ended;
    expect({ exitCode, stopped: Json.parse(stdout).at("streams", 0, "stopped").value }).toEqual({
      exitCode: 130,
      stopped: "Interrupted before the end.",
    });
    proxy.reset();
    expect((await replay()).exitCode).toBe(0);
    expect(lostAndDoubled(records)).toEqual(NOTHING);
  });

  test("does not run while another replay of the bucket runs", async () => {
    const records = await fill(1, 2);
    let release = (): void => undefined;
    const released = new Promise<void>((resolve) => {
      release = resolve;
    });
    proxy.on("PutRecordBatch", async (call, aws) => {
      await released;
      return await aws(call);
    });
    const first = startCli(["replay", "--signal", "logs"], environment());
    while (proxy.count("PutRecordBatch") < 1) {
      await wait(10);
    }
    const second = await replay();
    release();
    const lock = join(state, "kloudfuse-firehose", `replay-${backup.bucket}.jsonl.lock`);
    expect(second).toMatchObject({
      exitCode: 2,
      stderr: `kloudfuse-firehose: Another replay holds ${lock}. Wait until it ends: together they would send records twice.\n`,
    });
    expect((await first.ended).exitCode).toBe(0);
    expect(lostAndDoubled(records)).toEqual(NOTHING);
  });

  test("keeps two records on one line apart, and deletes the object once both are accepted", async () => {
    await backup.put(failedKey(LOGS, 1), `${failedLine("one")}${failedLine("two")}\n`);
    expect((await replay("--delete-replayed")).exitCode).toBe(0);
    expect(Object.fromEntries(sink.delivered)).toEqual({ one: 1, two: 1 });
    expect(await backup.keys()).toEqual([]);
  });

  test.each([
    ["ServiceUnavailableException", 503],
    ["ThrottlingException", 400],
    ["InternalFailure", 500],
  ])("retries when Firehose answers %s", async (code, status) => {
    const records = await fill(4, 300);
    proxy.on("PutRecordBatch", times(4, refusal(status, code)));
    expect((await replay()).exitCode).toBe(0);
    expect(lostAndDoubled(records)).toEqual(NOTHING);
    expect(proxy.count("PutRecordBatch")).toBe(3 + 4);
  });

  /** Lets the emulator take all records of a request but those, and answers as Firehose does. */
  const refuse = (isRefused: (data: string) => boolean): Handler => {
    return async (call, aws) => {
      const request = Json.parse(call.body.toString());
      const records = request.at("Records").list.map((record) => record.at("Data").text);
      const refused = records.map((data) => isRefused(Buffer.from(data, "base64").toString()));
      const taken = records.filter((_, index) => refused[index] !== true);
      const body = JSON.stringify({
        DeliveryStreamName: request.at("DeliveryStreamName").text,
        Records: taken.map((Data) => ({ Data })),
      });
      const answer = await aws({ ...call, body: Buffer.from(body) });
      const responses = refused.map((isOut, index) =>
        isOut ? { ErrorCode: "ServiceUnavailableException", ErrorMessage: "Slow down." } : { RecordId: String(index) },
      );
      const failed = refused.filter((isOut) => isOut).length;
      return { ...answer, body: Buffer.from(JSON.stringify({ FailedPutCount: failed, RequestResponses: responses })) };
    };
  };

  test("resends only the record that was refused", async () => {
    const records = await fill(1, 10);
    const one = records[7] ?? "";
    let isFirst = true;
    proxy.on(
      "PutRecordBatch",
      refuse((data) => {
        const isRefused = data === one && isFirst;
        isFirst = isFirst && !isRefused;
        return isRefused;
      }),
    );
    expect((await replay()).exitCode).toBe(0);
    expect(lostAndDoubled(records)).toEqual(NOTHING);
    expect(proxy.count("PutRecordBatch")).toBe(2);
  });

  test("names a record that is refused in every attempt, keeps its object, and sends only that one the next time", async () => {
    const records = await fill(1, 10);
    const one = records[7] ?? "";
    proxy.on(
      "PutRecordBatch",
      refuse((data) => data === one),
    );
    const { exitCode, logs } = await replayed("--delete-replayed");
    expect(exitCode).toBe(1);
    expect(logs.at("refused", "items").value).toEqual([
      { what: `${failedKey(LOGS, 0)} [7]`, reason: "ServiceUnavailableException: Slow down." },
    ]);
    expect(await backup.keys()).toEqual([failedKey(LOGS, 0)]);
    expect(await backup.tagsOf(failedKey(LOGS, 0))).toEqual({});
    expect(lostAndDoubled(records)).toEqual({ lost: 1, doubled: 0 });
    proxy.reset();
    expect((await replayed()).logs.value).toMatchObject({ records: 1, acceptedBefore: 9, objects: 1 });
    expect(lostAndDoubled(records)).toEqual(NOTHING);
  });

  test("names a record that is refused in every attempt, also if it is the only one", async () => {
    await fill(1, 1);
    proxy.on(
      "PutRecordBatch",
      refuse(() => true),
    );
    const { exitCode, logs } = await replayed();
    expect(exitCode).toBe(1);
    expect(logs.at("refused", "items").list.map((one) => one.at("what").text)).toEqual([`${failedKey(LOGS, 0)} [0]`]);
  });

  test("stops when the credentials expire, and continues with new ones", async () => {
    const records = await fill(10, 400);
    proxy.on("PutRecordBatch", async (call, aws) =>
      call.count <= 3 ? await aws(call) : await refusal(400, "ExpiredTokenException")(call, aws),
    );
    const { exitCode, logs } = await replayed("--concurrency", "1");
    expect({ exitCode, records: logs.at("records").value, stopped: logs.at("stopped").text }).toEqual({
      exitCode: 2,
      records: 1500,
      stopped:
        "AWS refused the credentials at firehose:PutRecordBatch on kloudfuse-logs (ExpiredTokenException). Renew them, for example with aws sso login, and run the command again.",
    });
    proxy.reset();
    expect((await replay()).exitCode).toBe(0);
    expect(lostAndDoubled(records)).toEqual(NOTHING);
  });

  test("says which permission is missing when the bucket may not be listed", async () => {
    await fill(1, 1);
    proxy.on("GET /kloudfuse-backup", refusal(403, "AccessDenied"));
    const { exitCode, logs } = await replayed();
    expect({ exitCode, stopped: logs.at("stopped").text }).toEqual({
      exitCode: 2,
      stopped: "AWS denied s3:ListBucket on kloudfuse-backup. Grant it to the user or role that runs this command.",
    });
    expect(sink.records).toBe(0);
  });

  test("replays the others and names the object that may not be read", async () => {
    const records = await fill(3, 2);
    const key = failedKey(LOGS, 1);
    proxy.on(`GET /kloudfuse-backup/${key}`, refusal(403, "AccessDenied"));
    const { exitCode, logs } = await replayed();
    expect(exitCode).toBe(2);
    expect(logs.at("unreadable", "items").value).toEqual([
      {
        what: key,
        reason: `AWS denied s3:GetObject on kloudfuse-backup/${key}. Grant it to the user or role that runs this command.`,
      },
    ]);
    expect(lostAndDoubled(records)).toEqual({ lost: 2, doubled: 0 });
  });

  test("continues with the others when the connection to a large object breaks, and sends the rest the next time", async () => {
    const records = await fill(2, 2);
    const large = Array.from({ length: 60 }, (_, index) => `large ${index} ${"x".repeat(100_000)}`);
    const key = failedKey(LOGS, 0).replace(/0\.gz$/, "0-large");
    await backup.put(key, large.map((data) => `${failedLine(data)}\n`).join(""));
    proxy.on(`GET /kloudfuse-backup/${key}`, cut(4_000_000));
    const { exitCode, logs } = await replayed("--delete-replayed");
    expect(exitCode).toBe(2);
    expect(logs.at("unreadable", "items").list.map((one) => one.at("what").text)).toEqual([key]);
    expect(logs.at("objects").value).toBe(2);
    expect(await backup.keys()).toEqual([key]);
    proxy.reset();
    expect((await replay()).exitCode).toBe(0);
    expect(lostAndDoubled([...records, ...large])).toEqual(NOTHING);
  });

  test("sends nothing twice where tagging is denied, because of its journal", async () => {
    const records = await fill(2, 2);
    for (const number of [0, 1]) {
      proxy.on(`PUT /kloudfuse-backup/${failedKey(LOGS, number)}?tagging`, refusal(403, "AccessDenied"));
    }
    const { exitCode, logs } = await replayed();
    expect({ exitCode, tagging: logs.at("tagging").text }).toEqual({
      exitCode: 0,
      tagging: "AWS denied s3:PutObjectTagging. Grant it to the user or role that runs this command.",
    });
    expect((await replayed()).logs.value).toMatchObject({ records: 0, replayedBefore: 2 });
    expect(lostAndDoubled(records)).toEqual(NOTHING);
  });

  test("sends nothing of an object whose tags cannot be read: it may be replayed", async () => {
    const records = await fill(1, 2);
    expect((await replay()).exitCode).toBe(0);
    rmSync(join(state, "kloudfuse-firehose"), { recursive: true });
    proxy.on(`GET /kloudfuse-backup/${failedKey(LOGS, 0)}?tagging`, refusal(403, "AccessDenied"));
    const { exitCode, logs } = await replayed();
    expect({ exitCode, denied: logs.at("unreadable", "count").value }).toEqual({ exitCode: 2, denied: 1 });
    expect(lostAndDoubled(records)).toEqual(NOTHING);
  });

  test("says so when an object has no room for its tag", async () => {
    await fill(1, 1);
    const key = failedKey(LOGS, 0);
    await backup.tag(key, Object.fromEntries(Array.from({ length: 10 }, (_, index) => [`tag-${index}`, "1"])));
    const { exitCode, logs } = await replayed();
    expect({ exitCode, tagging: logs.at("tagging").text }).toEqual({
      exitCode: 0,
      tagging: `${key} has 10 tags already, the most that S3 allows.`,
    });
    expect(Object.keys(await backup.tagsOf(key))).toHaveLength(10);
  });

  test("keeps to --rate", async () => {
    const records = await fill(1, 20, 100_000);
    expect((await replay("--rate", "4", "--concurrency", "1")).exitCode).toBe(0);
    expect(lostAndDoubled(records)).toEqual(NOTHING);
    await backup.put(
      failedKey(LOGS, 1),
      gzipObject(Array.from({ length: 90 }, (_, index) => failedLine(`${index}${"x".repeat(100_000)}`))),
    );
    const again = performance.now();
    expect((await replay("--rate", "4")).exitCode).toBe(0);
    // 9 MB in three requests: the second waits for the first, the third for both.
    expect(performance.now() - again).toBeGreaterThan(1900);
  });

  test("has nothing to do in an empty bucket", async () => {
    const { exitCode, logs } = await replayed();
    expect({ exitCode, records: logs.at("records").value }).toEqual({ exitCode: 0, records: 0 });
  });

  test.each([
    [["--rate", "0"], '--rate must be a number of MB a second above 0, got "0". Use a number such as 5.'],
    [["--rate", "fast"], '--rate must be a number of MB a second above 0, got "fast". Use a number such as 5.'],
    [["--concurrency", "0"], '--concurrency must be a whole number from 1 to 64, got "0". Use a number in this range.'],
    [
      ["--concurrency", "65"],
      '--concurrency must be a whole number from 1 to 64, got "65". Use a number in this range.',
    ],
  ])("refuses %j before it asks AWS anything", async (options, message) => {
    const { exitCode, stdout, stderr } = await replay(...options);
    expect({ exitCode, stdout, stderr }).toEqual({
      exitCode: 2,
      stdout: "",
      stderr: `kloudfuse-firehose: ${message}\n`,
    });
    expect(proxy.calls).toEqual({});
  });

  test.each([
    ["InvalidKMSResourceException", "The key is disabled."],
    [
      "AccessDeniedException",
      "User: arn:aws:iam::123456789012:user/me is not authorized to perform: kms:GenerateDataKey on resource: arn:aws:kms:us-east-1:123456789012:key/1",
    ],
  ])("says that the stream's key refuses the records when AWS answers %s", async (code, message) => {
    await fill(1, 1);
    proxy.on("PutRecordBatch", refusal(400, code, message));
    const { exitCode, logs } = await replayed();
    expect({ exitCode, stopped: logs.at("stopped").text }).toEqual({
      exitCode: 2,
      stopped:
        "AWS refused firehose:PutRecordBatch on kloudfuse-logs because of the stream's KMS key. Enable the key, and allow kms:GenerateDataKey and kms:Decrypt on it, through Firehose, to the user of this command.",
    });
  });

  test("names the permission to put records where that is what is denied", async () => {
    await fill(1, 1);
    proxy.on("PutRecordBatch", refusal(400, "AccessDeniedException", "not authorized: firehose:PutRecordBatch"));
    expect((await replayed()).logs.at("stopped").text).toBe(
      "AWS denied firehose:PutRecordBatch on kloudfuse-logs. Grant it to the user or role that runs this command.",
    );
  });

  test("says what to do when there is no such stream", async () => {
    const { exitCode, stderr } = await replay("--logs-stream-name", "nowhere");
    expect({ exitCode, stderr }).toEqual({
      exitCode: 2,
      stderr:
        "kloudfuse-firehose: There is no delivery stream nowhere in us-east-1: the streams are kloudfuse-logs, kloudfuse-metrics. Name it with --logs-stream-name, its region with --region, or choose only the other stream with --signal.\n",
    });
  });
});
