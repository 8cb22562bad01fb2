import type { Colors } from "../../terminal/color";
import type { ReportRow } from "../../terminal/row";
import { renderRows } from "../../terminal/rows";
import type { Terminal } from "../../terminal/terminal";
import { printable } from "../../text";
import { plural } from "../../numbers";
import { sentences, type StackMessage, stackMessages } from "../messages";
import { type Report, type PolicyRow, subjectOf } from "../report";

/** The limit of rows on a terminal. */
const MAX_ROWS = 200;

/** Text to read: a table or list on a terminal, tab-separated lines in a pipe. */
export function tableFormat(report: Report, terminal: Terminal): string {
  const allStacks = stackMessages(report);
  // Outcomes of one stack must not displace stacks without outcomes, and vice versa.
  const stacks = terminal.isTTY ? allStacks.slice(0, MAX_ROWS / 2) : allStacks;
  const rows = terminal.isTTY ? report.rows.slice(0, MAX_ROWS - stacks.length) : report.rows;
  const summary = [
    ...leftOut(report.rows.length - rows.length, "outcome"),
    ...leftOut(allStacks.length - stacks.length, "stack"),
    ...sentences(report).map(printable),
  ];
  return renderRows([...rows.map(outcomeRow), ...stacks.map(stackRow)], { summary }, terminal);
}

const leftOut = (count: number, noun: string): readonly string[] =>
  count === 0 ? [] : [`${plural(count, `${noun} is`, `${noun}s are`)} not listed: --format json lists all.`];

function stackRow({ stack, word, found, remedy }: StackMessage): ReportRow {
  const fields = [stack, undefined];
  return { word, color: WORD_COLORS[word], heading: stack, fields, name: "plan", found, details: [], remedy };
}

function outcomeRow(row: PolicyRow): ReportRow {
  const { policy, outcome, status, reason, stack } = row;
  const word = status === "finding" ? policy.severity : status;
  return {
    word,
    color: WORD_COLORS[word],
    heading: subjectOf(row),
    fields: [...(stack === undefined ? [] : [stack]), outcome.address],
    name: policy.id,
    found: outcome.found,
    details: [],
    remedy: status === "allowed" ? reason : outcome.remedy,
  };
}

type Word = Exclude<PolicyRow["status"], "finding"> | PolicyRow["policy"]["severity"] | StackMessage["word"];

const WORD_COLORS: Readonly<Record<Word, (colors: Colors) => (text: string) => string>> = {
  error: ({ red }) => red,
  problem: ({ red }) => red,
  warning: ({ yellow }) => yellow,
  unknown: ({ magenta }) => magenta,
  allowed: ({ green }) => green,
  note: ({ yellow }) => yellow,
  minor: ({ dim }) => dim,
};
