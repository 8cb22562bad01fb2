import { type Check, countsOf, type VerdictCounts } from "../checks/check";
import { plural } from "../numbers";
import type { OutputFormat } from "../options";
import { readableTime } from "../time";
import { checkRows } from "./check-rows";
import type { ChecksReport, ReportScope } from "./checks-report";
import { reportJson } from "./report-json";
import { renderRows } from "./rows";
import type { Terminal } from "./terminal";

export interface ReportOptions {
  readonly format: OutputFormat;
  /** Lists the successful checks too, instead of counting them. */
  readonly all?: boolean;
}

/** The text of a report: JSON, or its checks and their number for people. */
export function renderReport(report: ChecksReport, { format, all = false }: ReportOptions, terminal: Terminal): string {
  if (format === "json") {
    return reportJson(report);
  }
  const shown = report.checks.filter(({ verdict }) => all || verdict !== "ok");
  const text = { header: headerOf(report), summary: [summaryOf(report.checks, all)] };
  return renderRows(checkRows(shown, report.regions), text, terminal);
}

/** The header of a report: account, regions, time of the evaluation. */
export function headerOf({ accountId, regions, evaluatedAt }: ReportScope): string {
  const account = `Account ${accountId ?? "undetermined"}`;
  const scope =
    regions.length === 0
      ? "No AWS account used"
      : `${account}, ${regions.length === 1 ? "region" : "regions"} ${regions.join(", ")}`;
  return `${scope}, evaluated ${readableTime(evaluatedAt.getTime())}`;
}

/** One line that counts the checks of each verdict. */
export function summaryOf(checks: readonly Check[], all: boolean): string {
  const counts = countsOf(checks);
  const hidden = all || counts.ok === 0 ? "" : " (list them with --all)";
  return `${plural(checks.length, "check")}: ${countsText(counts)}${hidden}`;
}

/** The number of each verdict. */
export const countsText = ({ problem, unknown, note, ok }: VerdictCounts): string =>
  `${plural(problem, "problem")}, ${unknown} unknown, ${plural(note, "note")}, ${ok} ok`;
