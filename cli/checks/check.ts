import { EXIT } from "../exit-codes";

/**
 * - `ok`: as it should be
 * - `note`: worth knowing, but not a problem
 * - `problem`: telemetry is lost, late, or about to be
 * - `unknown`: could not be determined
 */
export type Verdict = "ok" | "note" | "problem" | "unknown";

/** The verdicts, the most important first. */
export const VERDICTS = ["problem", "unknown", "note", "ok"] as const satisfies readonly Verdict[];

/** One thing that was checked. */
export interface Check {
  /** What it belongs to: a stream, a role, a bucket, an endpoint. */
  readonly subject: string;
  /** The AWS account, in a report on several accounts; missing in others. */
  readonly account?: string;
  /** The AWS region; missing if AWS was not called. */
  readonly region?: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly found: string;
  /** Details of what was found, such as objects; missing if there are none. */
  readonly details?: readonly string[];
  /** What to do; empty where no action is needed. */
  readonly remedy: string;
}

/** The result of a check, before it is assigned to a subject. */
export type Outcome = Omit<Check, "subject" | "account" | "region">;

export const ok = (name: string, found: string): Outcome => ({ name, verdict: "ok", found, remedy: "" });
export const note = (name: string, found: string, remedy: string): Outcome => ({
  name,
  verdict: "note",
  found,
  remedy,
});
export const problem = (name: string, found: string, remedy: string): Outcome => ({
  name,
  verdict: "problem",
  found,
  remedy,
});
export const unknown = (name: string, found: string, remedy: string): Outcome => ({
  name,
  verdict: "unknown",
  found,
  remedy,
});

/** Assigns outcomes to a subject. */
export const checksOf = (subject: string, outcomes: readonly Outcome[]): Check[] =>
  outcomes.map((outcome) => ({ subject, ...outcome }));

/** The number of checks of each verdict. */
export type VerdictCounts = Readonly<Record<Verdict, number>>;

export function countsOf(checks: readonly Check[]): VerdictCounts {
  const count = (verdict: Verdict): number => checks.filter((check) => check.verdict === verdict).length;
  return { problem: count("problem"), unknown: count("unknown"), note: count("note"), ok: count("ok") };
}

/** The exit code of a command with these checks: a problem takes precedence over what could not be determined. */
export function exitCodeOf(checks: readonly Check[]): number {
  const counts = countsOf(checks);
  return counts.problem > 0 ? EXIT.problem : counts.unknown > 0 ? EXIT.undetermined : EXIT.healthy;
}
