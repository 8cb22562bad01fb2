import type { S3Client } from "@aws-sdk/client-s3";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { BackupObject } from "../../../cli/backup/objects";
import type { Batch, Item } from "../../../cli/replay/batch";
import type { AttemptEvent, ObjectRead } from "../../../cli/replay/events";
import { Journal } from "../../../cli/replay/journal";
import { Ledger, type LedgerOptions } from "../../../cli/replay/ledger";
import { Tags } from "../../../cli/replay/tags";
import { backupObject, batchOf, item } from "../../fixtures/replay";
import { s3Error, type Respond, s3Stub, type StubResponse } from "../../helpers/aws-stub";

let folder = "";
let number = 0;
let file = "";
let journal: Journal;
/** Tags that S3 was asked to put, and objects that it was asked to delete. */
let marked: string[] = [];
let response: (method: string) => StubResponse = () => ({});

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-ledger-"));
});

beforeEach(async () => {
  file = join(folder, `${number++}.jsonl`);
  journal = await Journal.open(file, new AbortController().signal);
  marked = [];
  response = (method) => (method === "GET" ? { body: "<Tagging><TagSet></TagSet></Tagging>" } : {});
});

afterEach(async () => {
  await journal.close();
});

afterAll(() => {
  rmSync(folder, { recursive: true, force: true });
});

let s3: S3Client;

const respond: Respond = ({ method, path, body }) => {
  const value = /<Value>(.*)<\/Value>/.exec(body.toString())?.[1] ?? "";
  if (method !== "GET") {
    marked.push(`${method} ${path} ${value}`.trim());
  }
  return response(method);
};

beforeAll(() => {
  s3 = s3Stub(respond);
});

const ledgerOf = (options: Partial<LedgerOptions> = {}): Ledger =>
  new Ledger(journal, new Tags(s3), {
    streamName: "kloudfuse-logs",
    bucket: "backup",
    deleteReplayed: false,
    dryRun: false,
    ...options,
  });

const [one, two] = [backupObject("one", 10), backupObject("two", 20)];

const attempt = (batch: Batch, accepted: readonly Item[], isLast = false, number = 1): AttemptEvent => ({
  kind: "attempt",
  batch,
  attempt: number,
  accepted,
  refused: batch.items.filter((each) => !accepted.includes(each)).map((each) => ({ item: each, reason: "slow down" })),
  isLast,
});

const read = (object: BackupObject, records: number, skipped = 0, corrupt = 0): ObjectRead => ({
  kind: "object read",
  object,
  records,
  skipped,
  corrupt,
});

const journaled = (): string[] =>
  readFileSync(file, "utf8")
    .split("\n")
    .filter((line) => line !== "")
    .slice(1);

describe("the ledger", () => {
  test("completes an object once it was read to its end and every record is accepted", async () => {
    const ledger = ledgerOf();
    const items = [item(one, 0), item(one, 1), item(one, 2)];
    const [first, second] = [batchOf(...items.slice(0, 2)), batchOf(...items.slice(2))];
    ledger.reserve(first);
    await ledger.record([attempt(first, first.items)]);
    expect(journaled()).toEqual(['{"object":"backup/one \\"one\\"","accepted":[[0,1]]}']);
    await ledger.record([read(one, 3)]);
    expect(ledger.finished).toEqual({ objects: 0, bytes: 0 });
    ledger.reserve(second);
    await ledger.record([attempt(second, second.items)]);
    await ledger.finish();
    expect(journaled().slice(1)).toEqual([
      '{"object":"backup/one \\"one\\"","complete":{"accepted":3,"skipped":0,"corrupt":0}}',
    ]);
    expect(marked).toEqual(["PUT /backup/one accepted=3 skipped=0 corrupt=0"]);
    expect(ledger.finished).toEqual({ objects: 1, bytes: 10 });
    expect(ledger.summary).toMatchObject({ records: 3, bytes: 24, objects: 1, tagging: null });
  });

  test("records the objects of one batch apart, in one write", async () => {
    const ledger = ledgerOf();
    const batch = batchOf(item(one, 4), item(two, 0), item(one, 5));
    ledger.reserve(batch);
    await ledger.record([attempt(batch, batch.items), read(two, 1)]);
    expect(journaled()).toEqual([
      '{"object":"backup/one \\"one\\"","accepted":[[4,5]]}',
      '{"object":"backup/two \\"one\\"","complete":{"accepted":1,"skipped":0,"corrupt":0}}',
    ]);
  });

  test("counts what earlier runs sent of an object, and completes it with them", async () => {
    const batch = batchOf(item(one, 0));
    await ledgerOf().record([attempt(batch, batch.items)]);
    await journal.close();
    journal = await Journal.open(file, new AbortController().signal);
    const ledger = ledgerOf();
    expect([...ledger.acceptedBefore(one)]).toEqual([0]);
    const rest = batchOf(item(one, 1));
    await ledger.record([attempt(rest, rest.items), read(one, 2)]);
    await ledger.finish();
    expect(ledger.summary).toMatchObject({ records: 1, acceptedBefore: 1, objects: 1 });
    expect(marked).toEqual(["PUT /backup/one accepted=2 skipped=0 corrupt=0"]);
    expect(ledgerOf().completedBefore(one)).toBeUndefined();
    expect(Journal.read(file).state(one).outcome).toEqual({ accepted: 2, skipped: 0, corrupt: 0 });
  });

  test("keeps an object open of which a record is refused to the end", async () => {
    const ledger = ledgerOf();
    const batch = batchOf(item(one, 0), item(one, 1));
    const [first] = batch.items;
    await ledger.record([attempt(batch, first === undefined ? [] : [first], false, 9), read(one, 2)]);
    expect(ledger.refusal).toEqual({ records: 1, attempt: 9, maxAttempts: 10, reason: "slow down" });
    expect(ledger.summary.refused.count).toBe(0);
    const rest = { ...batch, items: batch.items.slice(1) };
    await ledger.record([{ ...attempt(rest, [], true, 10), batch }]);
    await ledger.finish();
    expect(ledger.summary.refused.items).toEqual([{ what: "one [1]", reason: "slow down" }]);
    expect(journaled()).toEqual(['{"object":"backup/one \\"one\\"","accepted":[[0,0]]}']);
    expect({ marked, finished: ledger.finished.objects }).toEqual({ marked: [], finished: 0 });
  });

  test("forgets a refusal once a request is accepted", async () => {
    const ledger = ledgerOf();
    const batch = batchOf(item(one, 0));
    await ledger.record([attempt(batch, [])]);
    expect(ledger.refusal?.records).toBe(1);
    await ledger.record([attempt(batch, batch.items)]);
    expect(ledger.refusal).toBeUndefined();
  });

  test("never completes an object with corrupt entries in the journal", async () => {
    const ledger = ledgerOf();
    const batch = batchOf(item(one, 0));
    await ledger.record([
      { kind: "corrupt", object: one, index: 1, reason: "the record is not whole" },
      attempt(batch, batch.items),
      read(one, 1, 0, 1),
    ]);
    await ledger.finish();
    expect(journaled()).toEqual(['{"object":"backup/one \\"one\\"","accepted":[[0,0]]}']);
    expect(marked).toEqual(["PUT /backup/one accepted=1 skipped=0 corrupt=1"]);
    expect(ledger.summary.corrupt.items).toEqual([{ what: "one [1]", reason: "the record is not whole" }]);
  });

  test("leaves an object as it is of which nothing can be read", async () => {
    const ledger = ledgerOf({ deleteReplayed: true });
    await ledger.record([{ kind: "corrupt", object: one, index: 0, reason: "ZIP" }, read(one, 0, 0, 1)]);
    await ledger.finish();
    expect({ marked, lines: journaled(), objects: ledger.summary.objects }).toEqual({
      marked: [],
      lines: [],
      objects: 0,
    });
  });

  test("deletes a replayed object if it should, and no other", async () => {
    const ledger = ledgerOf({ deleteReplayed: true });
    const [first, second] = [batchOf(item(one, 0)), batchOf(item(two, 0))];
    await ledger.record([attempt(first, first.items), read(one, 1), attempt(second, second.items), read(two, 1, 1)]);
    await ledger.finish();
    expect(marked).toEqual(["DELETE /backup/one", "PUT /backup/two accepted=1 skipped=1 corrupt=0"]);
    expect(ledger.summary.deleted).toBe(1);
  });

  test("tags an object that may not be deleted, and names it", async () => {
    response = (method) => (method === "DELETE" ? s3Error(403, "AccessDenied") : { body: "<Tagging></Tagging>" });
    const ledger = ledgerOf({ deleteReplayed: true });
    const batch = batchOf(item(one, 0));
    await ledger.record([attempt(batch, batch.items), read(one, 1)]);
    await ledger.finish();
    expect(marked).toEqual(["DELETE /backup/one", "PUT /backup/one accepted=1 skipped=0 corrupt=0"]);
    expect(ledger.summary.unreadable.items).toEqual([
      {
        what: "one",
        reason: "AWS denied s3:DeleteObject on backup/one. Grant it to the user or role that runs this command.",
      },
    ]);
  });

  test.each([
    [{ accepted: 1, skipped: 0, corrupt: 0 }, { replayedBefore: 1 }, [], []],
    [{ accepted: 1, skipped: 1, corrupt: 0 }, { replayedBefore: 0 }, ["1 record, found by an earlier run"], []],
    [{ accepted: 1, skipped: 0, corrupt: 1 }, { replayedBefore: 0 }, [], ["1 entry, found by an earlier run"]],
    [
      { accepted: 1, skipped: 2, corrupt: 3 },
      { replayedBefore: 0 },
      ["2 records, found by an earlier run"],
      ["3 entries, found by an earlier run"],
    ],
  ])("counts an object that was completed before with %j", async (outcome, counts, skipped, corrupt) => {
    const ledger = ledgerOf();
    await ledger.record([{ kind: "completed before", object: one, outcome }]);
    expect(ledger.summary).toMatchObject(counts);
    expect(ledger.summary.skipped.items.map(({ reason }) => reason)).toEqual(skipped);
    expect(ledger.summary.corrupt.items.map(({ reason }) => reason)).toEqual(corrupt);
    expect(ledger.finished).toEqual({ objects: 1, bytes: 10 });
  });

  test.each([
    [true, ["DELETE /backup/one"]],
    [false, []],
  ])("with deletion %j marks what earlier runs replayed as %j", async (deleteReplayed, expected) => {
    const ledger = ledgerOf({ deleteReplayed });
    const outcome = { accepted: 1, skipped: 0, corrupt: 0 };
    await ledger.record([
      { kind: "completed before", object: one, outcome },
      { kind: "completed before", object: two, outcome: { ...outcome, skipped: 1 } },
    ]);
    await ledger.finish();
    expect(marked).toEqual(expected);
  });

  test("counts foreign, skipped and unreadable objects", async () => {
    const ledger = ledgerOf();
    await ledger.record([
      { kind: "foreign", object: two },
      { kind: "skipped", object: one, index: 3, reason: "413" },
      { kind: "unreadable", object: one, reason: "gone" },
    ]);
    expect(ledger.summary).toMatchObject({ foreignObjects: 1 });
    expect(ledger.summary.skipped.items).toEqual([{ what: "one [3]", reason: "413" }]);
    expect(ledger.summary.unreadable.items).toEqual([{ what: "one", reason: "gone" }]);
    expect(ledger.finished).toEqual({ objects: 1, bytes: 10 });
  });

  test("writes nothing in a dry run, and counts", async () => {
    const ledger = ledgerOf({ dryRun: true, deleteReplayed: true });
    const batch = batchOf(item(one, 0));
    await ledger.record([
      attempt(batch, batch.items, true),
      read(one, 1),
      { kind: "completed before", object: two, outcome: { accepted: 1, skipped: 0, corrupt: 0 } },
    ]);
    await ledger.finish();
    expect({ lines: journaled(), marked }).toEqual({ lines: [], marked: [] });
    expect(ledger.summary).toMatchObject({ records: 1, replayedBefore: 1 });
  });

  test("sends nothing more once another machine completed an object, and still records what is in flight", async () => {
    response = () => ({
      body: "<Tagging><TagSet><Tag><Key>kloudfuse-firehose-replayed</Key><Value>accepted=1 skipped=0 corrupt=0</Value></Tag></TagSet></Tagging>",
    });
    const ledger = ledgerOf();
    const [first, inFlight] = [batchOf(item(one, 0)), batchOf(item(two, 0))];
    ledger.reserve(first);
    ledger.reserve(inFlight);
    await ledger.record([attempt(first, first.items), read(one, 1)]);
    await ledger.abandon();
    const other = /^Another replay, on another machine or with another --journal, completed one at the same time/;
    expect(() => {
      ledger.assertMaySend();
    }).toThrow(other);
    await ledger.record([attempt(inFlight, inFlight.items)]);
    expect(journaled()).toContain('{"object":"backup/two \\"one\\"","accepted":[[0,0]]}');
    await expect(ledger.finish()).rejects.toThrow(other);
  });

  test("sends nothing more once the journal is lost", async () => {
    const ledger = ledgerOf();
    const batch = batchOf(item(one, 0));
    ledger.reserve(batch);
    rmSync(file);
    await ledger.record([attempt(batch, batch.items), read(one, 1)]);
    const lost = `Another process changed the journal ${file}`;
    expect(() => {
      ledger.assertMaySend();
    }).toThrow(lost);
    expect(() => {
      ledger.reserve(batch);
    }).toThrow(lost);
    await expect(ledger.finish()).rejects.toThrow(lost);
    expect({ marked, finished: ledger.finished.objects }).toEqual({ marked: [], finished: 0 });
  });

  test.each([
    [0, "without tags", undefined],
    [1, "with the outcome of another machine", { accepted: 1, skipped: 0, corrupt: 0 }],
  ])("finds an object with %d tags %s", async (tagCount, _, expected) => {
    response = () => ({
      body: "<Tagging><TagSet><Tag><Key>kloudfuse-firehose-replayed</Key><Value>accepted=1 skipped=0 corrupt=0</Value></Tag></TagSet></Tagging>",
    });
    expect(await ledgerOf().completedElsewhere(one, tagCount)).toEqual(expected);
  });

  test("reads an object with corrupt entries again if its journal says which records were sent", async () => {
    response = () => ({
      body: "<Tagging><TagSet><Tag><Key>kloudfuse-firehose-replayed</Key><Value>accepted=1 skipped=0 corrupt=1</Value></Tag></TagSet></Tagging>",
    });
    expect(await ledgerOf().completedElsewhere(one, 1)).toEqual({ accepted: 1, skipped: 0, corrupt: 1 });
    const batch = batchOf(item(one, 0));
    await ledgerOf().record([attempt(batch, batch.items)]);
    await journal.close();
    journal = await Journal.open(file, new AbortController().signal);
    expect(await ledgerOf().completedElsewhere(one, 1)).toBeUndefined();
  });
});
