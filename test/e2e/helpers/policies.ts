import { judge } from "../../../policies";
import { readPlan } from "../../../policies/plan";
import { outputOf } from "./run";
import type { TerraformRoot } from "./terraform";

/** What the policies say of a plan of a root, a line each: policy, kind, address, what was found. */
export async function policyOutcomes(root: TerraformRoot, ...options: readonly string[]): Promise<string[]> {
  outputOf("terraform plan", await root.run("plan", "-out=plan", ...options));
  const plan = readPlan(outputOf("terraform show", await root.run("show", "-json", "plan")));
  return judge(plan).flatMap(({ policy, outcomes }) =>
    outcomes.map(({ kind, address, found }) => `${policy.id} ${kind} ${address}: ${found}`),
  );
}
