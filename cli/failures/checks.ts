import { type Check, note, ok, type Outcome, problem, unknown } from "../checks/check";
import type { CappedList } from "../capped-list";
import { plural, readableBytes } from "../numbers";
import { shortened } from "../text";
import { readable } from "../time";
import type { Damage, Findings, StreamFindings } from "./report";
import type { CauseTally } from "./tally";

const MAX_CODE_LENGTH = 80;
const MAX_REASON_LENGTH = 400;
/** S3's limit. */
const MAX_KEY_LENGTH = 1024;

/** What was found as checks: every cause is a problem, and what could not be read is unknown. */
export function failureChecks({ streams, causes }: Findings): Check[] {
  return streams.flatMap((found) =>
    [
      ...causes.filter(({ stream }) => stream === found.stream).map(causeOutcome),
      ...damages(problem, "corrupt entries", found.corrupt, "The rest of each object was read. replay leaves them."),
      ...damages(
        unknown,
        "objects not read",
        found.unreadable,
        "Their records are not counted: fix the reason, and run the command again.",
      ),
      ...noneOutcome(found),
      ...ignoredOutcomes(found),
    ].map((outcome) => ({ subject: found.stream, region: found.region, ...outcome })),
  );
}

function causeOutcome({ cause, status, errorCodes, records, bytes, first, last }: CauseTally): Outcome {
  const { title, meaning, fix } = cause;
  const found = [
    `${plural(records, "failed record")}, ${readableBytes(bytes)}`,
    // A title such as "5xx: the endpoint fails" does not have the status.
    ...(status === null || title.startsWith(String(status)) ? [] : [`status ${status}`]),
    ...[...errorCodes].map((code) => shortened(code, MAX_CODE_LENGTH)),
    `first arrived ${timeText(first)}, last attempt ended ${timeText(last)}`,
  ].join(", ");
  return problem(title, found, `${meaning} ${fix}`);
}

function damages(
  outcome: typeof problem,
  name: string,
  { count, items }: CappedList<Damage>,
  remedy: string,
): Outcome[] {
  const details = items.map(
    ({ key, reason }) => `${shortened(key, MAX_KEY_LENGTH)}: ${shortened(reason, MAX_REASON_LENGTH)}`,
  );
  return count === 0 ? [] : [{ ...outcome(name, String(count), remedy), details }];
}

/** What it means that no failed record was found. */
function noneOutcome(found: StreamFindings): Outcome[] {
  const { objects, failedRecords, corrupt, unreadable, location } = found;
  const name = "failed records";
  if (isUndetermined(found)) {
    return [
      unknown(
        name,
        `${plural(found.foreignObjects, "object")} under ${location}, none with a key that Firehose builds for failed records of this stream`,
        "It could not be determined whether records failed: check the stream's name and its backup prefixes.",
      ),
    ];
  }
  return failedRecords + corrupt.count + unreadable.count > 0
    ? []
    : [ok(name, `none in ${plural(objects, "object")} under ${location}`)];
}

/** Where there are objects and none is the stream's, its prefix may have changed: that is no success. */
export const isUndetermined = ({ objects, unreadable, foreignObjects }: StreamFindings): boolean =>
  objects + unreadable.count === 0 && foreignObjects > 0;

function ignoredOutcomes(found: StreamFindings): Outcome[] {
  const { foreignObjects, deliveredObjects } = found;
  return [
    ...(foreignObjects === 0 || isUndetermined(found)
      ? []
      : [
          note(
            "other objects",
            `${plural(foreignObjects, "object")} of other streams or writers, ignored`,
            "No action needed if they share the prefix on purpose.",
          ),
        ]),
    ...(deliveredObjects === 0
      ? []
      : [ok("delivered data", `${plural(deliveredObjects, "object")} with delivered data, ignored`)]),
  ];
}

/** A time for people; failed records may lack it. */
export const timeText = (milliseconds: number | null | undefined): string =>
  milliseconds === null || milliseconds === undefined ? "at an unknown time" : readable(milliseconds);
