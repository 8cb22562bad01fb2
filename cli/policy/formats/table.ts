import Table from "cli-table3";
import { type Report, summary } from "../report";

const COLUMN_WIDTHS = [13, 9, 54, 44, 36];
const LONGEST_WORD = 40;

/** Lets a long path break after its dots. */
const breakable = (text: string): string =>
  text.replace(/\S+/g, (word) => (word.length > LONGEST_WORD ? word.replace(/\.(?=[a-z_]{4})/g, ".\n") : word));

/** A table for a terminal. */
export function tableFormat(report: Report): string {
  if (report.rows.length === 0) {
    return `${summary(report)}\n`;
  }
  const table = new Table({
    head: ["policy", "status", "resource", "found", "what to do"],
    colWidths: COLUMN_WIDTHS,
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const { policy, outcome, status, reason } of report.rows) {
    const word = status === "finding" ? policy.severity : status;
    table.push([
      policy.id,
      word,
      breakable(outcome.address),
      breakable(outcome.found),
      status === "allowed" ? reason : outcome.remedy,
    ]);
  }
  return `${table.toString()}\n${summary(report)}\n`;
}
