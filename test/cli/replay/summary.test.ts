import type { Batch, Item } from "../../../cli/replay/batch";
import type { AttemptEvent, ReadEvent } from "../../../cli/replay/events";
import { countAttempt, countRead, emptySummary, type StreamSummary } from "../../../cli/replay/summary";
import { backupObject, batchOf, item } from "../../fixtures/replay";

const object = backupObject("key");
let batch: Batch;
let first: Item;
let second: Item;

beforeAll(() => {
  batch = batchOf(item(object, 0, "four"), item(object, 1, "sixsix"));
  [first, second] = [itemAt(0), itemAt(1)];
});

function itemAt(index: number): Item {
  const found = batch.items[index];
  if (found === undefined) {
    throw new Error(`The batch has no item ${index}.`);
  }
  return found;
}

const empty = (): StreamSummary => emptySummary("kloudfuse-logs", "backup", "/journal");

const attempt = (fields: Partial<AttemptEvent>): AttemptEvent => ({
  kind: "attempt",
  batch,
  attempt: 1,
  accepted: [],
  refused: [],
  isLast: false,
  ...fields,
});

function counted(...events: readonly ReadEvent[]): StreamSummary {
  const summary = empty();
  for (const event of events) {
    countRead(summary, event);
  }
  return summary;
}

/** The summary as JSON without what it has at first. */
function changes(summary: StreamSummary): object {
  const before = new Map(Object.entries(empty()).map(([name, value]) => [name, JSON.stringify(value)]));
  return Object.fromEntries(
    Object.entries(summary)
      .filter(([name, value]) => JSON.stringify(value) !== before.get(name))
      .map(([name, value]): [string, unknown] => [name, JSON.parse(JSON.stringify(value))]),
  );
}

test("a summary counts nothing at first", () => {
  expect(JSON.parse(JSON.stringify(empty()))).toEqual({
    stream: "kloudfuse-logs",
    bucket: "backup",
    journal: "/journal",
    records: 0,
    bytes: 0,
    objects: 0,
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
});

describe("a response of Firehose", () => {
  test("counts what was accepted, with its bytes", () => {
    const summary = empty();
    countAttempt(summary, attempt({ accepted: [first] }));
    countAttempt(summary, attempt({ accepted: [second] }));
    expect(changes(summary)).toEqual({ records: 2, bytes: 10 });
  });

  test("does not count what is refused and sent again", () => {
    const summary = empty();
    countAttempt(summary, attempt({ refused: [{ item: first, reason: "Slow down." }] }));
    expect(changes(summary)).toEqual({});
  });

  test("names what is refused in the last attempt", () => {
    const summary = empty();
    countAttempt(
      summary,
      attempt({ accepted: [first], refused: [{ item: second, reason: "Slow down." }], isLast: true }),
    );
    expect(changes(summary)).toEqual({
      records: 1,
      bytes: 4,
      refused: { count: 1, items: [{ what: "key [1]", reason: "Slow down." }] },
    });
  });
});

describe("what the reader finds", () => {
  test.each(["skipped", "corrupt"] as const)("is named with its place if it is %s", (kind) => {
    expect(changes(counted({ kind, object, index: 7, reason: "why" }))).toEqual({
      [kind]: { count: 1, items: [{ what: "key [7]", reason: "why" }] },
    });
  });

  test("is named as an object if S3 did not return it", () => {
    expect(changes(counted({ kind: "unreadable", object, reason: "why" }))).toEqual({
      unreadable: { count: 1, items: [{ what: "key", reason: "why" }] },
    });
  });

  test("is counted if it is foreign", () => {
    expect(changes(counted({ kind: "foreign", object }, { kind: "foreign", object }))).toEqual({ foreignObjects: 2 });
  });

  test("is no object of this replay before all of it is accepted", () => {
    expect(changes(counted({ kind: "object read", object, records: 5, skipped: 1, corrupt: 1 }))).toEqual({});
  });
});

describe("an object that an earlier run completed", () => {
  const completed = (skipped: number, corrupt: number): object =>
    changes(counted({ kind: "completed before", object, outcome: { accepted: 1, skipped, corrupt } }));
  const item = (reason: string): object => ({ count: 1, items: [{ what: "key", reason }] });

  test("is replayed if every record was accepted", () => {
    expect(completed(0, 0)).toEqual({ replayedBefore: 1 });
  });

  test.each([
    [1, "1 record, found by an earlier run"],
    [1200, "1,200 records, found by an earlier run"],
  ])("is a problem still with %d skipped records", (count, reason) => {
    expect(completed(count, 0)).toEqual({ skipped: item(reason) });
  });

  test.each([
    [1, "1 entry, found by an earlier run"],
    [1200, "1,200 entries, found by an earlier run"],
  ])("is a problem still with %d corrupt entries", (count, reason) => {
    expect(completed(0, count)).toEqual({ corrupt: item(reason) });
  });
});
