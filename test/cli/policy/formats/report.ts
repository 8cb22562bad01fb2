import { readAllowances } from "../../../../cli/policy/allowances";
import { type Report, report } from "../../../../cli/policy/report";
import type { Outcome, Policy, Severity } from "../../../../policies/policy";

export const policyOf = (id: string, severity: Severity = "error"): Policy => ({
  id,
  severity,
  title: `Title of ${id}`,
  why: "It matters.",
  source: "A page",
  check: () => [],
});

export const outcome = (address: string, found = "it is open", kind: Outcome["kind"] = "finding"): Outcome => ({
  kind,
  address,
  found,
  remedy: "Close it.",
});

const COUNTS = { streams: 2, possibleStreams: 0, roles: 1, buckets: 1 };

/** A report of one outcome for each policy. */
export function reportOf(outcomes: Readonly<Record<string, readonly Outcome[]>>, ...allow: readonly string[]): Report {
  const verdicts = Object.entries(outcomes).map(([id, list]) => ({
    policy: policyOf(id, id.startsWith("W") ? "warning" : "error"),
    outcomes: list,
  }));
  return report(
    { verdicts, counts: COUNTS, limitations: [] },
    { allowances: readAllowances(allow, Object.keys(outcomes)), minSeverity: "warning" },
  );
}
