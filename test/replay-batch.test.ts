import { Batches, bytesOf, type Item } from "../cli/replay/batch";

const object = { bucket: "backup", key: "key", etag: "etag", size: 1 };
const item = (index: number, bytes: number): Item => ({ object, index, data: Buffer.alloc(bytes) });

/** The batches that records of these sizes make, each as its number of records. */
function batchesOf(sizes: readonly number[]): number[] {
  const batches = new Batches();
  const full = sizes.map((bytes, index) => batches.add(item(index, bytes)));
  return [...full, batches.rest()].filter(({ length }) => length > 0).map(({ length }) => length);
}

const KIB = 1024;

describe("a batch", () => {
  test("takes 500 records", () => {
    expect(batchesOf(Array.from({ length: 500 }, () => 1))).toEqual([500]);
  });

  test("does not take 501 records", () => {
    expect(batchesOf(Array.from({ length: 501 }, () => 1))).toEqual([500, 1]);
  });

  test("takes 4 MiB", () => {
    expect(batchesOf([1000 * KIB, 1000 * KIB, 1000 * KIB, 1000 * KIB, 96 * KIB])).toEqual([5]);
  });

  test("does not take one byte more than 4 MiB", () => {
    expect(batchesOf([1000 * KIB, 1000 * KIB, 1000 * KIB, 1000 * KIB, 96 * KIB + 1])).toEqual([4, 1]);
  });

  test("takes a record without data", () => {
    expect(batchesOf([0])).toEqual([1]);
  });

  test("keeps every record and its order", () => {
    const batches = new Batches();
    const sizes = Array.from({ length: 2000 }, (_, index) => (index * 7919) % 30_000);
    const items = sizes.map((bytes, index) => item(index, bytes));
    const sent = [...items.map((one) => batches.add(one)), batches.rest()].flat();
    expect(sent).toEqual(items);
    expect(bytesOf(sent)).toBe(sizes.reduce((sum, bytes) => sum + bytes, 0));
  });
});
