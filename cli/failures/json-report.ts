import { exitCodeOf } from "../checks/check";
import { EXIT } from "../exit-codes";
import { reportObject } from "../terminal/report-json";
import type { Terminal } from "../terminal/terminal";
import { failureChecks, isUndetermined } from "./checks";
import type { FailuresReport, Findings, ShownRecord } from "./report";

/** One JSON document, written as it is read: memory does not grow with the number of records. */
export function jsonReport({ write }: Pick<Terminal, "write">): FailuresReport {
  const beginning = '{"records": [\n';
  let start = beginning;
  return {
    record: async ({ stream, key, index, record, causeId, payload }: ShownRecord) => {
      const { base64: _, bytes, arrivalTimestamp, attemptEndingTimestamp, ...rest } = record;
      await write(
        start +
          JSON.stringify({
            stream,
            object: key,
            index,
            ...rest,
            arrived: isoTime(arrivalTimestamp),
            lastAttemptEnded: isoTime(attemptEndingTimestamp),
            cause: causeId,
            bytes,
            payload,
          }),
      );
      start = ",\n";
    },
    end: async (findings, scope) => {
      const checks = failureChecks(findings);
      const exitCode = findings.stopped === null ? exitCodeOf(checks) : EXIT.undetermined;
      const records = start === beginning ? start : "";
      await write(
        `${records}],\n${JSON.stringify({ ...findingsObject(findings), ...reportObject({ ...scope, checks }, exitCode) }).slice(1)}\n`,
      );
      // The next document, if the command continues.
      start = beginning;
    },
  };
}

function findingsObject({ streams, causes, shown, stopped }: Findings): object {
  const total = (count: "objects" | "failedRecords" | "foreignObjects" | "deliveredObjects"): number =>
    streams.reduce((sum, stream) => sum + stream[count], 0);
  const damages = (kind: "corrupt" | "unreadable"): object => ({
    count: streams.reduce((sum, stream) => sum + stream[kind].count, 0),
    items: streams.flatMap((stream) => stream[kind].items),
  });
  return {
    causes: causes.map(causeObject),
    corrupt: damages("corrupt"),
    unreadable: damages("unreadable"),
    objects: total("objects"),
    failedRecords: total("failedRecords"),
    shown,
    foreignObjects: total("foreignObjects"),
    deliveredObjects: total("deliveredObjects"),
    undetermined: streams.filter(isUndetermined).map(({ stream }) => stream),
    stopped: stopped?.message ?? null,
  };
}

const causeObject = ({ cause, errorCodes, first, last, ...tally }: Findings["causes"][number]): object => ({
  ...tally,
  cause: cause.id,
  title: cause.title,
  fix: cause.fix,
  isPermanent: cause.isPermanent,
  errorCodes: [...errorCodes],
  first: isoTime(first),
  last: isoTime(last),
});

/** Null where there is no time. */
const isoTime = (milliseconds: number | null | undefined): string | null =>
  milliseconds === null || milliseconds === undefined ? null : new Date(milliseconds).toISOString();
