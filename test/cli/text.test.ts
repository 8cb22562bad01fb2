import { printable, shortened } from "../../cli/text";

describe("a text of others", () => {
  test.each([
    ["one line", "one line"],
    ["two\r\nlines", "two lines"],
    ["tab\there", "tab here"],
    ["\u001b[31mred\u001b[0m", "[31mred [0m"],
    ["\u0007bell\u0000", "bell"],
    ["\u009b31m", "31m"],
    ["turned \u202Egnol\u202C", "turned  gnol"],
    ["zero\u200bwidth", "zero width"],
    ["line\u2028paragraph\u2029", "line paragraph"],
    ["ünïcödé \u{1f600} 日本", "ünïcödé \u{1f600} 日本"],
    ["  around  ", "around"],
    ["", ""],
  ])("is one line that does not steer a terminal: %j", (text, line) => {
    expect(printable(text)).toBe(line);
  });
});

describe("a shortened text", () => {
  test.each([
    ["abc", 4, "abc"],
    ["abcd", 4, "abcd"],
    ["abcde", 4, "abc…"],
    ["a\nbcde", 4, "a b…"],
    ["", 4, ""],
  ])("%j has at most %d characters: %j", (text, length, line) => {
    expect(shortened(text, length)).toBe(line);
  });

  test("is shortened after it is one line: what is cut away does not count", () => {
    expect(shortened(`${"\n".repeat(50)}abcd`, 4)).toBe("abcd");
  });

  test("ends with a whole character", () => {
    expect(shortened("ab\u{1f600}cd", 4)).toBe("ab…");
    expect(shortened("a\u{1f600}cde", 4)).toBe("a\u{1f600}…");
  });
});
