import { S3Client } from "@aws-sdk/client-s3";
import { FirehoseClient } from "@aws-sdk/client-firehose";
import { EventEmitter, once } from "node:events";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { StreamWithBackup } from "../../../cli/aws/find-streams";
import { Journal } from "../../../cli/replay/journal";
import type { ProgressSource } from "../../../cli/replay/progress";
import { type ReplayOptions, replayStream } from "../../../cli/replay/replay-stream";
import type { StreamSummary } from "../../../cli/replay/summary";
import { Tags } from "../../../cli/replay/tags";
import { FakeAws } from "../../e2e/helpers/fake-aws";
import { answerOf, failedKey, failedLine, gzipObject } from "../../fixtures/failed-records";
import { LOGS } from "../../helpers/account";
import { backupWith, destinationWith, streamWith } from "../../helpers/delivery-stream";

const DENIED = { status: 403, code: "AccessDenied" };

let folder = "";
let number = 0;
let file = "";
let fake: FakeAws;
let abort = new AbortController();
/** What the progress bar was shown. */
let progress: { readonly records: number; readonly objects: number }[] = [];

const stream: StreamWithBackup = {
  ...streamWith(),
  destination: destinationWith({ backup: backupWith({ bucket: FakeAws.bucket }) }),
};

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-replay-stream-"));
});

beforeEach(async () => {
  fake = await FakeAws.start([{ name: LOGS }]);
  file = join(folder, `${number++}.jsonl`);
  abort = new AbortController();
  progress = [];
});

afterEach(async () => {
  await fake.stop();
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

const clientSettings = (): object => ({
  region: "us-east-1",
  endpoint: fake.environment["AWS_ENDPOINT_URL"],
  credentials: { accessKeyId: "test", secretAccessKey: "test" },
  maxAttempts: 1,
});

async function replay(options: Partial<ReplayOptions> = {}): Promise<StreamSummary> {
  const s3 = new S3Client({ ...clientSettings(), forcePathStyle: true });
  const journal = options.dryRun === true ? Journal.read(file) : await Journal.open(file, abort.signal);
  try {
    return await replayStream(
      stream,
      [stream],
      {
        range: { since: undefined, until: undefined },
        bytesPerSecond: undefined,
        concurrency: 4,
        deleteReplayed: false,
        dryRun: false,
        ...options,
      },
      {
        s3,
        firehose: new FirehoseClient(clientSettings()),
        tags: new Tags(s3),
        journal,
        progress: {
          addToTotal: () => undefined,
          show: ({ summary: { records }, finished: { objects } }: ProgressSource) => {
            progress.push({ records, objects });
          },
          stop: () => undefined,
        },
        abortSignal: abort.signal,
      },
    );
  } finally {
    await journal.close();
  }
}

const put = (object: number, ...lines: readonly string[]): void => {
  fake.s3.put(failedKey(LOGS, object), gzipObject(lines));
};

describe("the replay of a stream", () => {
  test("resends every record once, and marks the objects", async () => {
    fake.fill(LOGS, 3, 2);
    const summary = await replay();
    expect(JSON.parse(JSON.stringify(summary))).toEqual({
      stream: LOGS,
      bucket: FakeAws.bucket,
      journal: file,
      records: 6,
      bytes: 6 * "record 0 0".length,
      objects: 3,
      replayedBefore: 0,
      acceptedBefore: 0,
      deleted: 0,
      foreignObjects: 0,
      skipped: { count: 0, items: [] },
      refused: { count: 0, items: [] },
      corrupt: { count: 0, items: [] },
      unreadable: { count: 0, items: [] },
      tagging: null,
      stopped: null,
    });
    expect(fake.counts()).toEqual({ accepted: 6, repeated: 0 });
    expect(fake.s3.keys.map((key) => fake.s3.tagsOf(key))).toEqual(
      Array(3).fill({ "kloudfuse-firehose-replayed": "accepted=2 skipped=0 corrupt=0" }),
    );
    expect(progress.at(-1)).toEqual({ records: 6, objects: 3 });
  });

  test("sends nothing again in the next run", async () => {
    fake.fill(LOGS, 2, 1);
    await replay();
    expect(await replay()).toMatchObject({ records: 0, objects: 0, replayedBefore: 2, stopped: null });
    expect(fake.counts()).toEqual({ accepted: 2, repeated: 0 });
  });

  test("of an empty backup does nothing", async () => {
    expect(await replay()).toMatchObject({ records: 0, objects: 0, stopped: null });
    expect({ requests: fake.firehose.putRequests, progress }).toEqual({ requests: 0, progress: [] });
  });

  test("skips what can never be delivered, and sends the rest", async () => {
    put(0, failedLine("too large", { errorMessage: answerOf(413, "Payload too large") }), failedLine("good"));
    const { records, objects, skipped } = await replay();
    expect({ records, objects, skipped: skipped.count }).toEqual({ records: 1, objects: 0, skipped: 1 });
    expect([...fake.firehose.accepted.keys()]).toEqual(["good"]);
  });

  test("deletes what it replayed if it should", async () => {
    fake.fill(LOGS, 2, 1);
    expect(await replay({ deleteReplayed: true })).toMatchObject({ objects: 2, deleted: 2 });
    expect(fake.s3.keys).toEqual([]);
  });

  test("reads the objects of its range only", async () => {
    fake.fill(LOGS, 1, 1);
    const range = { since: new Date(Date.now() + 60_000), until: undefined };
    expect(await replay({ range })).toMatchObject({ records: 0, objects: 0, stopped: null });
  });

  test.each([1, 3])("has at most %d requests in flight", async (concurrency) => {
    put(0, ...Array.from({ length: 2500 }, (_, index) => failedLine(String(index))));
    let [inFlight, most] = [0, 0];
    const full = new EventEmitter();
    const isFull = once(full, "full");
    fake.firehose.beforePut = async () => {
      inFlight += 1;
      most = Math.max(most, inFlight);
      if (inFlight === concurrency) {
        // Time in which one too many would be sent.
        setTimeout(() => full.emit("full"), 30);
      }
      await isFull;
      inFlight -= 1;
      return undefined;
    };
    expect((await replay({ concurrency })).records).toBe(2500);
    expect(most).toBe(concurrency);
  });

  test("sends no more bytes a second than it should", async () => {
    put(0, ...Array.from({ length: 501 }, () => failedLine("1234567890")));
    const start = performance.now();
    await replay({ bytesPerSecond: 20_000 });
    // The second request waits for the 5,000 bytes of the first one.
    expect(performance.now() - start).toBeGreaterThan(245);
  });
});

describe("a dry run", () => {
  test("counts what would be sent, and changes nothing", async () => {
    fake.fill(LOGS, 2, 3);
    const summary = await replay({ dryRun: true, deleteReplayed: true });
    expect(summary).toMatchObject({ records: 6, bytes: 60, deleted: 0, stopped: null });
    expect(fake.firehose.putRequests).toBe(0);
    expect(fake.s3.keys.map((key) => fake.s3.tagsOf(key))).toEqual([{}, {}]);
    expect(() => readFileSync(file)).toThrow("ENOENT");
  });

  test("knows what earlier runs sent", async () => {
    fake.fill(LOGS, 1, 2);
    await replay();
    expect(await replay({ dryRun: true })).toMatchObject({ records: 0, replayedBefore: 1 });
  });
});

describe("a replay that stops early", () => {
  test("says so when the bucket may not be listed", async () => {
    fake.s3.before = (request) => Promise.resolve(request === "GET " ? DENIED : undefined);
    expect(await replay()).toMatchObject({
      records: 0,
      stopped: "AWS denied s3:ListBucket on kloudfuse-backup. Grant it to the user or role that runs this command.",
    });
  });

  test("says so when the stream may not be written, and completes no object", async () => {
    fake.fill(LOGS, 1, 1);
    fake.firehose.beforePut = () => Promise.resolve({ status: 400, code: "AccessDeniedException" });
    expect(await replay()).toMatchObject({
      records: 0,
      objects: 0,
      stopped:
        "AWS denied firehose:PutRecordBatch on kloudfuse-logs. Grant it to the user or role that runs this command.",
    });
    expect(fake.s3.tagsOf(failedKey(LOGS, 0))).toEqual({});
  });

  test("says so when it is interrupted, and continues in the next run", async () => {
    put(0, ...Array.from({ length: 501 }, (_, index) => failedLine(String(index))));
    fake.firehose.beforeResponse = () => {
      // As Node's own error, which in Jest is of another realm.
      abort.abort(Object.assign(new Error("stop"), { name: "AbortError" }));
      return Promise.resolve();
    };
    const summary = await replay({ concurrency: 1 });
    expect(summary).toMatchObject({ records: 500, objects: 0, stopped: "Interrupted before the end." });
    abort = new AbortController();
    fake.firehose.beforeResponse = () => Promise.resolve();
    expect(await replay()).toMatchObject({ records: 1, acceptedBefore: 500, objects: 1, stopped: null });
    expect(fake.counts()).toEqual({ accepted: 501, repeated: 0 });
  });

  test("records what was accepted while another request failed", async () => {
    put(0, ...Array.from({ length: 1000 }, (_, index) => failedLine(String(index))));
    fake.firehose.beforePut = async (request) => {
      if (request === 2) {
        return { status: 400, code: "AccessDeniedException" };
      }
      await new Promise((resolve) => setTimeout(resolve, 100));
      return undefined;
    };
    const { records, stopped } = await replay();
    expect({ records, stopped: stopped?.slice(0, 35) }).toEqual({
      records: 500,
      stopped: "AWS denied firehose:PutRecordBatch ",
    });
    fake.firehose.beforePut = () => Promise.resolve(undefined);
    expect(await replay()).toMatchObject({ records: 500, acceptedBefore: 500, objects: 1 });
    expect(fake.counts()).toEqual({ accepted: 1000, repeated: 0 });
  });
});
