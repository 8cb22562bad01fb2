import stringWidth from "string-width";
import { reportTable } from "../../../cli/terminal/report-table";
import type { ReportRow } from "../../../cli/terminal/row";
import { rowWith } from "../../helpers/rows";
import { fakeTerminal } from "../../helpers/terminal";

const table = (columns: number, ...rows: readonly ReportRow[]): string[] | undefined =>
  reportTable(rows, fakeTerminal({ columns }));

/** Columns of the texts: what borders, padding, words and names of 8 letters leave. */
const textWidth = (columns: number): number => columns - 4 - 6 - 7 - 8;

describe("the table of rows", () => {
  test("is as wide as the terminal", () => {
    expect(table(60, rowWith({ details: ["one"] }))).toEqual([
      "┌─────────┬──────────┬─────────────────────────────────────┐",
      "│         │ check    │ found, and what to do               │",
      "├─────────┴──────────┴─────────────────────────────────────┤",
      "│ kloudfuse-logs                                           │",
      "│ problem │ endpoint │ port 80                             │",
      "│         │          │ - one                               │",
      "│         │          │ → Use 443.                          │",
      "└─────────┴──────────┴─────────────────────────────────────┘",
    ]);
  });

  test("is none without a row", () => {
    expect(table(120)).toBeUndefined();
  });

  test.each([
    ["found", 0, (text: string) => rowWith({ found: text })],
    ["a detail", 2, (text: string) => rowWith({ details: [text] })],
    ["the remedy", 2, (text: string) => rowWith({ remedy: text })],
  ])("is none where a word of %s does not fit its column", (_, indent, row) => {
    const width = textWidth(60) - indent;
    expect(table(60, row("x".repeat(width)))).toBeDefined();
    expect(table(60, row("x".repeat(width + 1)))).toBeUndefined();
  });

  test("is none where a word of the heading does not fit the table", () => {
    expect(table(60, rowWith({ heading: "x".repeat(56) }))).toBeDefined();
    expect(table(60, rowWith({ heading: "x".repeat(57) }))).toBeUndefined();
  });

  test("is none where a word of the name is longer than 34 columns", () => {
    expect(table(120, rowWith({ name: "x".repeat(34) }))).toBeDefined();
    expect(table(120, rowWith({ name: "x".repeat(35) }))).toBeUndefined();
  });

  test("wraps a name of several words at 34 columns", () => {
    const lines = table(120, rowWith({ name: `${"x".repeat(30)} ${"y".repeat(30)}` })) ?? [];
    expect(lines.filter((line) => line.includes("xxx") || line.includes("yyy"))).toHaveLength(2);
  });

  test.each([80, 120, 160])("fills %d columns on each line", (columns) => {
    const long = "a text of many words ".repeat(20);
    const lines = table(columns, rowWith({ found: long, details: [long], remedy: long })) ?? [];
    expect(new Set(lines.map((line) => stringWidth(line)))).toEqual(new Set([columns]));
  });

  test("has a heading for the rows of each subject", () => {
    const lines = table(80, rowWith(), rowWith({ name: "status" }), rowWith({ heading: "role" })) ?? [];
    expect(
      lines.filter((line) => /│ (kloudfuse-logs|role) +│$/.test(line)).map((line) => line.slice(2, 16).trim()),
    ).toEqual(["kloudfuse-logs", "role"]);
  });

  test("takes less than a second for 20 details of many lines", () => {
    const details = Array<string>(20).fill("a reason of many words ".repeat(40));
    const start = performance.now();
    expect(table(120, rowWith({ details }))?.length).toBeGreaterThan(200);
    expect(performance.now() - start).toBeLessThan(1000);
  });

  test("lists 20 details", () => {
    const details = Array.from({ length: 22 }, (_, index) => `detail ${index}`);
    const lines = table(120, rowWith({ details })) ?? [];
    expect(lines.filter((line) => line.includes("- detail"))).toHaveLength(20);
    expect(lines.some((line) => line.includes("- … and 2 more; --format json has all"))).toBe(true);
  });
});
