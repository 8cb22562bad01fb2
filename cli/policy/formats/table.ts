import type { Colors } from "../../terminal/color";
import type { ReportRow } from "../../terminal/row";
import { renderRows } from "../../terminal/rows";
import type { Terminal } from "../../terminal/terminal";
import { printable } from "../../text";
import { plural } from "../../numbers";
import { type Report, type Row, sentences } from "../report";

/** Nobody reads more on a terminal. */
const MAX_ROWS = 200;

/** Text to read: a table or list on a terminal, tab-separated lines in a pipe. */
export function tableFormat(report: Report, terminal: Terminal): string {
  const rows = terminal.isTTY ? report.rows.slice(0, MAX_ROWS) : report.rows;
  const left = report.rows.length - rows.length;
  const leftOut =
    left === 0 ? [] : [`${plural(left, "outcome is", "outcomes are")} not listed: --format json lists all.`];
  return renderRows(rows.map(reportRow), { summary: [...leftOut, ...sentences(report).map(printable)] }, terminal);
}

function reportRow({ policy, outcome, status, reason }: Row): ReportRow {
  const word = status === "finding" ? policy.severity : status;
  return {
    word,
    color: WORD_COLORS[word],
    heading: outcome.address,
    fields: [outcome.address],
    name: policy.id,
    found: outcome.found,
    details: [],
    remedy: status === "allowed" ? reason : outcome.remedy,
  };
}

type Word = Exclude<Row["status"], "finding"> | Row["policy"]["severity"];

const WORD_COLORS: Readonly<Record<Word, (colors: Colors) => (text: string) => string>> = {
  error: ({ red }) => red,
  warning: ({ yellow }) => yellow,
  unknown: ({ magenta }) => magenta,
  allowed: ({ green }) => green,
  note: ({ yellow }) => yellow,
  minor: ({ dim }) => dim,
};
