import Table from "cli-table3";
import { printable } from "../text";
import { groupsOf } from "./groups";
import { type ReportRow, shownDetails, WORD_WIDTH } from "./row";
import type { Terminal } from "./terminal";
import { type Indents, longestWord, wrapped } from "./wrap";

const PADDING = 2;
const BORDERS = 4;
const MAX_NAME_WIDTH = 34;
const FLUSH: Indents = { first: "", others: "" };
const DETAIL: Indents = { first: "- ", others: "  " };
const REMEDY: Indents = { first: "→ ", others: "  " };

/** A table as wide as the terminal; undefined where a word, such as an ARN, would not fit into its column. */
export function reportTable(rows: readonly ReportRow[], { columns, colors }: Terminal): string[] | undefined {
  const nameWidth = Math.min(MAX_NAME_WIDTH, Math.max(...rows.map(({ name }) => name.length)));
  const textWidth = columns - BORDERS - 3 * PADDING - WORD_WIDTH - nameWidth;
  const isTooWide = rows.some(
    ({ heading, name, found, details, remedy }) =>
      longestWord(printable(heading)) > columns - BORDERS ||
      longestWord(name) > nameWidth ||
      longestWord(printable(found)) > textWidth ||
      [...shownDetails(details), remedy].some((text) => longestWord(printable(text)) > textWidth - REMEDY.first.length),
  );
  if (rows.length === 0 || isTooWide) {
    return undefined;
  }
  const table = new Table({
    head: ["", "check", "found, and what to do"],
    colWidths: [WORD_WIDTH, nameWidth, textWidth].map((width) => width + PADDING),
    style: { head: [], border: [], compact: true },
  });
  for (const { heading, rows: grouped } of groupsOf(rows)) {
    table.push([{ colSpan: 3, content: colors.bold(printable(heading)) }]);
    for (const { word, color, name, found, details, remedy } of grouped) {
      const names = wrapped(name, nameWidth, FLUSH);
      const texts = [
        ...wrapped(printable(found), textWidth, FLUSH),
        ...shownDetails(details).flatMap((detail) => wrapped(printable(detail), textWidth, DETAIL)),
        ...(remedy === "" ? [] : wrapped(printable(remedy), textWidth, REMEDY)),
      ];
      // One row for each line: the time of cli-table3 grows with the cube of the lines in a cell.
      for (let line = 0; line < Math.max(names.length, texts.length); line++) {
        table.push([line === 0 ? color(colors)(word) : "", names[line] ?? "", texts[line] ?? ""]);
      }
    }
  }
  return table.toString().split("\n");
}
