import type { Evaluation } from "../../policies";
import {
  type Limitation,
  type PolicyReportOptions,
  type Report,
  sorted,
  type StackReport,
  type Status,
} from "./report";

/**
 * One report of all stacks of a fleet.
 *
 * @param limitations that belong to no stack
 */
export function fleetReport(
  stacks: readonly StackReport[],
  limitations: readonly Limitation[],
  { allowances, failOnUnknown }: Pick<PolicyReportOptions, "allowances" | "failOnUnknown">,
): Report {
  const reports = stacks.map(({ report }) => report);
  const evaluated = reports.flatMap((report) => report.evaluated ?? []);
  return {
    policies: reports.find(({ policies }) => policies.length > 0)?.policies ?? [],
    rows: sorted(reports.flatMap(({ rows }) => rows)),
    counts: sumOfStatuses(reports.map(({ counts }) => counts)),
    ...(evaluated.length === 0 ? {} : { evaluated: sumOfResources(evaluated) }),
    limitations,
    failsOnUnknown: failOnUnknown,
    allowances,
    // An allowance may be for a plan that is missing.
    unusedAllowances: allowances.filter((allowance) =>
      reports.every((report) => report.evaluated !== undefined && report.unusedAllowances.includes(allowance)),
    ),
    stacks,
  };
}

const sum = (numbers: readonly number[]): number => numbers.reduce((one, other) => one + other, 0);

function sumOfStatuses(counts: readonly Report["counts"][]): Report["counts"] {
  const of = (status: Status): number => sum(counts.map((each) => each[status]));
  return {
    finding: of("finding"),
    unknown: of("unknown"),
    note: of("note"),
    allowed: of("allowed"),
    minor: of("minor"),
  };
}

function sumOfResources(counts: readonly Evaluation["counts"][]): Evaluation["counts"] {
  const of = (kind: keyof Evaluation["counts"]): number => sum(counts.map((each) => each[kind]));
  return {
    streams: of("streams"),
    possibleStreams: of("possibleStreams"),
    roles: of("roles"),
    buckets: of("buckets"),
  };
}
