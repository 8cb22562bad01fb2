import { type Report, sentences, conclusionOf } from "../report";
import { jsonText } from "./json-text";

/** JSON for programs. */
export function jsonFormat(report: Report): string {
  const { rows, counts, evaluated, limitations, unusedAllowances } = report;
  const outcomes = rows.map(({ policy, outcome, status, reason }) => ({
    policy: policy.id,
    severity: policy.severity,
    status,
    address: outcome.address,
    found: outcome.found,
    remedy: outcome.remedy,
    ...(status === "allowed" ? { reason } : {}),
  }));
  const { finding: findings, unknown, note: notes, allowed, minor } = counts;
  return jsonText({
    conclusion: conclusionOf(report),
    summary: sentences(report),
    findings,
    allowed,
    unknown,
    notes,
    minor,
    evaluated,
    limitations,
    unusedAllowances: unusedAllowances.map(({ text }) => text),
    outcomes,
  });
}
