import { child, keysOf, valueAt } from "../../../policies/plan/json-path";

describe("the keys of a path", () => {
  test("are what dots separate", () => {
    expect(keysOf("a.0.b")).toEqual(["a", "0", "b"]);
  });

  test("are split once", () => {
    expect(keysOf("x.y")).toBe(keysOf("x.y"));
  });
});

describe("what a value holds under a key", () => {
  test.each([
    [{ a: 1 }, "a", 1],
    [[1, 2], "1", 2],
    [{ a: 1 }, "b", undefined],
    ["text", "length", undefined],
    [null, "a", undefined],
    [undefined, "a", undefined],
  ])("of %j, %s is %j", (value, key, expected) => {
    expect(child(value, key)).toBe(expected);
  });
});

describe("the value at a path", () => {
  test.each([
    ["a.0.b", 1],
    ["a.0", { b: 1 }],
    ["c", undefined],
    ["d.e", undefined],
  ])("%s is %j", (path, expected) => {
    expect(valueAt({ a: [{ b: 1 }], c: null }, path)).toEqual(expected);
  });
});
