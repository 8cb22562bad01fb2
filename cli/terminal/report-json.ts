import { countsOf, exitCodeOf } from "../checks/check";
import type { ChecksReport, ReportScope } from "./report";

/** A report for machines: every check, and a summary. */
export const reportJson = (report: ChecksReport): string => `${JSON.stringify(reportObject(report), null, 2)}\n`;

/** The same before it is text, for a command that adds to it. */
export function reportObject(report: ChecksReport): object {
  const { checks } = report;
  return { summary: { ...scopeObject(report), counts: countsOf(checks), exitCode: exitCodeOf(checks) }, checks };
}

/** Account, regions and time of a report, for the summary of any command. */
export function scopeObject({ accountId, regions, evaluatedAt }: ReportScope): object {
  return { account: accountId ?? null, regions, evaluatedAt: evaluatedAt.toISOString() };
}
