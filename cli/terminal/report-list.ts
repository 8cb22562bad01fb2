import type { Check } from "../checks/check";
import { printable } from "../text";
import { groupsOf } from "./groups";
import type { ReportScope } from "./report";
import type { Terminal } from "./terminal";
import { VERDICT_COLORS } from "./verdict-colors";
import { wrapped } from "./wrap";

const FOUND_INDENT = " ".repeat(4);
const REMEDY_INDENTS = { first: "    → ", others: "      " } as const;
const VERDICT_WIDTH = "problem".length;

/** `problem  name: found` for each check, with the remedy indented below, under the heading of the subject. */
export function reportList(checks: readonly Check[], scope: ReportScope, terminal: Terminal): string[] {
  return groupsOf(checks, scope).flatMap(({ heading, checks: grouped }, index) => [
    ...(index === 0 ? [] : [""]),
    terminal.colors.bold(printable(heading)),
    ...grouped.flatMap((check) => checkLines(check, terminal)),
  ]);
}

function checkLines({ verdict, name, found, remedy }: Check, { columns, colors }: Terminal): string[] {
  // The colored word is put in after wrapping, which splits at spaces.
  const start = `${verdict.padEnd(VERDICT_WIDTH)}  `;
  const [first = "", ...others] = wrapped(printable(`${name}: ${found}`), columns, {
    first: start,
    others: FOUND_INDENT,
  });
  const colored = `${VERDICT_COLORS[verdict](colors)(verdict)}${first.slice(verdict.length)}`;
  return [colored, ...others, ...(remedy === "" ? [] : wrapped(printable(remedy), columns, REMEDY_INDENTS))];
}
