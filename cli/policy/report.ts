import type { Evaluation } from "../../policies";
import type { PlanLimitation } from "../../policies/plan";
import { type PolicyOutcome, type Policy, SEVERITIES, type Severity } from "../../policies/policy";
import { type Allowance, allowanceOf } from "./allowances";

/**
 * How an outcome counts. `note`: its policy has the severity note, and never changes the exit code. `minor`: its policy
 * is below --min-severity.
 */
export type Status = "finding" | "unknown" | "note" | "allowed" | "minor";

/** An outcome with its status. */
export interface PolicyRow {
  readonly policy: Policy;
  readonly outcome: PolicyOutcome;
  readonly status: Status;
  /** Why it is allowed. */
  readonly reason: string;
  /** Id of its stack in a fleet. */
  readonly stack?: string;
}

/** What a plan leaves out, or why a stack of a fleet has no plan that can be evaluated. */
export interface Limitation extends Omit<PlanLimitation, "kind"> {
  readonly kind:
    | PlanLimitation["kind"]
    | "noPlan"
    | "otherStack"
    | "unknownStack"
    | "otherInputs"
    | "unknownInputs"
    | "oldPlan"
    | "otherFiles";
}

/** What the policies found in a plan, or in those of a fleet, and what of it is allowed. */
export interface Report {
  readonly policies: readonly Policy[];
  /** Findings first, the errors before the warnings, then what is unknown, notes, and what is allowed. */
  readonly rows: readonly PolicyRow[];
  readonly counts: Readonly<Record<Status, number>>;
  /** Undefined: no plan could be evaluated. */
  readonly evaluated?: Evaluation["counts"];
  /**
   * What the plan leaves out; `isUnusable` is false if the user accepts it. With --fleet, those that belong to no
   * stack.
   */
  readonly limitations: readonly Limitation[];
  /** Whether unknown outcomes fail like findings. */
  readonly failsOnUnknown: boolean;
  readonly allowances: readonly Allowance[];
  /** Allowances that match nothing, or that another one overrides. */
  readonly unusedAllowances: readonly Allowance[];
  /** The stacks of a fleet, in its order; undefined: the report is about one plan. */
  readonly stacks?: readonly StackReport[];
}

/** The report of one stack of a fleet. */
export interface StackReport {
  readonly stack: string;
  readonly account: string;
  readonly region: string;
  readonly report: Report;
}

export interface PolicyReportOptions {
  readonly allowances: readonly Allowance[];
  readonly minSeverity: Severity;
  readonly failOnUnknown: boolean;
  readonly allowNoStream: boolean;
  /** Id of the stack in a fleet. */
  readonly stack?: string;
}

/** The evaluation that `report` reads; only limitations for a plan that could not be evaluated. */
export interface ReportInput extends Pick<Evaluation, "verdicts">, Partial<Pick<Evaluation, "counts">> {
  readonly limitations: readonly Limitation[];
}

/**
 * Assigns a status to each outcome of an evaluation. Allowances apply before the severity, to unknown outcomes too: in
 * the first plan of a root, a finding may still be unknown.
 */
export function report(
  { verdicts, counts, limitations }: ReportInput,
  { allowances, minSeverity, failOnUnknown, allowNoStream, stack }: PolicyReportOptions,
): Report {
  const used = new Set<Allowance>();
  const all = verdicts.flatMap(({ policy, outcomes }) =>
    outcomes.map((outcome): PolicyRow => {
      const row = { policy, outcome, ...(stack === undefined ? {} : { stack }) };
      const allowance = allowanceOf(allowances, policy.id, outcome.address, stack);
      if (allowance !== undefined) {
        used.add(allowance);
        return { ...row, status: "allowed", reason: allowance.reason };
      }
      return { ...row, status: statusOf(policy, outcome, minSeverity), reason: "" };
    }),
  );
  const count = (status: Status): number => all.filter((row) => row.status === status).length;
  return {
    policies: verdicts.map(({ policy }) => policy),
    rows: sorted(all.filter(({ status }) => status !== "minor")),
    counts: {
      finding: count("finding"),
      unknown: count("unknown"),
      note: count("note"),
      allowed: count("allowed"),
      minor: count("minor"),
    },
    ...(counts === undefined ? {} : { evaluated: counts }),
    limitations: limitations.map((limitation) => ({
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

const ORDER = ["error", "warning", "unknown", "note", "allowed"];

const positionOf = ({ status, policy }: PolicyRow): number =>
  ORDER.indexOf(status === "finding" ? policy.severity : status);

/** Rows in the order of a report; equal ones stay as they are. */
export const sorted = (rows: readonly PolicyRow[]): readonly PolicyRow[] =>
  [...rows].sort((one, other) => positionOf(one) - positionOf(other));

/** The subject of a row: the address, with --fleet after the stack. */
export const subjectOf = ({ stack, outcome: { address } }: PolicyRow): string =>
  stack === undefined ? address : `${stack}: ${address}`;

const CONCLUSIONS = ["findings", "unusable", "unknown", "passed"] as const;

/** The conclusion for a plan or a fleet: the first of these that applies. */
export type Conclusion = (typeof CONCLUSIONS)[number];

/**
 * Findings take precedence over a plan that leaves out too much, and that over unknown outcomes; also across stacks.
 */
export function conclusionOf({ counts, limitations, failsOnUnknown, stacks }: Report): Conclusion {
  if (stacks !== undefined) {
    const conclusions = new Set(stacks.map((each) => conclusionOf(each.report)));
    return CONCLUSIONS.find((conclusion) => conclusions.has(conclusion)) ?? "passed";
  }
  if (counts.finding > 0) {
    return "findings";
  }
  if (limitations.some(({ isUnusable }) => isUnusable)) {
    return "unusable";
  }
  return failsOnUnknown && counts.unknown > 0 ? "unknown" : "passed";
}
