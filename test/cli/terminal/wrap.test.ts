import { longestWord, wrapped } from "../../../cli/terminal/wrap";

const FLUSH = { first: "", others: "" };
const ARN = "arn:aws:firehose:eu-central-1:123456789012:deliverystream/kloudfuse-logs";

describe("wrapped text", () => {
  test("fills lines up to the width", () => {
    expect(wrapped("one two three", 7, FLUSH)).toEqual(["one two", "three"]);
    expect(wrapped("one two three", 6, FLUSH)).toEqual(["one", "two", "three"]);
  });

  test("counts the indents", () => {
    expect(wrapped("one two three", 9, { first: "→ ", others: "    " })).toEqual(["→ one two", "    three"]);
  });

  test("never breaks a word, however long", () => {
    expect(wrapped(`missing on ${ARN} today`, 20, FLUSH)).toEqual(["missing on", ARN, "today"]);
  });

  test("moves a long word to the left until it fits", () => {
    const indents = { first: "    ", others: "    " };
    expect(wrapped("on 123456789 today", 10, indents)).toEqual(["    on", " 123456789", "    today"]);
  });

  test("keeps a sparkline with its gaps whole", () => {
    expect(wrapped("100% [ ▁ █  ] now", 10, FLUSH)).toEqual(["100%", "[ ▁ █  ]", "now"]);
    expect(longestWord("100% [ ▁ █  ] now")).toBe(8);
  });

  test("counts a wide character as two columns", () => {
    expect(wrapped("日本 日本", 8, FLUSH)).toEqual(["日本", "日本"]);
    expect(longestWord("a 日本語")).toBe(6);
  });

  test("of nothing is an empty line", () => {
    expect(wrapped("", 10, FLUSH)).toEqual([""]);
    expect(longestWord("")).toBe(0);
  });
});
