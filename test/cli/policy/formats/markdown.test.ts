import { markdownFormat } from "../../../../cli/policy/formats/markdown";
import { outcome, reportOf, reportOfEachKind, SUMMARY_OF_EACH_KIND } from "./report";

describe("Markdown", () => {
  test("has a summary and a row for each outcome", () => {
    expect(markdownFormat(reportOfEachKind())).toBe(
      [
        "### Kloudfuse Firehose policies",
        "",
        `${SUMMARY_OF_EACH_KIND}\n`,
        "| policy | status | resource | found | what to do |",
        "| --- | --- | --- | --- | --- |",
        "| E1 | **error** | <code>aws&#95;a.found</code> | it is open | Close it. |",
        "| W1 | **warning** | <code>aws&#95;a.warned</code> | it is open | Close it. |",
        "| E2 | unknown | <code>aws&#95;a.unknown</code> | its url is not known | Close it. |",
        "| N1 | note | <code>aws&#95;a.noted</code> | it is open | Close it. |",
        "| E3 | allowed | <code>aws&#95;a.allowed</code> | it is open | until Sunday |",
        "",
      ].join("\n"),
    );
  });

  test("is the summary alone without outcomes", () => {
    expect(markdownFormat(reportOf({ E1: [] }))).toBe(
      "### Kloudfuse Firehose policies\n\n" +
        "1 policy on 2 streams, 1 role, 1 backup bucket: 0 findings, 0 allowed, 0 unknown until the apply.\n",
    );
  });

  test("mentions nobody, and takes foreign text for text", () => {
    const text = markdownFormat(reportOf({ E1: [outcome("a|b`c", "@team <b> [x](y) *z* $t$\n# h")] }));
    expect(text).toContain("<code>a&#124;b&#96;c</code>");
    expect(text).toContain("| @\u200bteam &#60;b&#62; &#91;x&#93;(y) &#42;z&#42; &#36;t&#36; #\u200b h |");
  });

  test("stays below GitHub's 65,536 characters, and counts what it leaves out", () => {
    const many = (count: number): string =>
      markdownFormat(reportOf({ E1: Array.from({ length: count }, (_, index) => outcome(`aws_a.x${index}`)) }));
    const text = many(5000);
    expect(text.length).toBeLessThan(60_200);
    const rows = text.split("\n").filter((line) => line.startsWith("| E1")).length;
    expect(rows).toBeGreaterThan(500);
    expect(text).toMatch(new RegExp(`\n\n${5000 - rows} more not shown: the comment would be too long.\n$`));
    expect(many(500)).not.toContain("not shown");
  });

  test("has at most 60,000 characters", () => {
    const withText = (length: number): string =>
      markdownFormat(reportOf({ E1: [outcome("a.b", "x".repeat(length))], E2: [] }));
    const longest = 60_000 - withText(0).length;
    expect(withText(longest)).toHaveLength(60_000);
    expect(withText(longest)).not.toContain("not shown");
    expect(withText(longest + 1)).toMatch(
      /\n\| --- \| --- \| --- \| --- \| --- \|\n\n1 more not shown: the comment would be too long\.\n$/,
    );
  });

  test("leaves out what comes last: everything but findings", () => {
    const unknown = outcome("a.unknown", "x".repeat(40_000), "unknown");
    const text = markdownFormat(reportOf({ E1: [unknown], E2: [outcome("a.found", "y".repeat(40_000))] }));
    expect(text).toContain("| E2 | **error** |");
    expect(text).not.toContain("| E1 |");
    expect(text).toContain("\n1 more not shown: ");
  });

  test.each(["&", "<", ">", "|", "`", "*", "_", "[", "]", "~", "\\", "!", "$"])(
    "has %s of foreign text as an entity, in and outside of code",
    (character) => {
      const entity = `&#${character.charCodeAt(0)};`;
      const text = markdownFormat(reportOf({ E1: [outcome(`a${character}b`, `c${character}d`)] }));
      expect(text).toContain(`| <code>a${entity}b</code> | c${entity}d | Close it. |`);
    },
  );

  test.each(["@", "#"])("sets a character behind %s of foreign text, so that GitHub finds no mention", (character) => {
    const text = markdownFormat(reportOf({ E1: [outcome(`a${character}b`, `c${character}1`)] }));
    expect(text).toContain(`| <code>a${character}\u200bb</code> | c${character}\u200b1 | Close it. |`);
  });

  test("escapes the reason of what is allowed, and what the report says of it", () => {
    const text = markdownFormat(reportOf({ E1: [outcome("a.b")] }, "E1=@team", "E1@x.y=#1"));
    expect(text).toContain("| E1 | allowed | <code>a.b</code> | it is open | @\u200bteam |");
    expect(text.split("\n").slice(0, 6)).toEqual([
      "### Kloudfuse Firehose policies",
      "",
      "1 policy on 2 streams, 1 role, 1 backup bucket: 0 findings, 1 allowed, 0 unknown until the apply.",
      "",
      expect.stringContaining("E1@\u200bx.y"),
      "",
    ]);
  });
});
