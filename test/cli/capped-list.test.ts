import { CappedList } from "../../cli/capped-list";

function listOf(count: number): CappedList<number> {
  const list = new CappedList<number>();
  for (let item = 0; item < count; item++) {
    list.add(() => item);
  }
  return list;
}

describe("a capped list", () => {
  test.each([
    [0, 0],
    [9_999, 9_999],
    [10_000, 10_000],
    [10_001, 10_000],
  ])("of %d counts all, and keeps the first %d", (count, kept) => {
    const list = listOf(count);
    expect({ count: list.count, kept: list.items.length, last: list.items.at(-1) }).toEqual({
      count,
      kept,
      last: kept === 0 ? undefined : kept - 1,
    });
  });

  test("makes no item that it does not keep", () => {
    const list = listOf(10_000);
    list.add(() => {
      throw new Error("made");
    });
    expect(list.count).toBe(10_001);
  });

  test("is its count and its items as JSON", () => {
    expect(JSON.stringify({ list: listOf(2) })).toBe('{"list":{"count":2,"items":[0,1]}}');
  });
});
