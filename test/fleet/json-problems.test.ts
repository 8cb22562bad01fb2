import { jsonProblem } from "../../fleet/json-problems";

const isJson = (text: string): boolean => {
  try {
    JSON.parse(text);
    return true;
  } catch {
    return false;
  }
};

describe("a JSON text", () => {
  test.each([
    "{}",
    "[]",
    " [ ] ",
    "0",
    "-0.5e-7",
    "true",
    "null",
    '"a\\u00e9\\n\\"\u007f\u{1f600}"',
    '{ "a": [1, { "b": {} }, []], "c": false }\n',
    '[{ "a": 1 }, { "a": 2 }]',
    '{ "a": { "a": 1 } }',
  ])("%j has no problem", (text) => {
    expect(jsonProblem(text)).toBeUndefined();
    expect(isJson(text)).toBe(true);
  });

  test.each([
    ["", 1, 1, "expected a value, got the end of the file"],
    ["{", 1, 2, "expected }, got the end of the file"],
    ["{a: 1}", 1, 2, "expected a value or a name in double quotes, got a"],
    ["{'a': 1}", 1, 2, "expected a value or a name in double quotes, got '"],
    ['{"a" 1}', 1, 6, "expected a colon, got 1"],
    ['{"a": }', 1, 7, "expected a value, got }"],
    ['{"a": 1 "b": 2}', 1, 9, 'expected a comma, or the end of the list or object, got "'],
    ['{\n  "a": 1,\n}', 3, 1, "expected a name in double quotes, got }"],
    ["[1,]", 1, 4, "expected a value, got ]"],
    ["[1 2]", 1, 4, "expected a comma, or the end of the list or object, got 2"],
    ["[1", 1, 3, "expected ], got the end of the file"],
    ["[01]", 1, 3, "expected a comma, or the end of the list or object, got 1"],
    ["[1.]", 1, 2, "expected a value, got 1"],
    ["[tru]", 1, 2, "expected a value or a name in double quotes, got t"],
    ['["a\nb"]', 1, 2, 'expected a string that ends on the same line, got "'],
    ['["a\u0001b"]', 1, 2, 'expected a string without control characters, got "'],
    ['["\\x"]', 1, 2, 'expected a string with valid JSON escapes, got "'],
    ['["\\u12"]', 1, 2, 'expected a string with four hexadecimal digits after each \\u, got "'],
    ["{}\n\n{}", 3, 1, "expected the end of the file, got {"],
    ["// a\n{}", 1, 1, "expected a value, got /"],
  ])("%j has one in line %d, column %d", (text, line, column, message) => {
    expect(jsonProblem(text)).toEqual({ line, column, message: `must be JSON: ${message}` });
    expect(isJson(text)).toBe(false);
  });

  test("may have 100 levels, and strings of any length", () => {
    expect(jsonProblem("[".repeat(100) + "]".repeat(100))).toBeUndefined();
    expect(jsonProblem("[[]," + "[".repeat(99) + "]".repeat(100))).toBeUndefined();
    expect(jsonProblem(`{"${"n".repeat(100_000)}": "${"\\n".repeat(5_000_000)}"}`)).toBeUndefined();
  });

  test.each<[string, string, number]>([
    ["101 lists", "[".repeat(101) + "]".repeat(101), 101],
    ["5,000 lists", "[".repeat(5000) + "]".repeat(5000), 101],
    ["100,000 objects", '{"a":'.repeat(100_000), 501],
  ])("in each other has one: %s", (_, text, column) => {
    expect(jsonProblem(text)).toEqual({
      line: 1,
      column,
      message: "must nest lists and objects at most 100 levels deep, got more",
    });
  });

  test.each(['{"a": 1, "b": 2,\n "a": 3}', '{"a": 1, "b": 2,\n "\\u0061": 3}'])(
    "with a name twice in one object has one, which JSON.parse does not report: %j",
    (text) => {
      expect(jsonProblem(text)).toEqual({
        line: 2,
        column: 2,
        message: 'must not repeat the name "a" in an object',
      });
    },
  );

  test("has one exactly where JSON.parse rejects it, of many damaged texts", () => {
    const whole = '{"a": [1, -2.5e3, true, null, "x\\n"], "b": {"c": ""}}';
    for (let at = 0; at <= whole.length; at++) {
      for (const other of ["", '"', "{", "}", "]", ",", ":", "0", "e", ".", "-", "\\", "\n", "\u00a0", "\ufeff", "/"]) {
        for (const removed of [0, 1]) {
          const text = whole.slice(0, at) + other + whole.slice(at + removed);
          expect([text, jsonProblem(text) === undefined]).toEqual([text, isJson(text)]);
        }
      }
    }
  });
});
