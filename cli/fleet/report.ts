import type { FleetTarget } from "../../fleet";
import { type Check, countsOf, type Verdict, type VerdictCounts, VERDICTS } from "../checks/check";
import { undetermined } from "../checks/undetermined";
import { UndeterminedError } from "../exit-codes";
import { plural } from "../numbers";
import { checkRows } from "../terminal/check-rows";
import { countsText, type ReportOptions } from "../terminal/report";
import { reportObject } from "../terminal/report-json";
import type { ReportRow } from "../terminal/row";
import { renderRows } from "../terminal/rows";
import type { Terminal } from "../terminal/terminal";
import { VERDICT_COLORS } from "../terminal/verdict-colors";
import { readableTime } from "../time";
import type { TargetAnswer } from "./run-targets";

/** The checks of one account and region. */
export interface StackChecks extends Pick<FleetTarget, "stackId" | "account" | "region"> {
  readonly checks: readonly Check[];
}

/** The checks of a fleet, ready to be printed. */
export interface FleetReport {
  /** Path of the fleet file. */
  readonly fleet: string;
  readonly evaluatedAt: Date;
  readonly stacks: readonly StackChecks[];
}

/** The checks of a stack, or one check that says why there are none. */
export function stackChecks({ target, answer }: TargetAnswer<readonly Check[]>): StackChecks {
  const { stackId, account, region } = target;
  const checks =
    answer instanceof UndeterminedError ? [{ subject: "stack", ...undetermined("access", answer) }] : answer;
  return { stackId, account, region, checks };
}

/** The checks of every stack, each with the account and region that it is of. */
export const fleetChecks = ({ stacks }: FleetReport): Check[] =>
  stacks.flatMap(({ account, region, checks }) => checks.map((check) => ({ ...check, account, region })));

/**
 * The text of a report on a fleet: the problems of all stacks, then the stacks that have them. Notes are only counted,
 * like successful checks, because each stack would repeat them.
 */
export function renderFleetReport(
  report: FleetReport,
  { format, all = false }: ReportOptions,
  terminal: Terminal,
): string {
  if (format === "json") {
    return `${JSON.stringify(fleetReportObject(report), null, 2)}\n`;
  }
  const isShown = (verdict: Verdict): boolean => all || verdict === "problem" || verdict === "unknown";
  const checks = fleetChecks(report);
  const stacks = report.stacks.map(stackSummary);
  const rows = [
    ...checkRows(
      checks.filter(({ verdict }) => isShown(verdict)),
      regionsOf(report),
    ),
    ...stackRows(stacks.filter(({ verdict }) => isShown(verdict))),
  ];
  const summary = [stacksText(stacks), checksText(countsOf(checks), checks.length, all)];
  return renderRows(rows, { header: headerOf(report), summary }, terminal);
}

/** The report as an object for JSON: every check, and a summary. */
export function fleetReportObject(report: FleetReport): object {
  const { fleet, evaluatedAt, stacks } = report;
  const { summary, checks } = reportObject({
    accountId: undefined,
    regions: regionsOf(report),
    evaluatedAt,
    checks: fleetChecks(report),
  });
  return { summary: { fleet, ...summary }, stacks: stacks.map(stackSummary), checks };
}

interface StackSummary {
  readonly stack: string;
  readonly account: string;
  readonly region: string;
  readonly verdict: Extract<Verdict, "problem" | "unknown" | "ok">;
  readonly counts: VerdictCounts;
}

function stackSummary({ stackId, account, region, checks }: StackChecks): StackSummary {
  const counts = countsOf(checks);
  const verdict = counts.problem > 0 ? "problem" : counts.unknown > 0 ? "unknown" : "ok";
  return { stack: stackId, account, region, verdict, counts };
}

const stackRows = (stacks: readonly StackSummary[]): ReportRow[] =>
  VERDICTS.flatMap((verdict) => stacks.filter((stack) => stack.verdict === verdict)).map(
    ({ account, region, verdict, counts }) => ({
      word: verdict,
      color: VERDICT_COLORS[verdict],
      heading: "stacks",
      fields: [account, region, "stack"],
      name: `${account} ${region}`,
      found: countsText(counts),
      details: [],
      remedy: "",
    }),
  );

const regionsOf = ({ stacks }: FleetReport): string[] => [...new Set(stacks.map(({ region }) => region))];

function headerOf({ fleet, stacks, evaluatedAt }: FleetReport): string {
  const accounts = new Set(stacks.map(({ account }) => account)).size;
  return `Fleet ${fleet}, ${plural(stacks.length, "stack")} in ${plural(accounts, "account")}, evaluated ${readableTime(evaluatedAt.getTime())}`;
}

function stacksText(stacks: readonly StackSummary[]): string {
  const count = (verdict: Verdict): number => stacks.filter((stack) => stack.verdict === verdict).length;
  return `${plural(stacks.length, "stack")}: ${count("problem")} with problems, ${count("unknown")} undetermined, ${count("ok")} healthy`;
}

function checksText(counts: VerdictCounts, total: number, all: boolean): string {
  const hidden = all || counts.note + counts.ok === 0 ? "" : " (list notes and ok with --all)";
  return `${plural(total, "check")}: ${countsText(counts)}${hidden}`;
}
