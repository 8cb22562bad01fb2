import { jsonProblem, positionOf } from "../../fleet/json-problems";

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
  ])("%j has no problem", (text) => {
    expect(jsonProblem(text)).toBeUndefined();
    expect(isJson(text)).toBe(true);
  });

  test.each([
    ["", 0, "must be JSON: a value is expected, got the end of the file"],
    ["{", 1, "must be JSON: a name in double quotes is expected, got the end of the file"],
    ["{a: 1}", 1, "must be JSON: a name in double quotes is expected, got a"],
    ["{'a': 1}", 1, "must be JSON: a name in double quotes is expected, got '"],
    ['{"a" 1}', 5, "must be JSON: a colon is expected, got 1"],
    ['{"a": }', 6, "must be JSON: a value is expected, got }"],
    ['{"a": 1 "b": 2}', 8, 'must be JSON: a comma or } is expected, got "'],
    ['{"a": 1,}', 8, "must be JSON: a name in double quotes after the comma is expected, got }"],
    ["[1,]", 3, "must be JSON: a value after the comma is expected, got ]"],
    ["[1 2]", 3, "must be JSON: a comma or ] is expected, got 2"],
    ["[1", 2, "must be JSON: a comma or ] is expected, got the end of the file"],
    ["[01]", 1, "must be JSON: a value is expected, got 0"],
    ["[1.]", 1, "must be JSON: a value is expected, got 1"],
    ["[tru]", 1, "must be JSON: a value is expected, got t"],
    ['["a\nb"]', 1, 'must be JSON: a value is expected, got "'],
    ['["\\x"]', 1, 'must be JSON: a value is expected, got "'],
    ["{} {}", 3, "must be JSON: the end of the file is expected, got {"],
    ["// a\n{}", 0, "must be JSON: a value is expected, got /"],
  ])("%j has one at %d", (text, offset, message) => {
    expect(jsonProblem(text)).toEqual({ offset, message });
    expect(isJson(text)).toBe(false);
  });

  test("may have 100 levels and strings of 10,000 characters", () => {
    expect(jsonProblem("[".repeat(100) + "]".repeat(100))).toBeUndefined();
    expect(jsonProblem("[[]," + "[".repeat(99) + "]".repeat(100))).toBeUndefined();
    expect(jsonProblem(`{"${"n".repeat(10_000)}": "${"\\n".repeat(10_000)}"}`)).toBeUndefined();
  });

  test.each<[string, string, number]>([
    ["101 lists", "[".repeat(101) + "]".repeat(101), 100],
    ["5,000 lists", "[".repeat(5000) + "]".repeat(5000), 100],
    ["100,000 objects", '{"a":'.repeat(100_000), 500],
  ])("in each other has one: %s", (_, text, offset) => {
    expect(jsonProblem(text)).toEqual({
      offset,
      message: "must have lists and objects of at most 100 levels, got one more. Remove the inner ones",
    });
  });

  test.each<[string, string, number]>([
    ["10,001 characters", `["${"a".repeat(10_001)}"]`, 1],
    ["12 million characters", `{"a": "${"\u{1f600}".repeat(6_000_000)}"}`, 6],
    ["10,001 escaped characters as a name", `{"${"\\n".repeat(10_001)}": 1}`, 1],
    ["no end", `"${"a".repeat(12_000_000)}`, 0],
  ])("as a long string has one: %s", (_, text, offset) => {
    expect(jsonProblem(text)).toEqual({
      offset,
      message: "must have strings of at most 10000 characters, got a longer one. Shorten it",
    });
  });

  test("with a name twice in one object has one, which JSON.parse does not tell", () => {
    expect(jsonProblem('{"a": 1, "b": 2, "a": 3}')).toEqual({
      offset: 17,
      message: 'must have the name "a" once in an object. Remove one of them',
    });
  });
});

test.each([
  ["abc", 0, 1, 1],
  ["abc", 3, 1, 4],
  ["a\nbc", 2, 2, 1],
  ["a\n\nb", 3, 3, 1],
])("in %j the offset %d is line %d, column %d", (text, offset, line, column) => {
  expect(positionOf(text, offset)).toEqual({ line, column });
});
