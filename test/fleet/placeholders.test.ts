import { replacePlaceholders, textAt, unknownPlaceholders } from "../../fleet/placeholders";

const PLACE = { account: "111122223333", region: "eu-west-1" };

describe("placeholders", () => {
  test("are replaced wherever they are in a text", () => {
    expect(textAt("{account}/{region}/{account}", PLACE)).toBe("111122223333/eu-west-1/111122223333");
  });

  test("of the region stay where there is none yet", () => {
    expect(textAt("{account}/{region}", { account: "111122223333" })).toBe("111122223333/{region}");
  });

  test("are replaced in lists and in the values of maps, not in their names", () => {
    expect(replacePlaceholders({ "{account}": ["{account}", 4, null, true, { a: "{region}" }] }, PLACE)).toEqual({
      "{account}": ["111122223333", 4, null, true, { a: "eu-west-1" }],
    });
  });

  test.each([
    ["{account}{region}", []],
    ["{acount}", ["{acount}"]],
    ["{Region} {my_team}", ["{Region}", "{my_team}"]],
    ['{ $.level = "error" }', []],
    ["[a, b={x}]", ["{x}"]],
    ["${account}", []],
    ["%{if}", []],
    ["${a", []],
    ["${a.b} {c}", ["{c}"]],
    [
      ["{a}", { b: "{c}" }, 4, null],
      ["{a}", "{c}"],
    ],
  ])("in %j that mean nothing are %j", (value, unknown) => {
    expect(unknownPlaceholders(value)).toEqual(unknown);
  });
});
