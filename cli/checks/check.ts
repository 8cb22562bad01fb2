import { EXIT } from "../exit-codes";

/**
 * - `ok`: as it should be
 * - `note`: worth knowing, and no fault
 * - `problem`: telemetry is lost, late, or about to be
 * - `unknown`: could not be told
 */
export type Verdict = "ok" | "note" | "problem" | "unknown";

/** One thing that was looked at. */
export interface Check {
  /** What it belongs to: a stream, a role, a bucket, an endpoint. */
  readonly subject: string;
  readonly name: string;
  readonly verdict: Verdict;
  readonly found: string;
  /** What to do; empty where nothing is to be done. */
  readonly remedy: string;
}

/** What a check of a subject came to. */
export type Outcome = Omit<Check, "subject">;

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

/** How a command that made these checks ends: a problem found outweighs what could not be told. */
export function exitCodeOf(checks: readonly Check[]): number {
  const some = (verdict: Verdict): boolean => checks.some((check) => check.verdict === verdict);
  return some("problem") ? EXIT.problem : some("unknown") ? EXIT.cannotTell : EXIT.healthy;
}

/** One line that says how it went. */
export function summaryOf(checks: readonly Check[]): string {
  const count = (verdict: Verdict): number => checks.filter((check) => check.verdict === verdict).length;
  return `${checks.length} checks: ${count("problem")} problems, ${count("unknown")} unknown, ${count("note")} notes`;
}
