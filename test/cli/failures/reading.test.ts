import type { S3Client } from "@aws-sdk/client-s3";
import type { StreamWithBackup } from "../../../cli/aws/find-streams";
import { FollowedObjects } from "../../../cli/failures/followed-objects";
import { BackupReading, type ReadingOptions } from "../../../cli/failures/reading";
import { RecordLimit } from "../../../cli/failures/record-limit";
import type { Findings, ShownRecord } from "../../../cli/failures/report";
import { answerOf, failedKey, failedLine, gzipObject } from "../../fixtures/failed-records";
import { LOGS } from "../../helpers/account";
import { s3Error, type Respond, s3Stub, type StubResponse } from "../../helpers/aws-stub";
import { dataOf } from "../../../cli/backup/failed-record";
import { backupWith, destinationWith, streamWith } from "../../helpers/delivery-stream";

const OPEN_RANGE = { since: undefined, until: undefined };

/** The objects in the bucket, the keys that were read, and the answers that are errors. */
let objects = new Map<string, Buffer>();
let opened: string[] = [];
let errors = new Map<string, StubResponse>();
let abort = new AbortController();

beforeEach(() => {
  objects = new Map();
  opened = [];
  errors = new Map();
  abort = new AbortController();
});

let s3: S3Client;

const respond: Respond = ({ path, query }) => {
  if (query["list-type"] !== undefined) {
    const prefix = String(query["prefix"]);
    const list = [...objects]
      .filter(([key]) => key.startsWith(prefix))
      .sort()
      .map(([key, { length }]) => `<Contents><Key>${key}</Key><ETag>one</ETag><Size>${length}</Size></Contents>`);
    return errors.get("list") ?? { body: `<ListBucketResult>${list.join("")}</ListBucketResult>` };
  }
  const key = path.slice("/backup/".length);
  opened.push(key);
  return errors.get(key) ?? { body: objects.get(key) ?? "" };
};

beforeAll(() => {
  s3 = s3Stub(respond);
});

const streamOf = (name = LOGS, mode = "FailedDataOnly"): StreamWithBackup => ({
  ...streamWith({ name }),
  destination: destinationWith({ backup: backupWith({ prefix: `${name}-failures/`, mode }) }),
});

interface Read {
  readonly findings: Findings;
  readonly records: readonly ShownRecord[];
}

async function read(
  options: Partial<ReadingOptions> & { readonly max?: number } = {},
  streams = [streamOf()],
): Promise<Read> {
  const records = new Array<ShownRecord>();
  const report = {
    record: (shown: ShownRecord) => {
      records.push(shown);
      return Promise.resolve();
    },
  };
  const limit = new RecordLimit(options.max ?? 100);
  const all = { range: OPEN_RANGE, limit, followed: undefined, ...options };
  const findings = await new BackupReading({ s3, abortSignal: abort.signal }, all, report).run(streams);
  return { findings, records };
}

const key = (number: number, stream = LOGS): string => failedKey(stream, number);
const put = (number: number, ...lines: readonly string[]): void => {
  objects.set(key(number), gzipObject(lines));
};
const firstOf = ({ findings }: Read): object => JSON.parse(JSON.stringify(findings.streams[0])) as object;

const NOTHING = {
  stream: LOGS,
  region: "eu-west-1",
  location: `s3://backup/${LOGS}-failures/`,
  objects: 0,
  failedRecords: 0,
  corrupt: { count: 0, items: [] },
  unreadable: { count: 0, items: [] },
  foreignObjects: 0,
  deliveredObjects: 0,
  isComplete: true,
};

describe("a reading of the backup", () => {
  test("finds nothing under an empty prefix", async () => {
    const { findings, records } = await read();
    expect(firstOf({ findings, records })).toEqual(NOTHING);
    expect({ causes: findings.causes, shown: findings.shown, stopped: findings.stopped, records }).toEqual({
      causes: [],
      shown: 0,
      stopped: null,
      records: [],
    });
  });

  test("decodes each record, with its place and its cause", async () => {
    put(1, failedLine("one"), failedLine("two", { errorMessage: answerOf(413, "Payload too large") }));
    const found = await read();
    expect(firstOf(found)).toEqual({ ...NOTHING, objects: 1, failedRecords: 2 });
    expect(found.records.map(({ record, ...rest }) => ({ ...rest, data: dataOf(record).toString() }))).toEqual([
      {
        stream: LOGS,
        key: key(1),
        index: 0,
        causeId: "endpoint-failing",
        payload: { kind: "text", text: "one" },
        data: "one",
      },
      {
        stream: LOGS,
        key: key(1),
        index: 1,
        causeId: "too-large",
        payload: { kind: "text", text: "two" },
        data: "two",
      },
    ]);
    expect(found.findings.causes.map(({ cause, records }) => [cause.id, records])).toEqual([
      ["endpoint-failing", 1],
      ["too-large", 1],
    ]);
  });

  test.each([
    [0, 0],
    [2, 2],
    [3, 3],
    [4, 3],
  ])("lists %d records at most, and counts all", async (limit, shown) => {
    put(1, failedLine("a"), failedLine("b"));
    put(2, failedLine("c"));
    const found = await read({ max: limit });
    expect({ shown: found.findings.shown, listed: found.records.length }).toEqual({ shown, listed: shown });
    expect(firstOf(found)).toMatchObject({ objects: 2, failedRecords: 3 });
  });

  test("shares the limit with the readings beside it", async () => {
    put(1, failedLine("a"), failedLine("b"));
    const limit = new RecordLimit(3);
    const both = await Promise.all([read({ limit }), read({ limit })]);
    expect(both.map(({ findings: { shown } }) => shown).reduce((sum, shown) => sum + shown)).toBe(3);
  });

  test("names a corrupt entry, and reads on behind it", async () => {
    put(1, failedLine("a"), "this is none", failedLine("b"));
    expect(firstOf(await read())).toEqual({
      ...NOTHING,
      objects: 1,
      failedRecords: 2,
      corrupt: { count: 1, items: [{ key: key(1), reason: "entry 1: this is not a failed record" }] },
    });
  });

  test("counts an object without an entry", async () => {
    objects.set(key(1), Buffer.alloc(0));
    expect(firstOf(await read())).toEqual({ ...NOTHING, objects: 1 });
  });

  test("names an object that S3 does not return, and reads the next one", async () => {
    put(1, failedLine("a"));
    put(2, failedLine("b"));
    errors.set(key(1), s3Error(403, "AccessDenied"));
    const found = await read();
    expect(firstOf(found)).toEqual({
      ...NOTHING,
      objects: 1,
      failedRecords: 1,
      unreadable: {
        count: 1,
        items: [
          {
            key: key(1),
            reason: `AWS denied s3:GetObject on backup/${key(1)}. Grant it to the user or role that runs this command.`,
          },
        ],
      },
    });
    expect(found.findings.stopped).toBeNull();
  });

  test("counts what other writers put under the prefix, and does not read it", async () => {
    put(1, failedLine("a"));
    objects.set(`${LOGS}-failures/notes.txt`, Buffer.from("notes"));
    expect(firstOf(await read())).toEqual({ ...NOTHING, objects: 1, failedRecords: 1, foreignObjects: 1 });
    expect(opened).toEqual([key(1)]);
  });

  test("counts delivered data of a stream that backs up all, and does not read it", async () => {
    objects.set(`${LOGS}-failures/2026/11/23/06/${LOGS}-1-2026-11-23-06-00-00-0a1b2c3d.gz`, gzipObject(["delivered"]));
    expect(firstOf(await read({}, [streamOf(LOGS, "AllData")]))).toEqual({ ...NOTHING, deliveredObjects: 1 });
    expect(opened).toEqual([]);
  });

  test("keeps the findings of each stream apart", async () => {
    put(1, failedLine("a"));
    objects.set(key(2, "other-logs"), gzipObject([failedLine("b"), failedLine("c")]));
    const { findings } = await read({}, [streamOf(), streamOf("other-logs")]);
    expect(findings.streams.map(({ stream, failedRecords }) => [stream, failedRecords])).toEqual([
      [LOGS, 1],
      ["other-logs", 2],
    ]);
    expect(findings.causes.map(({ stream, records }) => [stream, records])).toEqual([
      ["other-logs", 2],
      [LOGS, 1],
    ]);
  });
});

describe("a reading that follows others", () => {
  test("reads each object once", async () => {
    put(1, failedLine("a"));
    const followed = new FollowedObjects(OPEN_RANGE, new Date());
    await read({ followed });
    followed.next(true, new Date());
    put(2, failedLine("b"));
    const { records } = await read({ followed });
    expect(records.map((record) => record.key)).toEqual([key(2)]);
    expect(opened).toEqual([key(1), key(2)]);
  });
});

describe("a reading that stops early", () => {
  test("keeps what it found, and says why", async () => {
    put(1, failedLine("a"));
    put(2, failedLine("b"));
    errors.set(key(2), s3Error(400, "ExpiredToken"));
    const { findings, records } = await read();
    expect(findings.stopped?.message).toContain("AWS refused the credentials at s3:GetObject");
    expect({ records: records.length, ...findings.streams[0] }).toMatchObject({
      records: 1,
      failedRecords: 1,
      isComplete: false,
    });
  });

  test("has no findings of the streams behind it", async () => {
    errors.set("list", s3Error(403, "AccessDenied"));
    const { findings } = await read({}, [streamOf(), streamOf("other-logs")]);
    expect(findings.streams.map(({ stream, isComplete }) => [stream, isComplete])).toEqual([[LOGS, false]]);
    expect(findings.stopped?.message).toBe(
      "AWS denied s3:ListBucket on backup. Grant it to the user or role that runs this command.",
    );
  });

  test("says that it was interrupted", async () => {
    put(1, failedLine("a"));
    abort.abort(Object.assign(new Error("stop"), { name: "AbortError" }));
    const { findings } = await read();
    expect(findings.stopped?.message).toBe("Interrupted before the end.");
  });
});
