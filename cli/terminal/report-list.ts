import { printable } from "../text";
import { groupsOf } from "./groups";
import { type ReportRow, shownDetails, WORD_WIDTH } from "./row";
import type { Terminal } from "./terminal";
import { wrapped } from "./wrap";

const FOUND_INDENT = " ".repeat(4);
const DETAIL_INDENTS = { first: "    - ", others: "      " } as const;
const REMEDY_INDENTS = { first: "    → ", others: "      " } as const;

/** `problem  name: found` for each row, with details and remedy indented below, under the heading of the subject. */
export function reportList(rows: readonly ReportRow[], terminal: Terminal): string[] {
  return groupsOf(rows).flatMap(({ heading, rows: grouped }, index) => [
    ...(index === 0 ? [] : [""]),
    terminal.colors.bold(printable(heading)),
    ...grouped.flatMap((row) => rowLines(row, terminal)),
  ]);
}

function rowLines({ word, color, name, found, details, remedy }: ReportRow, { columns, colors }: Terminal): string[] {
  // The word is colored after wrapping.
  const start = `${word.padEnd(WORD_WIDTH)}  `;
  const [first = "", ...others] = wrapped(printable(`${name}: ${found}`), columns, {
    first: start,
    others: FOUND_INDENT,
  });
  const colored = `${color(colors)(word)}${first.slice(word.length)}`;
  return [
    colored,
    ...others,
    ...shownDetails(details).flatMap((detail) => wrapped(printable(detail), columns, DETAIL_INDENTS)),
    ...(remedy === "" ? [] : wrapped(printable(remedy), columns, REMEDY_INDENTS)),
  ];
}
