import { evaluate } from "../../../policies";
import { readPlan } from "../../../policies/plan";
import { outputOf } from "./run";
import type { TerraformRoot } from "./terraform";

/** What one policy says of one resource. */
export interface PlanOutcome {
  readonly policy: string;
  readonly kind: "finding" | "unknown";
  readonly address: string;
  readonly found: string;
}

/** What the policies say of a plan, given as JSON. */
export function evaluatePlan(plan: string): PlanOutcome[] {
  return evaluate(readPlan(plan)).verdicts.flatMap(({ policy, outcomes }) =>
    outcomes.map(({ kind, address, found }) => ({ policy: policy.id, kind, address, found })),
  );
}

/** What the policies say of a plan of a root, a line each: policy, kind, address, what was found. */
export async function policyOutcomes(root: TerraformRoot, ...options: readonly string[]): Promise<string[]> {
  outputOf("terraform plan", await root.run("plan", "-out=plan", ...options));
  const outcomes = evaluatePlan(outputOf("terraform show", await root.run("show", "-json", "plan")));
  return outcomes.map(({ policy, kind, address, found }) => `${policy} ${kind} ${address}: ${found}`);
}
