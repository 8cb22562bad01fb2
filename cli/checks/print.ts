import Table from "cli-table3";
import { colors } from "../colors";
import type { Format } from "../options";
import { type Check, summaryOf, type Verdict } from "./check";

const COLUMN_WIDTHS = [10, 38, 56, 56];

const COLOR: Record<Verdict, (text: string) => string> = {
  ok: colors.green,
  note: colors.yellow,
  problem: colors.red,
  unknown: colors.magenta,
};

/** The checks as a table to read, or as JSON for machines. */
export function printChecks(checks: readonly Check[], format: Format): void {
  process.stdout.write(format === "json" ? `${JSON.stringify({ checks }, null, 2)}\n` : checkTable(checks));
}

export function checkTable(checks: readonly Check[]): string {
  const subjects = [...new Set(checks.map(({ subject }) => subject))];
  const table = new Table({
    head: ["", "check", "found", "what to do"],
    colWidths: COLUMN_WIDTHS,
    wordWrap: true,
    wrapOnWordBoundary: true,
    style: { head: [], border: [], compact: true },
  });
  for (const subject of subjects) {
    table.push([{ colSpan: COLUMN_WIDTHS.length, content: colors.bold(subject) }]);
    for (const { name, verdict, found, remedy } of checks.filter((check) => check.subject === subject)) {
      table.push([COLOR[verdict](verdict), name, breakable(found), breakable(remedy)]);
    }
  }
  return `${table.toString()}\n${summaryOf(checks)}\n`;
}

const LONGEST_WORD = 52;

/** Lets a word that is wider than its column break, such as an ARN. */
const breakable = (text: string): string =>
  text.replace(/\S+/g, (word) => (word.length > LONGEST_WORD ? word.replace(/(.{52})/g, "$1\n") : word));
