import { readFileSync } from "node:fs";
import { evaluate, type Evaluation, POLICIES } from "../../policies";
import { readPlan, UnusablePlan } from "../../policies/plan";
import { EXIT, UnusableInput } from "../exit-codes";
import { jsonFormat } from "./formats/json";
import { junitFormat } from "./formats/junit";
import { markdownFormat } from "./formats/markdown";
import { sarifFormat } from "./formats/sarif";
import { tableFormat } from "./formats/table";
import { placesIn } from "./places";
import { type Allowances, report, type Report } from "./report";

export interface PolicyOptions {
  readonly format: string;
  /** `id=reason`, each. */
  readonly allow: readonly string[];
  /** Folder of the root's `.tf` files. */
  readonly root: string;
  /** Whether a plan without a stream to Kloudfuse passes. */
  readonly allowNoStream?: boolean;
}

/**
 * Judges a plan and writes what was found.
 *
 * @throws UnusableInput when the plan or an allowance cannot be used
 */
export function policy(file: string, options: PolicyOptions): number {
  const allowances = readAllowances(options.allow);
  const evaluation = evaluate(plan(file));
  const judged = report(evaluation.verdicts, allowances);
  process.stdout.write(render(judged, options));
  process.stderr.write(scopeOf(evaluation));
  if (judged.findings > 0) {
    return EXIT.problem;
  }
  const isUnusable = evaluation.limitations.some(
    (limitation) => limitation.isUnusable && !(limitation.kind === "noStream" && options.allowNoStream === true),
  );
  return isUnusable ? EXIT.cannotTell : EXIT.healthy;
}

/** What was evaluated and what the plan leaves out, a line each. */
function scopeOf({ counts, limitations }: Evaluation): string {
  const { streams, roles, buckets } = counts;
  const evaluated = [counted(streams, "stream"), counted(roles, "role"), counted(buckets, "backup bucket")];
  const lines = limitations.map(({ message, remedy }) => `${message} ${remedy}`);
  return [`Evaluated: ${evaluated.join(", ")}.`, ...lines, ""].join("\n");
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? "" : "s"}`;

function render(judged: Report, { format, root }: PolicyOptions): string {
  switch (format) {
    case "json":
      return jsonFormat(judged);
    case "junit":
      return junitFormat(judged);
    case "markdown":
      return markdownFormat(judged);
    case "sarif":
      return sarifFormat(judged, placesIn(root));
    default:
      return tableFormat(judged);
  }
}

const STANDARD_INPUT = 0;

function plan(file: string): ReturnType<typeof readPlan> {
  try {
    return readPlan(readFileSync(file === "-" ? STANDARD_INPUT : file));
  } catch (error) {
    if (error instanceof UnusablePlan) {
      throw new UnusableInput(error.message);
    }
    throw new UnusableInput(`The plan ${file} must be a file that can be read, got: ${String(error)}`);
  }
}

function readAllowances(allow: readonly string[]): Allowances {
  const ids = POLICIES.map(({ id }) => id);
  return new Map(
    allow.map((allowance) => {
      const [, id, reason] = /^([^=]+)=(.*\S.*)$/.exec(allowance) ?? [];
      if (id === undefined || reason === undefined) {
        throw new UnusableInput(`--allow must be <policy>=<reason>, got "${allowance}". Say why it is allowed.`);
      }
      if (!ids.includes(id)) {
        throw new UnusableInput(`--allow must name a policy, got "${id}". The policies: ${ids.join(", ")}.`);
      }
      return [id, reason];
    }),
  );
}
