import { reportLines } from "./report-lines";
import { reportList } from "./report-list";
import { reportTable } from "./report-table";
import type { ReportRow } from "./row";
import type { Terminal } from "./terminal";
import { wrapped } from "./wrap";

/** Below, a list is easier to read than a table. */
const MIN_TABLE_COLUMNS = 120;

/** The text around the rows of a report. */
export interface ReportText {
  /** The header above the rows. */
  readonly header?: string;
  /** The summary below the rows. */
  readonly summary: readonly string[];
}

/** The text of a report: tab-separated lines for a pipe, a table on a wide terminal, else a list. */
export function renderRows(rows: readonly ReportRow[], { header, summary }: ReportText, terminal: Terminal): string {
  const headers = header === undefined ? [] : [header];
  if (!terminal.isTTY) {
    const comment = (text: string): string => `# ${text}`;
    return [...headers.map(comment), ...reportLines(rows, terminal.colors), ...summary.map(comment), ""].join("\n");
  }
  const { columns } = terminal;
  const fill = (text: string): string[] => wrapped(text, columns, { first: "", others: "  " });
  const table = columns < MIN_TABLE_COLUMNS ? undefined : reportTable(rows, terminal);
  const parts = [headers.flatMap(fill), table ?? reportList(rows, terminal), summary.flatMap(fill)];
  return `${parts
    .filter((lines) => lines.length > 0)
    .map((lines) => lines.join("\n"))
    .join("\n\n")}\n`;
}
