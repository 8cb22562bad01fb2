import {
  map,
  numbers,
  onePerRule,
  repeat,
  type Rejection,
  shownAs,
  texts,
} from "../../../scripts/edge-cases/edge-case";

/** A rejection as the input `x` has it. */
const written = (rejections: readonly Rejection[]): readonly (readonly [unknown, string])[] =>
  rejections.map(([value, message]) => [value, message("x")]);

describe("the rejections of a rule", () => {
  test("of texts show each one in quotation marks", () => {
    expect(written(texts("be short", "Cut it.", ["", "ab"]))).toEqual([
      ["", 'x must be short, got "". Cut it.'],
      ["ab", 'x must be short, got "ab". Cut it.'],
    ]);
  });

  test("of numbers show each one as it is", () => {
    expect(written(numbers("be 1", "Use 1.", [0, 1.5]))).toEqual([
      [0, "x must be 1, got 0. Use 1."],
      [1.5, "x must be 1, got 1.5. Use 1."],
    ]);
  });

  test("of other values show what they are given", () => {
    const values = [{ a: 1 }, { b: 2 }];
    expect(written(shownAs("be empty", "Empty it.", "1 entry", values))).toEqual([
      [values[0], "x must be empty, got 1 entry. Empty it."],
      [values[1], "x must be empty, got 1 entry. Empty it."],
    ]);
  });

  test("about the items of an input name them", () => {
    expect(written(texts({ item: "name", text: "be short" }, "Cut it.", ["ab"]))).toEqual([
      ["ab", 'every name in x must be short, got "ab". Cut it.'],
    ]);
  });
});

describe("one rejection per rule", () => {
  test("is the first of each, in their order", () => {
    const rejections = [
      ...texts("be short", "Cut it.", ["a", "b"]),
      ...texts("be a name", "Rename it.", ["c"]),
      ...texts("be short", "Cut it.", ["d"]),
    ];
    expect(onePerRule(rejections).map(([value]) => value)).toEqual(["a", "c"]);
  });

  test("takes rules of an input and of its items for several", () => {
    const rejections = [
      ...texts("be short", "Cut it.", ["a"]),
      ...texts({ item: "name", text: "be short" }, "Cut it.", ["b"]),
    ];
    expect(onePerRule(rejections).map(([value]) => value)).toEqual(["a", "b"]);
  });

  test("is none of none", () => {
    expect(onePerRule([])).toEqual([]);
  });
});

test("values at a limit have its length", () => {
  expect(repeat("ab", 3)).toBe("ababab");
  expect(map(0)).toEqual({});
  expect(map(2)).toEqual({ name0: "value", name1: "value" });
});
