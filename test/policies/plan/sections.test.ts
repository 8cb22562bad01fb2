import { elementRangesOf, membersOf } from "../../../policies/plan/sections";

/** The texts of the members of an object. */
function members(text: string): readonly (readonly [string, string])[] | undefined {
  const json = Buffer.from(text);
  const found = membersOf(json);
  return found && [...found].map(([name, { start, end }]) => [name, json.toString("utf8", start, end)]);
}

/** The texts of the elements of a list; by default all of the text is the list. */
function elements(text: string, start = 0, end = Buffer.byteLength(text)): readonly string[] | undefined {
  const json = Buffer.from(text);
  return elementRangesOf(json, { start, end })?.map((range) => json.toString("utf8", range.start, range.end));
}

describe("the members of an object", () => {
  test.each<[string, readonly (readonly [string, string])[]]>([
    ["{}", []],
    [" \n\r\t{ \n\r\t} \n\r\t", []],
    ['{"a":1}', [["a", "1"]]],
    [
      '{"a":1,"b":2}',
      [
        ["a", "1"],
        ["b", "2"],
      ],
    ],
    ['{ "a" : 1 }', [["a", " 1 "]]],
    [
      '{"a":{"x":1,"y":2},"b":[1,2]}',
      [
        ["a", '{"x":1,"y":2}'],
        ["b", "[1,2]"],
      ],
    ],
    [
      '{"a":"}],{[","b":"\\"}"}',
      [
        ["a", '"}],{["'],
        ["b", '"\\"}"'],
      ],
    ],
    [
      '{"a":"\\\\","b":1}',
      [
        ["a", '"\\\\"'],
        ["b", "1"],
      ],
    ],
    ['{"a:b,c":1}', [["a:b,c", "1"]]],
    ['{"ü":"é"}', [["ü", '"é"']]],
    ['{"a":1,"a":2}', [["a", "2"]]],
  ])("of %j are %j", (text, expected) => {
    expect(members(text)).toEqual(expected);
  });

  test.each([
    "",
    " ",
    "[]",
    "1",
    'x{"a":1}',
    '{"a":1}x',
    '{"a":1} {"b":2}',
    '{"a":1',
    '{"a":1]',
    '{"a"}',
    '{"a',
    "{1}",
    '{1,"a":2}',
    '{"a","b":1}',
    '{"a":"x}',
    '{"a":{"b":1}',
  ])("are none of %j, which is not one object", (text) => {
    expect(members(text)).toBeUndefined();
  });
});

describe("the elements of a list", () => {
  test.each<[string, readonly string[]]>([
    ["[]", []],
    ["[ \n ]", []],
    ["[1]", ["1"]],
    ['[1,[2,3],{"a":4,"b":5}]', ["1", "[2,3]", '{"a":4,"b":5}']],
    ['["]",","]', ['"]"', '","']],
    [" [1, 2] ", ["1", " 2"]],
  ])("of %j are %j", (text, expected) => {
    expect(elements(text)).toEqual(expected);
  });

  test.each(["", "{}", '"[]"', "[1", "[1}", "[1]x", "[1][2]", '["x]'])(
    "are none of %j, which is not one list",
    (text) => {
      expect(elements(text)).toBeUndefined();
    },
  );

  test("are those in the range alone", () => {
    expect(elements('{"a":[1,2],"b":[3]}', 5, 10)).toEqual(["1", "2"]);
  });

  test("are none where the list ends behind the range", () => {
    expect(elements("[1,2]", 0, 4)).toBeUndefined();
  });

  test("are none where the list begins behind the range", () => {
    expect(elements("   [1]", 0, 3)).toBeUndefined();
  });
});
