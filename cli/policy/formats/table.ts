import Table from "cli-table3";
import { printable } from "../../text";
import { type Report, type Row, sentences } from "../report";

const COLUMN_WIDTHS = [13, 9, 54, 44, 36];
const MAX_WORD_CHARACTERS = 40;

/** Nobody reads more in a terminal, and laying them out takes longer than the evaluation. */
const MAX_ROWS = 200;

/** Lets a long address break after its dots, and anything else where the column ends. */
const breakable = (text: string): string =>
  text.replace(/\S+/g, (word) =>
    word.length > MAX_WORD_CHARACTERS
      ? word.replace(/\.(?=[a-z_]{4})/g, ".\n").replace(/[^\n]{40}(?=[^\n])/g, "$&\n")
      : word,
  );

/** A table for a terminal. */
export function tableFormat(report: Report): string {
  const summary = `${sentences(report).map(printable).join("\n")}\n`;
  if (report.rows.length === 0) {
    return summary;
  }
  const table = new Table({
    head: ["policy", "status", "resource", "found", "what to do"],
    colWidths: COLUMN_WIDTHS,
    wordWrap: true,
    style: { head: [], border: [] },
  });
  const rows = report.rows.length > MAX_ROWS ? findingsFirst(report.rows).slice(0, MAX_ROWS) : report.rows;
  for (const { policy, outcome, status, reason } of rows) {
    const word = status === "finding" ? policy.severity : status;
    table.push([
      policy.id,
      word,
      breakable(printable(outcome.address)),
      breakable(printable(outcome.found)),
      printable(status === "allowed" ? reason : outcome.remedy),
    ]);
  }
  const left = report.rows.length - rows.length;
  const leftOut = left === 0 ? "" : `${left} more ${left === 1 ? "is" : "are"} not listed: --format json lists all.\n`;
  return `${table.toString()}\n${leftOut}${summary}`;
}

function findingsFirst(rows: readonly Row[]): readonly Row[] {
  const isFinding = ({ status }: Row): boolean => status === "finding";
  return [...rows.filter(isFinding), ...rows.filter((row) => !isFinding(row))];
}
