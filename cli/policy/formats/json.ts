import type { Report } from "../report";

/** JSON for machines. */
export function jsonFormat({ rows, findings, allowed, unknown }: Report): string {
  const outcomes = rows.map(({ policy, outcome, status, reason }) => ({
    policy: policy.id,
    severity: policy.severity,
    status,
    address: outcome.address,
    found: outcome.found,
    remedy: outcome.remedy,
    ...(status === "allowed" ? { reason } : {}),
  }));
  return `${JSON.stringify({ findings, allowed, unknown, outcomes }, null, 2)}\n`;
}
