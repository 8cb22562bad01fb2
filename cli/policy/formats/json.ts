import { sentences } from "../messages";
import { conclusionOf, type Report, type StackReport } from "../report";
import { jsonText } from "./json-text";

/** JSON for programs. */
export function jsonFormat(report: Report): string {
  const { unusedAllowances, stacks } = report;
  return jsonText({
    conclusion: conclusionOf(report),
    summary: sentences(report),
    ...totals(report),
    unusedAllowances: unusedAllowances.map(({ text }) => text),
    ...(stacks === undefined ? outcomes(report) : { stacks: stacks.map(stackJson) }),
  });
}

const stackJson = ({ stack, account, region, report }: StackReport): object => ({
  stack,
  account,
  region,
  conclusion: conclusionOf(report),
  ...totals(report),
  ...outcomes(report),
});

function totals({ counts, evaluated, limitations }: Report): object {
  const { finding: findings, unknown, note: notes, allowed, minor } = counts;
  return { findings, allowed, unknown, notes, minor, evaluated, limitations };
}

const outcomes = ({ rows }: Report): object => ({
  outcomes: rows.map(({ policy, outcome, status, reason }) => ({
    policy: policy.id,
    severity: policy.severity,
    status,
    address: outcome.address,
    found: outcome.found,
    remedy: outcome.remedy,
    ...(status === "allowed" ? { reason } : {}),
  })),
});
