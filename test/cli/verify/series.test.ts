import { average, isMissing, merged, percent, recordsIn, sum } from "../../../cli/verify/series";

describe("a series", () => {
  test("adds up, without the minutes that have no value", () => {
    expect(sum([1, undefined, 2])).toBe(3);
    expect(sum([])).toBe(0);
    expect(average([1, 2])).toBe(1.5);
  });

  test("is missing only without any value: zero is one", () => {
    expect([[], [undefined], [undefined, 0]].map(isMissing)).toEqual([true, true, false]);
  });

  test("is merged with another one, minute by minute", () => {
    expect(merged([1, undefined, 3, undefined], [2, 2, undefined], (a, b) => a + b)).toEqual([3, 2, 3, undefined]);
    expect(merged([1], [0], Math.min)).toEqual([0]);
  });

  test("is shown with its noun", () => {
    expect(recordsIn([1])).toBe("1 record [█]");
    expect(recordsIn([1000, 234])).toMatch(/^1,234 records /);
    expect(recordsIn([])).toBe("0 records []");
  });
});

describe("a ratio", () => {
  test("is 100% only when it is all", () => {
    expect([1, 0.9999, 0.5, 0].map(percent)).toEqual(["100%", "99.9%", "50%", "0%"]);
  });
});
