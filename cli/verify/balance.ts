import { causeOf } from "../causes/diagnose";
import { type Outcome, problem } from "../checks/check";
import { HEALTHY } from "./healthy";
import { plural, readableNumber } from "../numbers";
import { intervalOf, type MeasuredStream, METRICS, type Metrics, retryOf } from "./metrics";
import { isMissing, sum } from "./series";
import { knownOf } from "./sparkline";

/**
 * Compares the incoming records of the last hours with those that were delivered or backed up. A request that the
 * endpoint rejects with 413 is neither retried nor backed up, and leaves no other trace in the metrics.
 *
 * Records that may still be in Firehose are not counted as due. Those that came in before the hours and were delivered
 * within them are counted as delivered, so that a small loss may be missed, and none is reported that did not happen.
 *
 * @returns the problem, undefined if there is none, or a transformation may drop or split records
 */
export function balanceOutcome(stream: MeasuredStream, metrics: Metrics): Outcome | undefined {
  const { backup, processors } = stream.destination;
  const minutes = metrics.incoming.length - minutesInFirehose(stream, metrics);
  if (processors.length > 0 || minutes <= 0) {
    return undefined;
  }
  const due = sum(metrics.incoming.slice(0, minutes));
  const delivered = sum(metrics.delivered);
  const isAllBackedUp = backup.mode === "AllData";
  // With AllData, the backup contains delivered records too.
  const backedUp = isAllBackedUp ? 0 : sum(metrics.deliveredToS3) + sum(metrics.backedUpToS3);
  const missing = Math.round(due - delivered - backedUp);
  if (missing < 1) {
    return undefined;
  }
  const isBackupKnown = !isMissing(metrics.deliveredToS3) || !isMissing(metrics.backedUpToS3);
  const what = isAllBackedUp
    ? "not delivered"
    : isBackupKnown
      ? "neither delivered nor backed up"
      : "not delivered, and no metric says that anything was backed up";
  return problem(
    METRICS.delivered.metric,
    `${readableNumber(missing)} of ${plural(due, "record")} that came in over ${plural(minutes, "minute")} ${missing === 1 ? "was" : "were"} ${what}`,
    `Look for 413 in the error log: Firehose neither retries nor backs up a request that the endpoint rejects as too large. ${causeOf("too-large").fix}`,
  );
}

/** The number of last minutes whose records may still be in Firehose. */
function minutesInFirehose(stream: MeasuredStream, { freshness, success }: Metrics): number {
  const isFailing = knownOf(success).some((value) => value < 1);
  const undelivered = intervalOf(stream) + retryOf(stream);
  const oldest = knownOf(freshness.slice(-HEALTHY.recentMinutes)).at(-1);
  // A failed record waits in the buffer of the backup after all retries.
  const seconds = isFailing ? undelivered + HEALTHY.maxBackupSeconds : (oldest ?? undelivered);
  return Math.ceil((seconds + HEALTHY.slackSeconds) / HEALTHY.periodSeconds);
}
