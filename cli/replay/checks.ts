import type { CappedList } from "../capped-list";
import { type Check, note, ok, type Outcome, problem, unknown } from "../checks/check";
import { plural, readableBytes } from "../numbers";
import { shortened } from "../text";
import type { StreamSummary, Unsent } from "./summary";

const MAX_REASON_LENGTH = 400;
/** S3's limit for a key, and the index of a record. */
const MAX_NAME_LENGTH = 1100;

/** The result of a replay as checks: what was not sent is a problem, and what could not be read is unknown. */
export const replayChecks = (summaries: readonly StreamSummary[], region: string, dryRun: boolean): Check[] =>
  summaries.flatMap((summary) =>
    outcomesOf(summary, dryRun).map((outcome) => ({ subject: summary.stream, region, ...outcome })),
  );

function outcomesOf(summary: StreamSummary, dryRun: boolean): Outcome[] {
  const { skipped, refused, corrupt, unreadable, journal, stopped, tagging, foreignObjects } = summary;
  return [
    sentOutcome(summary, dryRun),
    ...(stopped === null
      ? []
      : [
          unknown(
            "stopped early",
            stopped,
            `The accepted records are in ${journal}: run the command again to continue.`,
          ),
        ]),
    ...unsent(problem, "skipped", skipped, "They can never be delivered: see kloudfuse-firehose failures."),
    ...unsent(problem, "refused", refused, "Firehose did not accept them: run the command again, with a lower --rate."),
    ...unsent(problem, "corrupt", corrupt, "They are left as they are: look at the objects in S3."),
    ...unsent(unknown, "objects not read", unreadable, "Fix the reason, and run the command again."),
    ...(tagging === null
      ? []
      : [note("tags", `objects are not tagged: ${tagging}`, `Keep ${journal}: only it says what was accepted.`)]),
    ...(foreignObjects === 0
      ? []
      : [
          note(
            "other objects",
            `${plural(foreignObjects, "object")} of other streams or writers, ignored`,
            "No action needed if they share the prefix on purpose.",
          ),
        ]),
  ];
}

function sentOutcome(summary: StreamSummary, dryRun: boolean): Outcome {
  const { records, bytes, objects, replayedBefore, acceptedBefore, deleted } = summary;
  const sent = plural(records, "record");
  const found = [
    `${sent} ${dryRun ? "would be sent" : "accepted"}, ${readableBytes(bytes)}`,
    // A dry run completes none.
    ...(dryRun ? [] : [`${plural(objects, "object")} replayed`]),
    ...(replayedBefore > 0 ? [`${plural(replayedBefore, "object")} replayed before`] : []),
    ...(acceptedBefore > 0 ? [`${plural(acceptedBefore, "record")} sent by an earlier run, not sent again`] : []),
    ...(deleted > 0 ? [`${plural(deleted, "object")} deleted`] : []),
  ].join(", ");
  return ok("records", found);
}

function unsent(
  outcome: typeof problem,
  name: string,
  { count, items }: CappedList<Unsent>,
  remedy: string,
): Outcome[] {
  const details = items.map(
    ({ what, reason }) => `${shortened(what, MAX_NAME_LENGTH)}: ${shortened(reason, MAX_REASON_LENGTH)}`,
  );
  return count === 0 ? [] : [{ ...outcome(name, String(count), remedy), details }];
}
