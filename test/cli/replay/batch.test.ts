import { type Batch, BatchBuilder, bytesOf, itemName } from "../../../cli/replay/batch";
import { BodyPool } from "../../../cli/replay/request-body";
import { backupObject, rawData } from "../../fixtures/replay";

const object = backupObject("key");
let bodies: BodyPool;

beforeAll(() => {
  bodies = new BodyPool("kloudfuse-logs");
});

/** The batches of records of these sizes. */
function batches(sizes: readonly number[]): Batch[] {
  const builder = new BatchBuilder(bodies);
  const full = sizes.map((bytes, index) => builder.add(object, index, rawData(Buffer.alloc(bytes))));
  return [...full, builder.flush()].filter((batch) => batch !== undefined);
}

const countsOf = (sizes: readonly number[]): number[] => batches(sizes).map(({ items }) => items.length);
const KIB = 1024;

describe("a batch", () => {
  test.each([
    ["500 records", Array.from({ length: 500 }, () => 1), [500]],
    ["501 records", Array.from({ length: 501 }, () => 1), [500, 1]],
    ["1,001 records", Array.from({ length: 1001 }, () => 1), [500, 500, 1]],
    ["4 MiB", [1000 * KIB, 1000 * KIB, 1000 * KIB, 1000 * KIB, 96 * KIB], [5]],
    ["one byte more than 4 MiB", [1000 * KIB, 1000 * KIB, 1000 * KIB, 1000 * KIB, 96 * KIB + 1], [4, 1]],
    ["a record without data", [0], [1]],
    ["nothing", [], []],
  ])("holds %s within the limits of PutRecordBatch", (_, sizes, expected) => {
    expect(countsOf(sizes)).toEqual(expected);
  });

  test("keeps every record and its order", () => {
    const sizes = Array.from({ length: 2000 }, (_, index) => (index * 7919) % 30_000);
    const items = batches(sizes).flatMap((batch) => batch.items);
    expect(items.map(({ index }) => index)).toEqual(sizes.map((_, index) => index));
    expect(items.map(({ bytes }) => bytes)).toEqual(sizes);
    expect(bytesOf(items)).toBe(sizes.reduce((sum, bytes) => sum + bytes, 0));
  });

  test("is empty after it was flushed", () => {
    const builder = new BatchBuilder(bodies);
    builder.add(object, 0, rawData(Buffer.from("one")));
    expect(builder.flush()?.items).toHaveLength(1);
    expect(builder.flush()).toBeUndefined();
  });

  test("names a record by its object and index", () => {
    expect(itemName({ object, index: 7 })).toBe("key [7]");
  });
});
