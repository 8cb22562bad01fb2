import { readFileSync } from "node:fs";
import type { FleetTarget } from "../../fleet";
import { evaluate } from "../../policies";
import { HOW_TO, type Plan, readPlan, UnusablePlan } from "../../policies/plan";
import { cappedNames } from "../capped-names";
import { readErrorReason } from "../read-errors";
import { ageLimitations } from "./plan-age";
import { inputLimitations, type PlanSource } from "./planned-inputs";
import type { Limitation, ReportInput } from "./report";

/**
 * Evaluates the plan of one stack of a fleet. A stack without a plan of its own is undetermined: a plan of another
 * account or region is not evaluated, so that it makes no stack look healthy.
 *
 * @param now milliseconds since 1970
 */
export function evaluateStack(
  target: FleetTarget,
  { file, fleet }: Pick<PlanSource, "file" | "fleet">,
  now: number = Date.now(),
): ReportInput {
  const plan = planIn(file);
  const howTo = howToCreate(target, file);
  if (typeof plan === "string") {
    return undetermined({ kind: "noPlan", message: plan, remedy: `Create it with: ${howTo}`, isUnusable: true });
  }
  const other = otherPlace(target, plan);
  if (other !== undefined) {
    return undetermined({
      kind: "otherStack",
      message: `${file} is the plan of ${other}.`,
      remedy: `Rename it to <stack>.json of its own stack, and create the plan of this one with: ${howTo}`,
      isUnusable: true,
    });
  }
  const { limitations, ...evaluation } = evaluate(plan);
  const source: PlanSource = { file, fleet, howTo };
  return {
    ...evaluation,
    limitations: [
      ...limitations,
      ...unknownPlace(plan, file),
      ...inputLimitations(target, plan, source),
      ...ageLimitations(plan, source, now),
    ],
  };
}

const undetermined = (limitation: Limitation): ReportInput => ({ verdicts: [], limitations: [limitation] });

/** The plan, or why there is none. */
function planIn(file: string): Plan | string {
  try {
    return readPlan(readFileSync(file));
  } catch (error) {
    return error instanceof UnusablePlan
      ? `${file}: ${error.message.replace(HOW_TO, "").trim()}`
      : `The plan ${file} cannot be read: ${readErrorReason(error)}.`;
  }
}

function howToCreate({ stackId }: FleetTarget, file: string): string {
  const terraform = `terraform -chdir=cdktf.out/stacks/${stackId}`;
  return `${terraform} plan -out=plan.bin && ${terraform} show -json plan.bin > ${file}`;
}

/** The accounts and regions of a plan that has others than the stack's. */
function otherPlace({ account, region }: FleetTarget, { locations }: Plan): string | undefined {
  const [accounts, regions] = [[...locations.accountIds], [...locations.regions]];
  if (accounts.every((each) => each === account) && regions.every((each) => each === region)) {
    return undefined;
  }
  const named = (noun: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`${noun}${names.length === 1 ? "" : "s"} ${cappedNames(names)}`];
  return [...named("account", accounts), ...named("region", regions)].join(" and ");
}

/**
 * A plan that does not show its account or region belongs to the stack only by its file name: its findings count, but
 * it does not pass.
 */
function unknownPlace({ locations }: Plan, file: string): Limitation[] {
  const missing = [
    ...(locations.accountIds.size === 0 ? ["account"] : []),
    ...(locations.regions.size === 0 ? ["region"] : []),
  ];
  return missing.length === 0
    ? []
    : [
        {
          kind: "unknownStack",
          message: `${file} does not show its ${missing.join(" and ")}: it may be the plan of another stack.`,
          remedy: "Set allowed_account_ids and region of its AWS provider, as the app does.",
          isUnusable: true,
        },
      ];
}
