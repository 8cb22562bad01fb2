import { EXIT } from "../exit-codes";
import type { OutputFormat } from "../options";
import { renderReport } from "../terminal/report";
import type { ReportScope } from "../terminal/checks-report";
import { reportObject } from "../terminal/report-json";
import type { Terminal } from "../terminal/terminal";
import { replayChecks } from "./checks";
import type { StreamSummary } from "./summary";

export interface ReplayResult extends ReportScope {
  readonly region: string;
  readonly dryRun: boolean;
  readonly streams: readonly StreamSummary[];
  /** Why the remaining streams were not replayed; null: all were. */
  readonly error: Error | null;
}

/** The text of a result, for people or as JSON for machines. */
export function renderResult(result: ReplayResult, format: OutputFormat, terminal: Terminal): string {
  const { streams, region, dryRun, error } = result;
  const checks = replayChecks(streams, region, dryRun);
  if (format === "table") {
    // The accepted records are listed too, although they are not a problem.
    return renderReport({ ...result, checks }, { format, all: true }, terminal);
  }
  const report = reportObject({ ...result, checks }, exitCodeOfReplay(result));
  return `${JSON.stringify({ dryRun, streams, error: error?.message ?? null, ...report }, null, 2)}\n`;
}

/** A replay that stopped or could not read everything takes precedence over records that were not sent. */
export function exitCodeOfReplay({ streams, error }: Pick<ReplayResult, "streams" | "error">): number {
  if (error !== null || streams.some(({ stopped, unreadable }) => stopped !== null || unreadable.count > 0)) {
    return EXIT.undetermined;
  }
  return streams.some(({ skipped, refused, corrupt }) => skipped.count + refused.count + corrupt.count > 0)
    ? EXIT.problem
    : EXIT.healthy;
}
