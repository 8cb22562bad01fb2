import type { Verdict } from "../../policies";
import type { Outcome, Policy } from "../../policies/policy";

/** Why a policy may be broken, by its id. */
export type Allowances = ReadonlyMap<string, string>;

export type Status = "finding" | "allowed" | "unknown";

/** One outcome, as it counts. */
export interface Row {
  readonly policy: Policy;
  readonly outcome: Outcome;
  readonly status: Status;
  /** Why it is allowed. */
  readonly reason: string;
}

/** What the policies say of a plan, and what of it is allowed. */
export interface Report {
  readonly policies: readonly Policy[];
  readonly rows: readonly Row[];
  readonly findings: number;
  readonly allowed: number;
  readonly unknown: number;
}

export function report(verdicts: readonly Verdict[], allowances: Allowances): Report {
  const rows = verdicts.flatMap(({ policy, outcomes }) =>
    outcomes.map((outcome): Row => {
      const reason = allowances.get(policy.id);
      const isAllowed = outcome.kind === "finding" && reason !== undefined;
      return { policy, outcome, status: isAllowed ? "allowed" : outcome.kind, reason: isAllowed ? reason : "" };
    }),
  );
  const count = (status: Status): number => rows.filter((row) => row.status === status).length;
  return {
    policies: verdicts.map(({ policy }) => policy),
    rows,
    findings: count("finding"),
    allowed: count("allowed"),
    unknown: count("unknown"),
  };
}

/** One line that says how it went. */
export function summary({ policies, findings, allowed, unknown }: Report): string {
  return `${policies.length} policies: ${findings} findings, ${allowed} allowed, ${unknown} unknown until the apply`;
}
