import { countsOf, exitCodeOf } from "../checks/check";
import type { ChecksReport } from "./checks-report";

/** A report for machines: every check, and a summary. */
export const reportJson = (report: ChecksReport): string => `${JSON.stringify(reportObject(report), null, 2)}\n`;

/**
 * The same before it is text, for a command that adds to it.
 *
 * @param exitCode of the command, where its checks do not decide it
 */
export function reportObject(report: ChecksReport, exitCode = exitCodeOf(report.checks)): object {
  const { accountId, regions, evaluatedAt, checks } = report;
  const scope = { account: accountId ?? null, regions, evaluatedAt: evaluatedAt.toISOString() };
  return { summary: { ...scope, counts: countsOf(checks), exitCode }, checks };
}
