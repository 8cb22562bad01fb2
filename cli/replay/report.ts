import Table from "cli-table3";
import { colors } from "../colors";
import { readableBytes } from "../numbers";
import type { Format } from "../options";
import type { Named } from "../named";
import { shortened } from "../text";
import type { LeftOver, StreamTally } from "./tally";

const LEFT_OVERS_SHOWN = 20;
const LONGEST_REASON = 400;

/** What a replay came to, as a table to read or as JSON for machines. */
export function printTallies(
  tallies: readonly StreamTally[],
  { format, dryRun }: { readonly format: Format; readonly dryRun: boolean },
): void {
  const text =
    format === "json" ? `${JSON.stringify({ dryRun, streams: tallies }, null, 2)}\n` : tallyTable(tallies, dryRun);
  process.stdout.write(text);
}

function tallyTable(tallies: readonly StreamTally[], dryRun: boolean): string {
  const sent = dryRun ? "would be sent" : "accepted";
  const table = new Table({
    head: ["stream", sent, "bytes", "objects replayed", "before", "set aside", "refused", "broken", "deleted"],
    style: { head: [], border: [] },
  });
  for (const tally of tallies) {
    table.push([
      tally.stream,
      tally.records,
      readableBytes(tally.bytes),
      tally.objects,
      tally.replayedBefore,
      tally.setAside.count,
      tally.refused.count,
      tally.broken.count,
      tally.deleted,
    ]);
  }
  return [table.toString(), ...tallies.flatMap(remarks), ""].join("\n");
}

function remarks(tally: StreamTally): string[] {
  const { stream, journal, tagging, stopped, foreignObjects, acceptedBefore } = tally;
  return [
    ...leftOvers(`${stream}: set aside, and not sent: they can never be delivered`, tally.setAside),
    ...leftOvers(`${stream}: not accepted; run the command again`, tally.refused),
    ...leftOvers(`${stream}: broken and passed over`, tally.broken),
    ...leftOvers(`${stream}: AWS did not allow it`, tally.denied),
    ...(acceptedBefore > 0
      ? [`${stream}: ${acceptedBefore} records were accepted by an earlier run, and not sent again.`]
      : []),
    ...(foreignObjects > 0 ? [`${stream}: ${foreignObjects} objects that are not its own were left alone.`] : []),
    ...(tagging === null ? [] : [`${stream}: objects are not tagged (${tagging}); only ${journal} remembers them.`]),
    ...(stopped === null
      ? []
      : [
          colors.red(
            `${stream}: stopped. ${stopped} What was accepted is remembered in ${journal}: run the command again to go on.`,
          ),
        ]),
  ];
}

function leftOvers(title: string, { count, named }: Named<LeftOver>): string[] {
  const rest = count - LEFT_OVERS_SHOWN;
  return count === 0
    ? []
    : [
        colors.yellow(`${title} (${count}):`),
        ...named
          .slice(0, LEFT_OVERS_SHOWN)
          .map(({ what, reason }) => `  ${shortened(what, 1100)}: ${shortened(reason, LONGEST_REASON)}`),
        ...(rest > 0 ? [`  … and ${rest} more; --format json has all`] : []),
      ];
}
