import { parseInput } from "./input";
import { Plan } from "./plan";
import { toPlanJson } from "./plan-json";

/**
 * Reads the JSON of a plan that `terraform show -json` prints.
 *
 * @throws UnusablePlan when the input is not JSON, not a plan, or a plan of a newer format
 */
export const readPlan = (input: Buffer | string): Plan => new Plan(toPlanJson(parseInput(input)));
