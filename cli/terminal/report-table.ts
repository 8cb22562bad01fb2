import Table from "cli-table3";
import type { Check } from "../checks/check";
import { printable } from "../text";
import { groupsOf } from "./groups";
import type { ReportScope } from "./report";
import type { Terminal } from "./terminal";
import { VERDICT_COLORS } from "./verdict-colors";
import { longestWord, wrapped } from "./wrap";

const PADDING = 2;
const BORDERS = 4;
const VERDICT_WIDTH = "problem".length;
const MAX_NAME_WIDTH = 34;

/** A table as wide as the terminal; undefined where a word, such as an ARN, would not fit into its column. */
export function reportTable(checks: readonly Check[], scope: ReportScope, terminal: Terminal): string[] | undefined {
  const { columns, colors } = terminal;
  const nameWidth = Math.min(MAX_NAME_WIDTH, Math.max(...checks.map(({ name }) => name.length)));
  const textWidth = columns - BORDERS - 3 * PADDING - VERDICT_WIDTH - nameWidth;
  const arrow = { first: "→ ", others: "  " };
  const isTooWide = checks.some(
    ({ name, found, remedy }) =>
      longestWord(name) > nameWidth ||
      longestWord(printable(found)) > textWidth ||
      longestWord(printable(remedy)) > textWidth - arrow.first.length,
  );
  if (checks.length === 0 || isTooWide) {
    return undefined;
  }
  const table = new Table({
    head: ["", "check", "found, and what to do"],
    colWidths: [VERDICT_WIDTH, nameWidth, textWidth].map((width) => width + PADDING),
    style: { head: [], border: [], compact: true },
  });
  const flush = { first: "", others: "" };
  for (const { heading, checks: grouped } of groupsOf(checks, scope)) {
    table.push([{ colSpan: 3, content: colors.bold(printable(heading)) }]);
    for (const { verdict, name, found, remedy } of grouped) {
      const text = [
        ...wrapped(printable(found), textWidth, flush),
        ...(remedy === "" ? [] : wrapped(printable(remedy), textWidth, arrow)),
      ];
      table.push([
        VERDICT_COLORS[verdict](colors)(verdict),
        wrapped(name, nameWidth, flush).join("\n"),
        text.join("\n"),
      ]);
    }
  }
  return table.toString().split("\n");
}
