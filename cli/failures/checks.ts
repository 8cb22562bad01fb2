import { type Check, ok, type Outcome, problem, unknown } from "../checks/check";
import { ignoredObjectsOutcome, listOutcome, onlyForeignOutcome } from "../backup/outcomes";
import { statusNotInTitle } from "../causes/cause";
import { plural, readableBytes } from "../numbers";
import { shortened } from "../text";
import { readableTime } from "../time";
import type { Findings, StreamFindings, UnreadablePart } from "./report";
import type { CauseTally } from "./tally";

export const MAX_CODE_LENGTH = 80;

/** The findings as checks: every cause is a problem; parts that could not be read are unknown. */
export function failureChecks({ streams, causes }: Findings): Check[] {
  return streams.flatMap((found) =>
    [
      ...causes.filter(({ stream }) => stream === found.stream).map(causeOutcome),
      ...listOutcome(
        problem,
        "corrupt entries",
        { list: found.corrupt, nameOf },
        "The rest of each object was read. replay does not resend them.",
      ),
      ...listOutcome(
        unknown,
        "objects not read",
        { list: found.unreadable, nameOf },
        "Their records are not counted: fix the cause, and run the command again.",
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
    ...statusNotInTitle(cause, status).map((each) => `status ${each}`),
    ...[...errorCodes].map((code) => shortened(code, MAX_CODE_LENGTH)),
    `first arrived ${timeText(first)}, last attempt ended ${timeText(last)}`,
  ].join(", ");
  return problem(title, found, `${meaning} ${fix}`);
}

/** The outcome if no failed record was found. */
function noneOutcome(found: StreamFindings): Outcome[] {
  const { objects, foreignObjects, location } = found;
  const name = "failed records";
  if (hasStoppedEarly(found)) {
    return [
      unknown(
        name,
        `none in ${plural(objects, "object")} under ${location} before the reading stopped early`,
        "It could not be determined whether records failed: fix the cause, and run the command again.",
      ),
    ];
  }
  if (hasOnlyForeign(found)) {
    return [onlyForeignOutcome(name, plural(foreignObjects, "object"), location)];
  }
  return isNone(found) ? [ok(name, `none in ${plural(objects, "object")} under ${location}`)] : [];
}

/** Whether nothing was found, but that is not a success. */
export const isUndetermined = (found: StreamFindings): boolean => hasStoppedEarly(found) || hasOnlyForeign(found);

const isNone = ({ failedRecords, corrupt, unreadable }: StreamFindings): boolean =>
  failedRecords + corrupt.count + unreadable.count === 0;

/** The unread part may hold failed records. */
const hasStoppedEarly = (found: StreamFindings): boolean => !found.isComplete && isNone(found);

/** If there are objects, but none of the stream, its prefix may have changed. */
const hasOnlyForeign = ({ objects, unreadable, foreignObjects }: StreamFindings): boolean =>
  objects + unreadable.count === 0 && foreignObjects > 0;

function ignoredOutcomes(found: StreamFindings): Outcome[] {
  const { foreignObjects, deliveredObjects } = found;
  return [
    ...(hasOnlyForeign(found) && !hasStoppedEarly(found) ? [] : ignoredObjectsOutcome(foreignObjects)),
    ...(deliveredObjects === 0
      ? []
      : [ok("delivered data", `${plural(deliveredObjects, "object")} with delivered data, ignored`)]),
  ];
}

const nameOf = ({ key }: UnreadablePart): string => key;

/** A time for people; failed records may lack it. */
export const timeText = (milliseconds: number | null | undefined): string =>
  milliseconds === null || milliseconds === undefined ? "at an unknown time" : readableTime(milliseconds);
