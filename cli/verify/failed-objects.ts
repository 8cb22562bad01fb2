import type { StreamWithBackup } from "../aws/find-streams";
import { fixedPrefix } from "../backup/keys";
import { onlyForeignOutcome } from "../backup/outcomes";
import { note, ok, type Outcome, problem, unknown } from "../checks/check";
import { plural } from "../numbers";
import { shortened } from "../text";
import { readableTime } from "../time";
import { HEALTHY } from "./healthy";
import type { FailedObjects } from "./read-failed-objects";
import { recoveryRemedy } from "./recovery";

const NAME = "failed data";
const MAX_PLACE_LENGTH = 200;

/** Checks in the bucket itself whether failed records were written to it recently. */
export function failedObjectsOutcome(
  { signal, destination: { backup } }: Pick<StreamWithBackup, "signal" | "destination">,
  { recent, older, foreign, newest = 0, isComplete, isRecentComplete }: FailedObjects,
): Outcome {
  const place = shortened(`s3://${backup.bucket}/${fixedPrefix(backup)}`, MAX_PLACE_LENGTH);
  const window = `the last ${HEALTHY.windowMinutes} minutes`;
  const failures = `kloudfuse-firehose failures --signal ${signal}`;
  const atLeast = (isAll: boolean, count: number): string => `${isAll ? "" : "at least "}${plural(count, "object")}`;
  if (recent > 0) {
    const besides = older === 0 ? "" : `; ${atLeast(isComplete, older)} before that`;
    return problem(
      NAME,
      `${atLeast(isRecentComplete, recent)} under ${place} written in ${window}, the newest at ${readableTime(newest)}${besides}`,
      recoveryRemedy(signal),
    );
  }
  if (!isRecentComplete) {
    return unknown(
      NAME,
      `there are too many objects under ${place} to say whether any was written in ${window}`,
      `Look for them with ${failures} --since ${HEALTHY.windowMinutes}m.`,
    );
  }
  if (older > 0) {
    const last = isComplete ? `, the newest at ${readableTime(newest)}` : "";
    return note(
      NAME,
      `${atLeast(isComplete, older)} under ${place}${last}; none written in ${window}`,
      `No action needed if they were replayed. Otherwise find the cause with ${failures}, and resend them with kloudfuse-firehose replay --signal ${signal}.`,
    );
  }
  return foreign > 0 ? onlyForeignOutcome(NAME, atLeast(isComplete, foreign), place) : ok(NAME, `none under ${place}`);
}
