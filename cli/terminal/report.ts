import type { Check } from "../checks/check";
import { countsOf, VERDICTS } from "../checks/check";
import { plural } from "../numbers";
import type { Format } from "../options";
import { readable } from "../time";
import { reportJson } from "./report-json";
import { reportLines } from "./report-lines";
import { reportList } from "./report-list";
import { reportTable } from "./report-table";
import type { Terminal } from "./terminal";
import { wrapped } from "./wrap";

/** Which account and regions a report is about, and when it was made. */
export interface ReportScope {
  /** Undefined where AWS was not asked, or did not answer. */
  readonly accountId: string | undefined;
  /** Empty where AWS was not asked. */
  readonly regions: readonly string[];
  readonly evaluatedAt: Date;
}

/** The checks of a command, ready to be printed. */
export interface ChecksReport extends ReportScope {
  readonly checks: readonly Check[];
}

export interface ReportOptions {
  readonly format: Format;
  /** Lists the successful checks too, instead of counting them. */
  readonly all?: boolean;
}

/** Below, a list is easier to read than a table. */
const MIN_TABLE_COLUMNS = 120;

/** The text of a report: JSON, tab-separated lines for a pipe, a table on a wide terminal, else a list. */
export function renderReport(report: ChecksReport, { format, all = false }: ReportOptions, terminal: Terminal): string {
  if (format === "json") {
    return reportJson(report);
  }
  const header = headerOf(report);
  const shown = listed(report.checks, all);
  const summary = summaryOf(report.checks, all);
  if (!terminal.isTTY) {
    return [`# ${header}`, ...reportLines(shown, terminal.colors), `# ${summary}`, ""].join("\n");
  }
  const { columns } = terminal;
  const table = columns < MIN_TABLE_COLUMNS ? undefined : reportTable(shown, report, terminal);
  const body = table ?? reportList(shown, report, terminal);
  const fill = (text: string): string[] => wrapped(text, columns, { first: "", others: "  " });
  return [...fill(header), ...(shown.length === 0 ? [] : ["", ...body]), "", ...fill(summary), ""].join("\n");
}

/** Says what a report is about: account, regions, time of the evaluation. */
export function headerOf({ accountId, regions, evaluatedAt }: ReportScope): string {
  const account = `Account ${accountId ?? "undetermined"}`;
  const scope =
    regions.length === 0
      ? "No AWS account asked"
      : `${account}, ${regions.length === 1 ? "region" : "regions"} ${regions.join(", ")}`;
  return `${scope}, evaluated ${readable(evaluatedAt.getTime())}`;
}

/** The checks that are printed, what matters most first. */
const listed = (checks: readonly Check[], all: boolean): Check[] =>
  VERDICTS.filter((verdict) => all || verdict !== "ok").flatMap((verdict) =>
    checks.filter((check) => check.verdict === verdict),
  );

/** One line that counts the checks of each verdict. */
export function summaryOf(checks: readonly Check[], all: boolean): string {
  const counts = countsOf(checks);
  const hidden = all || counts.ok === 0 ? "" : " (list them with --all)";
  return `${plural(checks.length, "check")}: ${plural(counts.problem, "problem")}, ${counts.unknown} unknown, ${plural(counts.note, "note")}, ${counts.ok} ok${hidden}`;
}
