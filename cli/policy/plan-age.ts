import type { Plan } from "../../policies/plan";
import { plural } from "../numbers";
import { HOUR_MS, readableTime } from "../time";
import type { Limitation } from "./report";
import type { PlanSource } from "./planned-inputs";

const MAX_AGE_HOURS = 24;

/**
 * Warns about an old plan: resources, and parts of the configuration that are not compared, may have changed since.
 *
 * @param now milliseconds since 1970
 */
export function ageLimitations(
  { createdAt }: Pick<Plan, "createdAt">,
  { file, howTo }: PlanSource,
  now: number,
): Limitation[] {
  if (createdAt === undefined || now - createdAt <= MAX_AGE_HOURS * HOUR_MS) {
    return [];
  }
  const hours = Math.floor((now - createdAt) / HOUR_MS);
  const age = hours < 2 * MAX_AGE_HOURS ? plural(hours, "hour") : plural(Math.floor(hours / 24), "day");
  return [
    {
      kind: "oldPlan",
      message: `${file} was created at ${readableTime(createdAt)}, ${age} ago: what changed since is not in it.`,
      remedy: `Plan the stack again: ${howTo}`,
      isUnusable: false,
    },
  ];
}
