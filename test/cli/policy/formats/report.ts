import { type Allowance, readAllowances } from "../../../../cli/policy/allowances";
import { fleetReport } from "../../../../cli/policy/fleet-report";
import { type Limitation, type PolicyReportOptions, type Report, report } from "../../../../cli/policy/report";
import type { PlanLimitation } from "../../../../policies/plan";
import type { PolicyOutcome, Policy, Severity } from "../../../../policies/policy";

export const policyOf = (id: string, severity: Severity = "error"): Policy => ({
  id,
  severity,
  title: `Title of ${id}`,
  why: "It matters.",
  source: "A page",
  check: () => [],
});

export const outcome = (
  address: string,
  found = "it is open",
  kind: PolicyOutcome["kind"] = "finding",
): PolicyOutcome => ({
  kind,
  address,
  found,
  remedy: "Close it.",
});

const COUNTS = { streams: 2, possibleStreams: 0, roles: 1, buckets: 1 };

const DEFAULTS = { minSeverity: "note", failOnUnknown: false, allowNoStream: false } as const;

type Outcomes = Readonly<Record<string, readonly PolicyOutcome[]>>;

const severityOf = (id: string): Severity => (id.startsWith("W") ? "warning" : id.startsWith("N") ? "note" : "error");

/** A report of the outcomes of each policy; those whose id begins with W are warnings, those with N notes. */
export const reportOf = (outcomes: Outcomes, ...allow: readonly string[]): Report => reportWith(outcomes, { allow });

interface ReportSettings extends Partial<PolicyReportOptions> {
  readonly allow?: readonly string[];
  readonly limitations?: readonly Limitation[];
}

/** A report with other options, or of a plan that leaves something out. */
export function reportWith(outcomes: Outcomes, { allow = [], limitations = [], ...options }: ReportSettings): Report {
  const verdicts = Object.entries(outcomes).map(([id, list]) => ({
    policy: policyOf(id, severityOf(id)),
    outcomes: list,
  }));
  return report(
    { verdicts, counts: COUNTS, limitations },
    { ...DEFAULTS, allowances: readAllowances(allow, Object.keys(outcomes)), ...options },
  );
}

/** A report with an outcome of each kind, and a policy without one. */
export const reportOfEachKind = (): Report =>
  reportOf(
    {
      W1: [outcome("aws_a.warned")],
      E1: [outcome("aws_a.found")],
      E2: [outcome("aws_a.unknown", "its url is not known", "unknown")],
      N1: [outcome("aws_a.noted")],
      E3: [outcome("aws_a.allowed")],
      E4: [],
    },
    "E3=until Sunday",
  );

/** What `reportOfEachKind` says of itself. */
export const SUMMARY_OF_EACH_KIND =
  "6 policies on 2 streams, 1 role, 1 backup bucket: 2 findings, 1 allowed, 1 unknown until the apply, 1 note.";

/** A report of a stack whose plan is missing. */
export const missingPlan = (allowances: readonly Allowance[] = []): Report =>
  report({ verdicts: [], limitations: [NO_PLAN] }, { ...DEFAULTS, allowances });

/** One report of the stacks of a fleet, each `stack-<number>` in the account of that number. */
export function fleetOfReports(
  reports: readonly ((stack: string) => Report)[],
  limitations: readonly Limitation[] = [],
): Report {
  const stacks = reports.map((reportAs, index) => {
    const stack = `stack-${index + 1}`;
    return { stack, account: String(index + 1), region: "eu-west-1", report: reportAs(stack) };
  });
  const { allowances = [], failsOnUnknown: failOnUnknown = false } = stacks[0]?.report ?? {};
  return fleetReport(stacks, limitations, { allowances, failOnUnknown });
}

export const NO_PLAN: Limitation = {
  kind: "noPlan",
  message: "The plan is missing.",
  remedy: "Create it.",
  isUnusable: true,
};

export const TARGETED: PlanLimitation = {
  kind: "incomplete",
  message: "The plan is not complete.",
  remedy: "Plan without -target.",
  isUnusable: true,
};

export const NO_STREAM: PlanLimitation = {
  kind: "noStream",
  message: "The plan has no stream.",
  remedy: "Evaluate another plan.",
  isUnusable: true,
};
