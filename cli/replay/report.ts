import Table from "cli-table3";
import { colors } from "../colors";
import { readableBytes } from "../numbers";
import type { Format } from "../options";
import type { CappedList } from "../capped-list";
import { shortened } from "../text";
import type { StreamSummary, Unsent } from "./summary";

const MAX_SHOWN = 20;
const MAX_REASON = 400;
/** S3's limit, and the index of a record. */
const MAX_WHAT = 1100;

/** Prints the result of a replay, as a table for people or as JSON for machines. */
export function printSummaries(
  summaries: readonly StreamSummary[],
  { format, dryRun }: { readonly format: Format; readonly dryRun: boolean },
): void {
  const text =
    format === "json"
      ? `${JSON.stringify({ dryRun, streams: summaries }, null, 2)}\n`
      : summaryTable(summaries, dryRun);
  process.stdout.write(text);
}

function summaryTable(summaries: readonly StreamSummary[], dryRun: boolean): string {
  const sent = dryRun ? "would be sent" : "accepted";
  const table = new Table({
    head: ["stream", sent, "bytes", "objects replayed", "before", "skipped", "refused", "corrupt", "deleted"],
    style: { head: [], border: [] },
  });
  for (const summary of summaries) {
    table.push([
      summary.stream,
      summary.records,
      readableBytes(summary.bytes),
      summary.objects,
      summary.replayedBefore,
      summary.skipped.count,
      summary.refused.count,
      summary.corrupt.count,
      summary.deleted,
    ]);
  }
  return [table.toString(), ...summaries.flatMap(remarks), ""].join("\n");
}

function remarks(summary: StreamSummary): string[] {
  const { stream, journal, tagging, stopped, foreignObjects, acceptedBefore } = summary;
  return [
    ...unsent(`${stream}: skipped (permanent failure)`, summary.skipped),
    ...unsent(`${stream}: refused by Firehose; run the command again`, summary.refused),
    ...unsent(`${stream}: corrupt or not readable, left as they are`, summary.corrupt),
    ...unsent(`${stream}: not returned or not deleted by S3`, summary.unreadable),
    ...(acceptedBefore > 0
      ? [`${stream}: an earlier run sent ${count(acceptedBefore, "record")}, which were not sent again.`]
      : []),
    ...(foreignObjects > 0 ? [`${stream}: ${count(foreignObjects, "object")} of other streams ignored.`] : []),
    ...(tagging === null
      ? []
      : [`${stream}: objects are not tagged (${tagging}). Only ${journal} says what was accepted.`]),
    ...(stopped === null
      ? []
      : [
          colors.red(
            `${stream}: stopped. ${stopped} The accepted records are in ${journal}: run the command again to continue.`,
          ),
        ]),
  ];
}

function unsent(title: string, { count: all, items }: CappedList<Unsent>): string[] {
  const rest = all - MAX_SHOWN;
  return all === 0
    ? []
    : [
        colors.yellow(`${title} (${all}):`),
        ...items
          .slice(0, MAX_SHOWN)
          .map(({ what, reason }) => `  ${shortened(what, MAX_WHAT)}: ${shortened(reason, MAX_REASON)}`),
        ...(rest > 0 ? [`  … and ${rest} more; --format json has all`] : []),
      ];
}

const count = (number: number, noun: string): string => `${number} ${noun}${number === 1 ? "" : "s"}`;
