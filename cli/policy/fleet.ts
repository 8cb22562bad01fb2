import { readdirSync } from "node:fs";
import { join } from "node:path";
import { cappedNames } from "../capped-names";
import { UnusableInput } from "../exit-codes";
import type { FleetTarget } from "../../fleet";
import { type FleetSelection, readTargets, selectTargets } from "../fleet/select-targets";
import { plural, readableNumber } from "../numbers";
import { readErrorReason } from "../read-errors";
import { type Screen, statusLine } from "../terminal/status-line";
import { standardOutput, type Terminal } from "../terminal/terminal";
import { fleetReport } from "./fleet-report";
import { type PolicyOptions, reportOptionsOf, writeReport } from "./policy";
import { type Limitation, type PolicyReportOptions, report, type Report } from "./report";
import { evaluateStack } from "./stack-plan";

/**
 * Evaluates the plans of a fleet and writes what was found in one report.
 *
 * @param folder has the plan of each stack as `<stack>.json`
 * @throws UnusableInput when the fleet file, the selection, the folder, an allowance or the root cannot be used
 */
export function fleetPolicy(
  folder: string,
  options: PolicyOptions & FleetSelection,
  terminal: Terminal = standardOutput(),
  progressScreen: Screen = process.stderr,
): number {
  return writeReport(evaluateFleet(folder, options, reportOptionsOf(options), progressScreen), options, terminal);
}

/** Evaluates the plans sequentially, and keeps the reports only. */
function evaluateFleet(
  folder: string,
  selection: FleetSelection,
  options: PolicyReportOptions,
  screen: Screen,
): Report {
  const { fleet } = selection;
  const all = readTargets(fleet);
  const targets = selectTargets(selection, all);
  const names = plansIn(folder);
  const progress = statusLine(screen);
  const stacks = targets.map((target, index) => {
    progress.show(`${readableNumber(index)} of ${plural(targets.length, "plan")} evaluated`);
    const { stackId: stack, account, region } = target;
    const evaluation = evaluateStack(target, { file: join(folder, `${stack}.json`), fleet });
    return { stack, account, region, report: report(evaluation, { ...options, stack }) };
  });
  progress.end();
  return fleetReport(stacks, otherFiles(folder, names, { fleet, all }), options);
}

function plansIn(folder: string): readonly string[] {
  if (folder === "-") {
    throw new UnusableInput(
      "--fleet requires a folder that has the plan of each stack as <stack>.json, got the standard input. Name the folder.",
    );
  }
  try {
    return readdirSync(folder).filter((name) => name.endsWith(".json"));
  } catch (error) {
    throw new UnusableInput(
      `The plans of a fleet must be in a folder that can be read, got ${folder} (${readErrorReason(error)}). Save the plan of each stack there as <stack>.json.`,
    );
  }
}

/** Files that may be plans, but have no stack in the fleet, selected or not. */
function otherFiles(
  folder: string,
  names: readonly string[],
  { fleet, all }: { readonly fleet: string; readonly all: readonly FleetTarget[] },
): Limitation[] {
  const stacks = new Set(all.map(({ stackId }) => `${stackId}.json`));
  const others = names.filter((name) => !stacks.has(name)).sort();
  return others.length === 0
    ? []
    : [
        {
          kind: "otherFiles",
          message: `${folder} has ${plural(others.length, "file")} without a stack in ${fleet}: ${cappedNames(others)}.`,
          remedy: "Rename the plan of a stack to <stack>.json; remove the others.",
          isUnusable: false,
        },
      ];
}
