import { isEscaped, jsonValueEnd, jsonValues, stringEnd } from "../../../cli/backup/json-values";

describe("the JSON values of a text", () => {
  test.each([
    ['{"a":1}', [{ a: 1 }]],
    ['{"a":1}{"b":"}"}', [{ a: 1 }, { b: "}" }]],
    ['\ufeff {"a":"\\""}\r\n\t[1, {}]', [{ a: '"' }, [1, {}]]],
    ["", []],
    [" \n", []],
  ])("%j are %j", (text, values) => {
    expect(jsonValues(text)).toEqual(values);
  });

  test.each(['{"a":1} x', '{"a":1', '{"a":}', "1", '"a"', "}", "[1}", '{"a":"}'])("%j are none", (text) => {
    expect(jsonValues(text)).toBeUndefined();
  });

  test("may be nested 1000 deep, and no deeper", () => {
    const nested = (depth: number): string => "[".repeat(depth) + "]".repeat(depth);
    expect(jsonValues(nested(1000))).toHaveLength(1);
    expect(jsonValues(nested(1001))).toBeUndefined();
  });
});

describe("the end of a value", () => {
  test.each([
    ['{"a":"{"}x', 0, 9],
    ["x[[]]", 1, 5],
    ["x[]", 0, undefined],
    ["]", 0, undefined],
    ["[", 0, undefined],
  ])("of %j from %i is %j", (text, from, end) => {
    expect(jsonValueEnd(text, from)).toBe(end);
  });
});

describe("the end of a string", () => {
  test.each([
    ['abc"', 3],
    ['a\\"c"', 4],
    ['a\\\\"', 3],
    ["abc", 3],
  ])("of %j is %i", (text, end) => {
    expect(stringEnd(text, 0)).toBe(end);
  });

  test("counts no backslash before its beginning", () => {
    expect(isEscaped('\\"', 1, 0)).toBe(true);
    expect(isEscaped('\\"', 1, 1)).toBe(false);
  });
});
