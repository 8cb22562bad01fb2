import type { Evaluation } from "../../policies";
import type { PlanLimitation } from "../../policies/plan";
import { type PolicyOutcome, type Policy, SEVERITIES, type Severity } from "../../policies/policy";
import { plural } from "../numbers";
import { type Allowance, allowanceOf, unusedMessage } from "./allowances";

/**
 * How an outcome counts: `note` is one of a policy whose severity is note, which never changes the exit code; `minor` is
 * one of a policy below the severity that was asked for.
 */
export type Status = "finding" | "unknown" | "note" | "allowed" | "minor";

/** One outcome, as it counts. */
export interface Row {
  readonly policy: Policy;
  readonly outcome: PolicyOutcome;
  readonly status: Status;
  /** Why it is allowed. */
  readonly reason: string;
}

/** What the policies found in a plan, and what of it is allowed. */
export interface Report {
  readonly policies: readonly Policy[];
  /** Findings first, the errors before the warnings, then what is unknown, notes, and what is allowed. */
  readonly rows: readonly Row[];
  readonly counts: Readonly<Record<Status, number>>;
  readonly evaluated: Evaluation["counts"];
  /** What the plan leaves out; `isUnusable` is false where the user accepts it. */
  readonly limitations: readonly PlanLimitation[];
  /** What is unknown fails as a finding does. */
  readonly failsOnUnknown: boolean;
  readonly allowances: readonly Allowance[];
  /** Allowances that match nothing, or that another one precedes. */
  readonly unusedAllowances: readonly Allowance[];
}

/** What `report` takes besides the evaluation. */
export interface PolicyReportOptions {
  readonly allowances: readonly Allowance[];
  readonly minSeverity: Severity;
  readonly failOnUnknown: boolean;
  readonly allowNoStream: boolean;
}

/**
 * Counts the outcomes of an evaluation. An allowance comes first, then the severity. It allows what is unknown too:
 * that may be the finding which it is for, at the first plan of a root.
 */
export function report(
  evaluation: Evaluation,
  { allowances, minSeverity, failOnUnknown, allowNoStream }: PolicyReportOptions,
): Report {
  const used = new Set<Allowance>();
  const all = evaluation.verdicts.flatMap(({ policy, outcomes }) =>
    outcomes.map((outcome): Row => {
      const allowance = allowanceOf(allowances, policy.id, outcome.address);
      if (allowance !== undefined) {
        used.add(allowance);
        return { policy, outcome, status: "allowed", reason: allowance.reason };
      }
      return { policy, outcome, status: statusOf(policy, outcome, minSeverity), reason: "" };
    }),
  );
  const withStatus = (status: Status): readonly Row[] => all.filter((row) => row.status === status);
  const findings = withStatus("finding");
  const [unknown, notes] = [withStatus("unknown"), withStatus("note")];
  const [allowed, minor] = [withStatus("allowed"), withStatus("minor")];
  return {
    policies: evaluation.verdicts.map(({ policy }) => policy),
    rows: [
      ...findings.filter(({ policy }) => policy.severity === "error"),
      ...findings.filter(({ policy }) => policy.severity === "warning"),
      ...unknown,
      ...notes,
      ...allowed,
    ],
    counts: {
      finding: findings.length,
      unknown: unknown.length,
      note: notes.length,
      allowed: allowed.length,
      minor: minor.length,
    },
    evaluated: evaluation.counts,
    limitations: evaluation.limitations.map((limitation) => ({
      ...limitation,
      isUnusable: limitation.isUnusable && !(limitation.kind === "noStream" && allowNoStream),
    })),
    failsOnUnknown: failOnUnknown,
    allowances,
    unusedAllowances: allowances.filter((allowance) => !used.has(allowance)),
  };
}

function statusOf({ severity }: Policy, { kind }: PolicyOutcome, minSeverity: Severity): Status {
  if (SEVERITIES.indexOf(severity) > SEVERITIES.indexOf(minSeverity)) {
    return "minor";
  }
  return severity === "note" ? "note" : kind;
}

/** How a plan ends; the first that holds counts. */
export type Conclusion = "findings" | "unusable" | "unknown" | "passed";

/** A finding precedes a plan that leaves out too much, and that precedes what is unknown. */
export function conclusionOf({ counts, limitations, failsOnUnknown }: Report): Conclusion {
  if (counts.finding > 0) {
    return "findings";
  }
  if (limitations.some(({ isUnusable }) => isUnusable)) {
    return "unusable";
  }
  return failsOnUnknown && counts.unknown > 0 ? "unknown" : "passed";
}

/** A sentence about the whole report, and how much it matters. */
export interface Message {
  readonly level: "note" | "warning" | "error";
  readonly text: string;
}

/** What was evaluated and found, what the plan leaves out, and which options had no effect. */
export function messages(report: Report): readonly Message[] {
  const { limitations, allowances, unusedAllowances, counts } = report;
  return [
    { level: "note", text: summary(report) },
    ...(conclusionOf(report) === "unknown" ? [failedOnUnknown(counts.unknown)] : []),
    ...limitations.map(({ message, remedy, isUnusable }): Message => ({
      level: isUnusable ? "error" : "warning",
      text: `${message} ${remedy}`,
    })),
    ...unusedAllowances.map((unused): Message => ({ level: "note", text: unusedMessage(unused, allowances) })),
  ];
}

const failedOnUnknown = (count: number): Message => ({
  level: "error",
  text: `The plan does not pass because of --fail-on-unknown: ${plural(count, "outcome is", "outcomes are")} unknown.`,
});

/** The texts of the messages. */
export const sentences = (report: Report): readonly string[] => messages(report).map(({ text }) => text);

function summary({ policies, counts, evaluated }: Report): string {
  const { streams, possibleStreams, roles, buckets } = evaluated;
  const resources = [
    plural(streams, "stream"),
    plural(roles, "role"),
    plural(buckets, "backup bucket"),
    ...(possibleStreams === 0 ? [] : [`${plural(possibleStreams, "more stream")} may be Kloudfuse's`]),
  ];
  const found = [
    plural(counts.finding, "finding"),
    `${counts.allowed} allowed`,
    `${counts.unknown} unknown until the apply`,
    ...(counts.note === 0 ? [] : [plural(counts.note, "note")]),
    ...(counts.minor === 0 ? [] : [`${counts.minor} below --min-severity, not listed`]),
  ];
  return `${plural(policies.length, "policy", "policies")} on ${resources.join(", ")}: ${found.join(", ")}.`;
}
