import type { Evaluation } from "../../policies";
import type { PlanLimitation } from "../../policies/plan";
import type { Outcome, Policy, Severity } from "../../policies/policy";
import { counted } from "../numbers";
import { type Allowance, allowanceOf } from "./allowances";

/** How an outcome counts: `minor` is a finding below the severity that was asked for. */
export type Status = "finding" | "unknown" | "allowed" | "minor";

/** One outcome, as it counts. */
export interface Row {
  readonly policy: Policy;
  readonly outcome: Outcome;
  readonly status: Status;
  /** Why it is allowed. */
  readonly reason: string;
}

/** What the policies found in a plan, and what of it is allowed. */
export interface Report {
  readonly policies: readonly Policy[];
  /** Findings first, the errors before the warnings, then what is unknown and what is allowed. */
  readonly rows: readonly Row[];
  readonly counts: Readonly<Record<Status, number>>;
  readonly evaluated: Evaluation["counts"];
  readonly limitations: readonly PlanLimitation[];
  /** Allowances of which no finding made use. */
  readonly unusedAllowances: readonly Allowance[];
}

/** What `report` takes besides the evaluation. */
export interface ReportOptions {
  readonly allowances: readonly Allowance[];
  readonly minSeverity: Severity;
}

export function report(evaluation: Evaluation, { allowances, minSeverity }: ReportOptions): Report {
  const used = new Set<Allowance>();
  const all = evaluation.verdicts.flatMap(({ policy, outcomes }) =>
    outcomes.map((outcome): Row => {
      const allowance = outcome.kind === "finding" ? allowanceOf(allowances, policy.id, outcome.address) : undefined;
      if (allowance !== undefined) {
        used.add(allowance);
        return { policy, outcome, status: "allowed", reason: allowance.reason };
      }
      const isMinor = outcome.kind === "finding" && minSeverity === "error" && policy.severity === "warning";
      return { policy, outcome, status: isMinor ? "minor" : outcome.kind, reason: "" };
    }),
  );
  const withStatus = (status: Status): readonly Row[] => all.filter((row) => row.status === status);
  const findings = withStatus("finding");
  const [unknown, allowed, minor] = [withStatus("unknown"), withStatus("allowed"), withStatus("minor")];
  return {
    policies: evaluation.verdicts.map(({ policy }) => policy),
    rows: [
      ...findings.filter(({ policy }) => policy.severity === "error"),
      ...findings.filter(({ policy }) => policy.severity === "warning"),
      ...unknown,
      ...allowed,
    ],
    counts: {
      finding: findings.length,
      unknown: unknown.length,
      allowed: allowed.length,
      minor: minor.length,
    },
    evaluated: evaluation.counts,
    limitations: evaluation.limitations,
    unusedAllowances: allowances.filter((allowance) => !used.has(allowance)),
  };
}

/** What was evaluated and found, and what the plan leaves out: a sentence each. */
export function sentences(report: Report): readonly string[] {
  const { policies, counts, evaluated, limitations, unusedAllowances } = report;
  const { streams, possibleStreams, roles, buckets } = evaluated;
  const resources = [
    counted(streams, "stream"),
    counted(roles, "role"),
    counted(buckets, "backup bucket"),
    ...(possibleStreams === 0 ? [] : [`${counted(possibleStreams, "more stream")} may be Kloudfuse's`]),
  ];
  const found = [
    counted(counts.finding, "finding"),
    `${counts.allowed} allowed`,
    `${counts.unknown} unknown until the apply`,
    ...(counts.minor === 0 ? [] : [`${counted(counts.minor, "warning")} not listed`]),
  ];
  return [
    `${policies.length} ${policies.length === 1 ? "policy" : "policies"} on ${resources.join(", ")}: ${found.join(", ")}.`,
    ...limitations.map(({ message, remedy }) => `${message} ${remedy}`),
    ...unusedAllowances.map(({ text }) => `No finding is allowed by --allow "${text}". Remove it.`),
  ];
}
