import { parseInput } from "./input";
import { Plan } from "./plan";
import { toPlanJson } from "./plan-json";

/**
 * Reads the JSON that `terraform show -json` prints of a plan.
 *
 * @throws UnusablePlan when the input is not JSON, not a plan, or a plan of a newer format
 */
export const readPlan = (input: Buffer | string): Plan => new Plan(toPlanJson(parseInput(input)));
