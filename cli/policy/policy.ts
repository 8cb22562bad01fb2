import { readFileSync } from "node:fs";
import { isatty } from "node:tty";
import { evaluate, POLICIES } from "../../policies";
import { HOW_TO, readPlan, UnusablePlan } from "../../policies/plan";
import type { Severity } from "../../policies/policy";
import { EXIT, UnusableInput } from "../exit-codes";
import { checkFleetOptions, type FleetOptions, requireFleet } from "../options";
import { readErrorReason } from "../read-errors";
import { standardOutput, type Terminal } from "../terminal/terminal";
import { readAllowances } from "./allowances";
import { jsonFormat } from "./formats/json";
import { junitFormat } from "./formats/junit";
import { markdownFormat } from "./formats/markdown";
import { sarifFormat } from "./formats/sarif";
import { tableFormat } from "./formats/table";
import { placesIn } from "./places";
import { conclusionOf, type PolicyReportOptions, type Report, report } from "./report";

export interface PolicyOptions extends FleetOptions {
  readonly format: string;
  /** `<policy>=<reason>` or `<policy>@<address>=<reason>`, each. */
  readonly allow: readonly string[];
  /** Folder of the root's files. */
  readonly root: string;
  /** The least severity of a finding that counts. */
  readonly minSeverity: Severity;
  /** Whether outcomes that are unknown until the apply count like findings. */
  readonly failOnUnknown?: boolean;
  /** Whether a plan without a stream to Kloudfuse passes. */
  readonly allowNoStream?: boolean;
  /** Regions of the fleet; missing: every region. */
  readonly region?: readonly string[];
}

/**
 * Evaluates a plan and writes what was found.
 *
 * @throws UnusableInput when the plan, an allowance or the root cannot be used
 */
export function policy(file: string, options: PolicyOptions, terminal: Terminal = standardOutput()): number {
  checkFleetOptions(options);
  requireFleet("--region", options.region?.join(", "), options.fleet);
  const reportOptions = reportOptionsOf(options);
  return writeReport(report(evaluate(plan(file)), reportOptions), options, terminal);
}

/** @throws UnusableInput when an allowance cannot be used */
export function reportOptionsOf(options: PolicyOptions): PolicyReportOptions {
  const { allow, minSeverity, failOnUnknown = false, allowNoStream = false } = options;
  const allowances = readAllowances(
    allow,
    POLICIES.map(({ id }) => id),
  );
  return { allowances, minSeverity, failOnUnknown, allowNoStream };
}

/** @returns the exit code */
export function writeReport(result: Report, options: PolicyOptions, terminal: Terminal): number {
  process.stdout.write(render(result, options, terminal));
  return EXIT_CODES[conclusionOf(result)];
}

const EXIT_CODES = {
  findings: EXIT.problem,
  unusable: EXIT.undetermined,
  unknown: EXIT.problem,
  passed: EXIT.healthy,
} as const;

function render(result: Report, { format, root }: PolicyOptions, terminal: Terminal): string {
  switch (format) {
    case "json":
      return jsonFormat(result);
    case "junit":
      return junitFormat(result);
    case "markdown":
      return markdownFormat(result);
    case "sarif":
      return sarifFormat(result, placesIn(root));
    default:
      return tableFormat(result, terminal);
  }
}

const STANDARD_INPUT = 0;

/** What the command waits for, where it would wait for the user to type a plan; else nothing. */
export const waitingText = (file: string, isTerminal: boolean): string =>
  file === "-" && isTerminal ? "Reading a plan from the standard input. To read a file, name it after policy.\n" : "";

function plan(file: string): ReturnType<typeof readPlan> {
  try {
    process.stderr.write(waitingText(file, isatty(STANDARD_INPUT)));
    return readPlan(readFileSync(file === "-" ? STANDARD_INPUT : file));
  } catch (error) {
    if (error instanceof UnusablePlan) {
      throw new UnusableInput(error.message);
    }
    throw new UnusableInput(`The plan ${file} must be a file that can be read (${readErrorReason(error)}). ${HOW_TO}`);
  }
}
