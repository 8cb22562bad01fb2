import { chmodSync, chownSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { deflateRawSync } from "node:zlib";
import { failedKey, failedLine, gzipObject } from "../fixtures/failed-records";
import { FakeAws } from "./helpers/fake-aws";
import { Json } from "./helpers/json";
import { type EndedCommand, run } from "./helpers/run";
import { PROJECT } from "./helpers/terraform";

const LOGS = "kloudfuse-logs";
const TAG = "kloudfuse-firehose-replayed";
const PREFIX = "fail ures+100%/ü/";
const MAIN = join(PROJECT, "cli/dist/main.js");
const NOBODY = 65534;
/** A file beyond the limit of `ulimit -f` ends a process, unless it handles the signal: then it is an error as ENOSPC. */
const SURVIVES_LARGE_FILES = "--import=data:text/javascript,process.on('SIGXFSZ',()=>{})";

/** What can go wrong around a replay: disk, journal, S3, the stream and what is in the bucket. */
describe("kloudfuse-firehose replay", () => {
  let fake: FakeAws;
  let state: string;
  let journal: string;

  beforeEach(async () => {
    fake = await FakeAws.start([
      { name: LOGS },
      { name: "odd-logs", prefix: PREFIX },
      { name: "lambda-logs", processors: ["Lambda"], prefix: `${LOGS}-failures/` },
      { name: "kinesis-logs", type: "KinesisStreamAsSource" },
    ]);
    state = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-faults-"));
    journal = join(state, "kloudfuse-firehose", `replay-${FakeAws.bucket}.jsonl`);
  });

  afterEach(async () => {
    await fake.stop();
    rmSync(state, { recursive: true, force: true });
  });

  const replay = async (options: readonly string[] = [], prefix: readonly string[] = []): Promise<EndedCommand> => {
    const environment = { ...fake.environment, XDG_STATE_HOME: state, NODE_OPTIONS: SURVIVES_LARGE_FILES };
    const command = [...prefix, "node", MAIN, "replay", "--signal", "logs", "--format", "json", ...options];
    return await run("env", command, { cwd: PROJECT, environment });
  };

  const logsIn = ({ stdout }: EndedCommand): Json => Json.parse(stdout).at("streams", 0);

  const fill = (objects: number, records: number): number => fake.fill(LOGS, objects, records);

  /** Files of at most so many kB, as on a disk that has no more room. */
  const withFileSize = (kilobytes: number): string[] => ["bash", "-c", `ulimit -f ${kilobytes} && exec "$@"`, "bash"];

  describe("with a journal that cannot be written", () => {
    test("sends nothing when the disk is full", async () => {
      fill(1, 1);
      const ended = await replay([], withFileSize(32));
      expect({ exitCode: ended.exitCode, stopped: logsIn(ended).at("stopped").text }).toEqual({
        exitCode: 2,
        stopped: `The journal ${journal} cannot be written (EFBIG: file too large, write). The replay stopped before it sent records that it could not record. Make room for the journal, and run the command again.`,
      });
      expect(fake.firehose.putRequests).toBe(0);
      expect((await replay()).exitCode).toBe(0);
      expect(fake.counts()).toEqual({ accepted: 1, repeated: 0 });
    });

    test("records what it sent when the disk gets full, and continues once there is room", async () => {
      const total = fill(600, 10);
      const ended = await replay([], withFileSize(100));
      expect(ended.exitCode).toBe(2);
      expect(logsIn(ended).at("stopped").text).toContain("The replay stopped before it sent records");
      expect(fake.counts().accepted).toBeGreaterThan(0);
      expect(fake.counts().accepted).toBeLessThan(total);
      expect((await replay()).exitCode).toBe(0);
      expect(fake.counts()).toEqual({ accepted: total, repeated: 0 });
    });

    test("keeps the journal that is there when a shorter one cannot be written", async () => {
      fill(2, 1);
      const lines = Array.from({ length: 2000 }, (_, index) => `{"object":"other ${index}","accepted":[[0,0]]}\n`);
      const content = `{"journal":"kloudfuse-firehose-replay","version":2}\n${lines.join("")}`;
      mkdirSync(join(state, "kloudfuse-firehose"));
      writeFileSync(journal, content);
      const ended = await replay([], withFileSize(64));
      expect(ended).toMatchObject({
        exitCode: 2,
        stderr: `kloudfuse-firehose: The journal ${journal} cannot be written (EFBIG: file too large, write). Nothing was sent. Make room for it, or pass a file in another folder with --journal.\n`,
      });
      expect(readFileSync(journal, "utf8").trim()).toBe(content.trim());
      expect(fake.firehose.putRequests).toBe(0);
    });

    test("sends nothing when the folder is read-only", async () => {
      fill(1, 1);
      const folder = join(state, "kloudfuse-firehose");
      mkdirSync(folder);
      chmodSync(folder, 0o555);
      const isRoot = process.getuid?.() === 0;
      if (isRoot) {
        // Who may write everywhere is somebody else for this test.
        chownSync(state, NOBODY, NOBODY);
        chownSync(folder, NOBODY, NOBODY);
      }
      const ended = await replay([], isRoot ? ["setpriv", `--reuid=${NOBODY}`, "--clear-groups"] : []);
      expect(ended).toMatchObject({
        exitCode: 2,
        stderr: `kloudfuse-firehose: The journal ${journal} cannot be written (EACCES: permission denied, mkdir '${journal}.lock'). Nothing was sent. Make room for it, or pass a file in another folder with --journal.\n`,
      });
      expect(fake.firehose.putRequests).toBe(0);
    });

    test.each([
      [
        "corrupt",
        '{"journal":"kloudfuse-firehose-replay","version":2}\n{"object":\n{"object":"a","accepted":[[0,1]]}\n',
        "is corrupt in line 2. Nothing was sent. Restore the file, or move it away: then only the tags on the objects say what was accepted, and records of incomplete objects are sent again.",
      ],
      [
        "newer",
        '{"journal":"kloudfuse-firehose-replay","version":3}\n',
        "has format version 3, written by a newer kloudfuse-firehose; this one reads version 2. Update it, or pass another file with --journal.",
      ],
    ])("sends nothing when it is %s", async (_, content, message) => {
      fill(1, 1);
      mkdirSync(join(state, "kloudfuse-firehose"));
      writeFileSync(journal, content);
      for (const options of [[], ["--dry-run"]]) {
        const ended = await replay(options);
        expect(ended).toMatchObject({
          exitCode: 2,
          stderr: `kloudfuse-firehose: The journal ${journal} ${message}\n`,
        });
        expect(Json.parse(ended.stdout).value).toMatchObject({
          error: `The journal ${journal} ${message}`,
          summary: { exitCode: 2 },
          checks: [],
        });
      }
      expect(fake.firehose.putRequests).toBe(0);
      expect(readFileSync(journal, "utf8").trim()).toBe(content.trim());
      expect(existsSync(`${journal}.lock`)).toBe(false);
    });
  });

  describe("with S3", () => {
    test.each(["before it is read", "while it is read"])("names an object that is deleted %s", async (when) => {
      fill(3, 2);
      const key = failedKey(LOGS, 1);
      if (when === "before it is read") {
        fake.s3.before = (request) => {
          if (request === `GET ${key}`) {
            fake.s3.delete(key);
          }
          return Promise.resolve(undefined);
        };
      } else {
        fake.s3.changeObject = (changed, response) => (changed === key ? { ...response, cutAt: 20 } : response);
      }
      const ended = await replay();
      expect(ended.exitCode).toBe(2);
      expect(
        logsIn(ended)
          .at("unreadable", "items")
          .list.map((each) => each.at("what").text),
      ).toEqual([key]);
      expect(fake.counts()).toEqual({ accepted: 4, repeated: 0 });
      expect(fake.s3.tagsOf(key)).toEqual({});
    });

    test("sends nothing twice where tags may not be written, on this machine", async () => {
      const total = fill(3, 2);
      fake.s3.before = (request) =>
        Promise.resolve(request.startsWith("PUT ") ? { status: 403, code: "AccessDenied" } : undefined);
      for (const [accepted, before] of [
        [total, 0],
        [0, 3],
      ]) {
        const ended = await replay();
        expect(ended.exitCode).toBe(0);
        expect(logsIn(ended).value).toMatchObject({ records: accepted, replayedBefore: before });
      }
      expect(fake.counts()).toEqual({ accepted: total, repeated: 0 });
    });

    test("stops when the credentials expire while objects are tagged, and continues with new ones", async () => {
      const total = fill(40, 100);
      fake.s3.before = (request) =>
        Promise.resolve(
          request.startsWith("PUT ") && fake.firehose.putRequests > 2
            ? { status: 400, code: "ExpiredToken" }
            : undefined,
        );
      const ended = await replay(["--concurrency", "1"]);
      expect(ended.exitCode).toBe(2);
      expect(logsIn(ended).at("stopped").text).toMatch(/^AWS refused the credentials at s3:PutObjectTagging/);
      expect(fake.counts().accepted).toBeLessThan(total);
      fake.s3.before = () => Promise.resolve(undefined);
      expect((await replay()).exitCode).toBe(0);
      expect(fake.counts()).toEqual({ accepted: total, repeated: 0 });
    });

    test("reads, tags and deletes keys with spaces, plus, percent and other characters", async () => {
      const key = `${PREFIX}http-endpoint-failed/2026/11/23/06/odd-logs-1-2026-11-23-06-00-00-a b+c%20d%ü&e.gz`;
      const options = ["--logs-stream-name", "odd-logs"];
      fake.s3.put(key, gzipObject([failedLine("one")]));
      expect((await replay(options)).exitCode).toBe(0);
      expect(fake.s3.tagsOf(key)).toEqual({ [TAG]: "accepted=1 skipped=0 corrupt=0" });
      const second = await replay([...options, "--delete-replayed"]);
      expect(logsIn(second).value).toMatchObject({ records: 0, replayedBefore: 1, deleted: 1 });
      expect({ keys: fake.s3.keys, ...fake.counts() }).toEqual({ keys: [], accepted: 1, repeated: 0 });
    });
  });

  describe("with objects that cannot be read", () => {
    const line = `${failedLine("record")}\n`;
    test.each([
      [
        "ZIP",
        "unreadable",
        2,
        Buffer.concat([Buffer.from("504b0304140000000800", "hex"), Buffer.alloc(20), deflateRawSync(line)]),
      ],
      // A block: its length, then one literal.
      ["Snappy", "unreadable", 2, Buffer.concat([Buffer.from([0x0c, 0xf4, 0x0b]), Buffer.from(line.slice(0, 12))])],
      ["text", "corrupt", 1, Buffer.from("This is no failed record.\n")],
      ["GZIP of nothing", "corrupt", 1, gzipObject([])],
    ])("never completes %s, and reads it again each time", async (_, list, exitCode, body) => {
      const key = failedKey(LOGS, 1);
      fake.s3.put(key, body);
      for (let attempt = 0; attempt < 2; attempt++) {
        const ended = await replay(["--delete-replayed"]);
        expect(ended.exitCode).toBe(exitCode);
        expect(logsIn(ended).value).toMatchObject({ objects: 0, records: 0, deleted: 0, replayedBefore: 0 });
        expect(logsIn(ended).at(list, "items", 0, "what").text).toContain(key);
      }
      expect({ keys: fake.s3.keys, tags: fake.s3.tagsOf(key) }).toEqual({ keys: [key], tags: {} });
      expect(readFileSync(journal, "utf8")).not.toContain("complete");
    });
  });

  describe("to a stream", () => {
    test("that transforms its records sends nothing, unless it is allowed", async () => {
      fake.s3.put(failedKey(LOGS, 1).replace(`/${LOGS}-1-`, "/lambda-logs-1-"), gzipObject([failedLine("one")]));
      const options = ["--logs-stream-name", "lambda-logs"];
      const { exitCode, stderr } = await replay(options);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("lambda-logs transforms its records (Lambda): most failed records");
      expect(fake.firehose.putRequests).toBe(0);
      expect((await replay([...options, "--allow-transformed"])).exitCode).toBe(0);
      expect(fake.counts()).toEqual({ accepted: 1, repeated: 0 });
    });

    test("that reads from Kinesis sends nothing", async () => {
      const { exitCode, stderr } = await replay(["--logs-stream-name", "kinesis-logs", "--allow-transformed"]);
      expect(exitCode).toBe(2);
      expect(stderr).toContain("kinesis-logs reads from another stream (type KinesisStreamAsSource)");
    });

    test("that was renamed sends what failed under the former name", async () => {
      fill(1, 2);
      fake.s3.put(failedKey("old-logs", 1), gzipObject([failedLine("under the former prefix")]));
      fake.s3.put(
        failedKey(LOGS, 2).replace(`/${LOGS}-1-`, "/old-logs-1-"),
        gzipObject([failedLine("under the present prefix")]),
      );
      const ended = await replay(["--former-stream-name", "old-logs"]);
      expect(ended.exitCode).toBe(0);
      expect(logsIn(ended).value).toMatchObject({ stream: LOGS, records: 2, objects: 2, foreignObjects: 1 });
      expect([...fake.firehose.accepted.keys()].sort()).toEqual([
        "under the former prefix",
        "under the present prefix",
      ]);
    });
  });
});
