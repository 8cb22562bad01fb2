import { asObject, asString, isObject, isString, parsedJson } from "../../iam/json";

describe("a value of JSON", () => {
  test.each([
    [{}, true],
    [[], true],
    [null, false],
    ["text", false],
    [undefined, false],
  ])("%j is an object: %j", (value, expected) => {
    expect(isObject(value)).toBe(expected);
  });

  test("is itself as an object if it is one", () => {
    const value = { a: 1 };
    expect(asObject(value)).toBe(value);
  });

  test("is an empty object if it is none", () => {
    expect(asObject("text")).toEqual({});
  });

  test.each([
    ["text", "text"],
    ["", ""],
    [1, undefined],
    [{}, undefined],
    [null, undefined],
  ])("%j as a string is %j", (value, expected) => {
    expect(asString(value)).toBe(expected);
    expect(isString(value)).toBe(expected !== undefined);
  });
});

describe("a JSON text", () => {
  test("is parsed, or undefined", () => {
    expect(parsedJson("[1]")).toEqual([1]);
    expect(parsedJson("[1")).toBeUndefined();
  });
});
