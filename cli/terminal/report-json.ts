import { type Check, countsOf, exitCodeOf, type VerdictCounts } from "../checks/check";
import type { ChecksReport } from "./checks-report";

/** A report as an object for JSON. */
export interface ReportObject {
  readonly summary: {
    readonly account: string | null;
    readonly regions: readonly string[];
    readonly evaluatedAt: string;
    readonly counts: VerdictCounts;
    readonly exitCode: number;
  };
  readonly checks: readonly Check[];
}

/** A report as JSON: every check, and a summary. */
export const reportJson = (report: ChecksReport): string => `${JSON.stringify(reportObject(report), null, 2)}\n`;

/**
 * The object of a JSON report, for a command that adds properties.
 *
 * @param exitCode of the command, where its checks do not decide it
 */
export function reportObject(report: ChecksReport, exitCode = exitCodeOf(report.checks)): ReportObject {
  const { accountId, regions, evaluatedAt, checks } = report;
  const scope = { account: accountId ?? null, regions, evaluatedAt: evaluatedAt.toISOString() };
  return { summary: { ...scope, counts: countsOf(checks), exitCode }, checks };
}
