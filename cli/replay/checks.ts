import { ignoredObjectsOutcome, listOutcome } from "../backup/outcomes";
import { type Check, note, ok, type Outcome, problem, unknown } from "../checks/check";
import { plural, readableBytes } from "../numbers";
import type { StreamSummary, Unsent } from "./summary";

/**
 * The result of a replay as checks: records that were not sent are a problem; objects that could not be read are
 * unknown.
 */
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
    ...listOutcome(
      problem,
      "skipped",
      { list: skipped, nameOf },
      "They can never be delivered: see kloudfuse-firehose failures.",
    ),
    ...listOutcome(
      problem,
      "refused",
      { list: refused, nameOf },
      "Firehose did not accept them: run the command again, with a lower --rate.",
    ),
    ...listOutcome(
      problem,
      "corrupt",
      { list: corrupt, nameOf },
      "They are left as they are: look at the objects in S3.",
    ),
    ...listOutcome(
      unknown,
      "objects not read",
      { list: unreadable, nameOf },
      "Fix the cause, and run the command again.",
    ),
    ...(tagging === null
      ? []
      : [
          note(
            "tags",
            `objects are not tagged: ${tagging}`,
            `Keep ${journal}: it is the only record of what was accepted.`,
          ),
        ]),
    ...ignoredObjectsOutcome(foreignObjects),
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

const nameOf = ({ what }: Unsent): string => what;
