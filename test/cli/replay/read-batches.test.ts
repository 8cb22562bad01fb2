import type { S3Client } from "@aws-sdk/client-s3";
import type { StreamWithBackup } from "../../../cli/aws/find-streams";
import type { Batch } from "../../../cli/replay/batch";
import type { ReadEvent } from "../../../cli/replay/events";
import type { ReplayOutcome } from "../../../cli/replay/outcome";
import { type ReadContext, readBatches } from "../../../cli/replay/read-batches";
import { BodyPool } from "../../../cli/replay/request-body";
import { answerOf, failedKey, failedLine, gzipObject } from "../../fixtures/failed-records";
import { LOGS } from "../../helpers/account";
import { s3Error, type Respond, s3Stub, type StubResponse } from "../../helpers/aws-stub";
import { backupWith, destinationWith, streamWith } from "../../helpers/delivery-stream";

const KIB = 1024;
const COMPLETE: ReplayOutcome = { accepted: 1, skipped: 0, corrupt: 0 };

/** The objects in the bucket, and the keys that were opened. */
let objects: Map<string, Buffer> = new Map<string, Buffer>();
let opened: string[] = [];
let failures: Map<string, StubResponse> = new Map<string, StubResponse>();

beforeEach(() => {
  objects = new Map();
  opened = [];
  failures = new Map();
});

let s3: S3Client;

const respond: Respond = ({ path, query }) => {
  if (query["list-type"] !== undefined) {
    const prefix = String(query["prefix"]);
    const contents = [...objects].filter(([key]) => key.startsWith(prefix)).sort();
    const list = contents.map(
      ([key, { length }]) => `<Contents><Key>${key}</Key><ETag>one</ETag><Size>${length}</Size></Contents>`,
    );
    return { body: `<ListBucketResult>${list.join("")}</ListBucketResult>` };
  }
  const key = path.slice("/backup/".length);
  opened.push(key);
  return failures.get(key) ?? { body: objects.get(key) ?? "" };
};

beforeAll(() => {
  s3 = s3Stub(respond);
});

function streamOf(name = LOGS, prefix = `${LOGS}-failures/`): StreamWithBackup {
  return { ...streamWith({ name }), destination: destinationWith({ backup: backupWith({ prefix }) }) };
}

/** What the ledger knows, by key. */
interface Known {
  readonly complete?: ReadonlyMap<string, ReplayOutcome>;
  readonly accepted?: ReadonlyMap<string, ReadonlySet<number>>;
  readonly elsewhere?: ReadonlyMap<string, ReplayOutcome>;
}

async function read(known: Known = {}, overrides: Partial<ReadContext> = {}): Promise<(Batch | ReadEvent)[]> {
  const events = new Array<Batch | ReadEvent>();
  const context: ReadContext = {
    s3,
    sources: [streamOf()],
    range: { since: undefined, until: undefined },
    bodies: new BodyPool(LOGS),
    ledger: {
      completedBefore: ({ key }) => known.complete?.get(key),
      acceptedBefore: ({ key }) => known.accepted?.get(key) ?? new Set(),
      completedElsewhere: ({ key }) => Promise.resolve(known.elsewhere?.get(key)),
    },
    abortSignal: new AbortController().signal,
    ...overrides,
  };
  for await (const event of readBatches(context)) {
    events.push(event);
  }
  return events;
}

/** The events in short. */
const shown = (events: readonly (Batch | ReadEvent)[]): string[] =>
  events.map((event) => {
    switch (event.kind) {
      case "batch":
        return `batch ${event.items.map(({ object, index }) => `${numberOf(object.key)}[${index}]`).join(" ")}`;
      case "object read":
        return `${numberOf(event.object.key)} read: ${event.records} ${event.skipped} ${event.corrupt}`;
      case "skipped":
      case "corrupt":
        return `${numberOf(event.object.key)}[${event.index}] ${event.kind}: ${event.reason}`;
      case "unreadable":
        return `${numberOf(event.object.key)} unreadable: ${event.reason}`;
      default:
        return `${numberOf(event.object.key)} ${event.kind}`;
    }
  });
const numberOf = (key: string): string => /(\d)\.gz$/.exec(key)?.[1] ?? key;

const key = (number: number): string => failedKey(LOGS, number);
const put = (number: number, ...lines: readonly string[]): void => {
  objects.set(key(number), gzipObject(lines));
};

describe("the reader of the backup", () => {
  test("fills batches across objects", async () => {
    put(1, failedLine("a"), failedLine("b"));
    put(2, failedLine("c"));
    expect(shown(await read())).toEqual(["1 read: 2 0 0", "2 read: 1 0 0", "batch 1[0] 1[1] 2[0]"]);
  });

  test("has the data of the records in the request, also where it is wrapped into lines", async () => {
    const binary = Buffer.from(Array.from({ length: 1000 }, (_, index) => (index * 31) % 256));
    put(1, failedLine(binary), failedLine("", { rawData: "c2FtcGxl\r\nIHJhdyBkYXRh" }));
    put(2, failedLine(""));
    const [batch] = (await read()).filter((event) => event.kind === "batch");
    expect(JSON.parse(batch?.body.whole().toString() ?? "")).toEqual({
      DeliveryStreamName: LOGS,
      Records: [{ Data: binary.toString("base64") }, { Data: "c2FtcGxlIHJhdyBkYXRh" }, { Data: "" }],
    });
  });

  test("yields a batch as soon as it is full", async () => {
    put(1, ...Array.from({ length: 501 }, (_, index) => failedLine(String(index))));
    const events = await read();
    expect(events.map((event) => (event.kind === "batch" ? event.items.length : event.kind))).toEqual([
      500,
      "object read",
      1,
    ]);
  });

  test("finds nothing in an empty bucket", async () => {
    expect(await read()).toEqual([]);
  });

  test("does not open what is complete or another stream's", async () => {
    put(1, failedLine("a"));
    put(2, failedLine("b"));
    objects.set(`${LOGS}-failures/notes.txt`, Buffer.from("notes"));
    expect(shown(await read({ complete: new Map([[key(1), COMPLETE]]) }))).toEqual([
      "2 read: 1 0 0",
      "1 completed before",
      `${LOGS}-failures/notes.txt foreign`,
      "batch 2[0]",
    ]);
    expect(opened).toEqual([key(2)]);
  });

  test.each([999, 1000, 1001, 2500])("reports %d objects that it does not open", async (count) => {
    for (let number = 0; number < count; number++) {
      objects.set(`${LOGS}-failures/notes-${number}.txt`, Buffer.from("notes"));
    }
    put(1, failedLine("a"));
    const events = await read();
    expect(events.filter(({ kind }) => kind === "foreign")).toHaveLength(count);
    expect(events.filter(({ kind }) => kind === "object read")).toHaveLength(1);
    expect(events.at(-1)?.kind).toBe("batch");
  });

  test("does not send again what was accepted, and counts it", async () => {
    put(1, failedLine("a"), failedLine("b"), failedLine("c"));
    expect(shown(await read({ accepted: new Map([[key(1), new Set([0, 2])]]) }))).toEqual([
      "1 read: 3 0 0",
      "batch 1[1]",
    ]);
  });

  test("does not read what another machine completed", async () => {
    put(1, failedLine("a"));
    expect(shown(await read({ elsewhere: new Map([[key(1), COMPLETE]]) }))).toEqual(["1 completed before"]);
  });

  test("skips what can never be delivered", async () => {
    put(
      1,
      failedLine("a", { errorMessage: answerOf(413, "Payload too large") }),
      failedLine(Buffer.alloc(1000 * KIB)),
      failedLine(Buffer.alloc(1000 * KIB + 1)),
    );
    expect(shown(await read())).toEqual([
      "1[0] skipped: 413: the request is too large",
      "1[2] skipped: larger than 1,000 KiB, Firehose's limit",
      "1 read: 1 2 0",
      "batch 1[1]",
    ]);
  });

  test("names corrupt entries, and reads on", async () => {
    put(1, failedLine("a"), "this is none", failedLine("b"));
    expect(shown(await read())).toEqual([
      "1[1] corrupt: this is not a failed record",
      "1 read: 2 0 1",
      "batch 1[0] 1[2]",
    ]);
  });

  test("takes an object without a record for corrupt, unless it is empty", async () => {
    put(1);
    objects.set(key(2), Buffer.alloc(0));
    expect(shown(await read())).toEqual([
      "1[0] corrupt: the object has no failed record",
      "1 read: 0 0 1",
      "2 read: 0 0 0",
    ]);
  });

  test("names an object that S3 does not return, and reads on", async () => {
    put(1, failedLine("a"));
    put(2, failedLine("b"));
    failures.set(key(1), s3Error(403, "AccessDenied"));
    expect(shown(await read())).toEqual([
      `1 unreadable: AWS denied s3:GetObject on backup/${key(1)}. Grant it to the user or role that runs this command.`,
      "2 read: 1 0 0",
      "batch 2[0]",
    ]);
  });

  test("ends when the credentials expire", async () => {
    put(1, failedLine("a"));
    failures.set(key(1), s3Error(400, "ExpiredToken"));
    await expect(read()).rejects.toThrow("AWS refused the credentials");
  });

  test("reads each object once, where two prefixes overlap", async () => {
    put(1, failedLine("a"));
    const sources = [streamOf(), streamOf(LOGS, "!{timestamp:'kloudfuse-logs-failures/'}")];
    expect(shown(await read({}, { sources }))).toEqual(["1 read: 1 0 0", "batch 1[0]"]);
  });
});
