import { renderRows } from "../../../cli/terminal/rows";
import { rowWith } from "../../helpers/rows";
import { fakeTerminal } from "../../helpers/terminal";

const TEXT = { header: "Account 123456789012", summary: ["1 check: 1 problem", "more"] };

describe("a report in a pipe", () => {
  test("is tab-separated lines between comments", () => {
    expect(renderRows([rowWith()], TEXT, fakeTerminal({ isTTY: false }))).toBe(
      "# Account 123456789012\nproblem\teu-west-1\tkloudfuse-logs\tendpoint\tport 80\tUse 443.\n# 1 check: 1 problem\n# more\n",
    );
  });

  test("has no header where there is none", () => {
    expect(renderRows([], { summary: ["0 checks"] }, fakeTerminal({ isTTY: false }))).toBe("# 0 checks\n");
  });
});

describe("a report on a terminal", () => {
  const render = (columns: number, rows = [rowWith()]): string => renderRows(rows, TEXT, fakeTerminal({ columns }));

  test("of 119 columns is a list, between header and summary", () => {
    expect(render(119)).toBe(
      "Account 123456789012\n\nkloudfuse-logs\nproblem  endpoint: port 80\n    → Use 443.\n\n1 check: 1 problem\nmore\n",
    );
  });

  test("of 120 columns is a table", () => {
    const lines = render(120).split("\n");
    expect(lines.slice(0, 2)).toEqual(["Account 123456789012", ""]);
    expect(lines[2]).toMatch(/^┌─+┬─+┬─+┐$/);
    expect(lines.slice(-4)).toEqual(["", "1 check: 1 problem", "more", ""]);
  });

  test("of 120 columns is a list where a word does not fit the table", () => {
    expect(render(120, [rowWith({ found: "x".repeat(200) })])).toContain("problem  endpoint:\n");
  });

  test("is header and summary alone without a row", () => {
    expect(render(120, [])).toBe("Account 123456789012\n\n1 check: 1 problem\nmore\n");
  });

  test("wraps header and summary", () => {
    const text = { header: "one two three", summary: ["four five six"] };
    expect(renderRows([], text, fakeTerminal({ columns: 8 }))).toBe("one two\n  three\n\nfour\n  five\n  six\n");
  });
});
