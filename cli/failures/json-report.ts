import { exitCodeOf } from "../checks/check";
import { EXIT } from "../exit-codes";
import { fleetReportObject } from "../fleet/report";
import { reportObject } from "../terminal/report-json";
import type { Terminal } from "../terminal/terminal";
import { failureChecks, isUndetermined } from "./checks";
import type { FailuresReport, Findings, ShownRecord } from "./report";

/** One JSON document, written while the records are read: memory does not grow with their number. */
export function jsonReport({ write }: Pick<Terminal, "write">): FailuresReport {
  const beginning = '{"records": [\n';
  let start = beginning;
  const end = async (findings: Findings, report: object): Promise<void> => {
    const records = start === beginning ? start : "";
    // With --follow, the next document begins.
    start = beginning;
    await write(`${records}],\n${JSON.stringify({ ...findingsObject(findings), ...report }).slice(1)}\n`);
  };
  return {
    record: async ({ stream, key, index, record, causeId, payload, ...foundIn }: ShownRecord) => {
      const { base64: _, bytes, arrivalTimestamp, attemptEndingTimestamp, ...rest } = record;
      const separator = start;
      start = ",\n";
      await write(
        separator +
          JSON.stringify({
            ...foundIn,
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
    },
    end: async (findings, scope) => {
      const checks = failureChecks(findings);
      const exitCode = findings.stopped === null ? exitCodeOf(checks) : EXIT.undetermined;
      await end(findings, reportObject({ ...scope, checks }, exitCode));
    },
    endFleet: async (findings, report) => {
      await end(findings, fleetReportObject(report));
    },
  };
}

function findingsObject({ streams, causes, shown, stopped }: Findings): object {
  const total = (count: "objects" | "failedRecords" | "foreignObjects" | "deliveredObjects"): number =>
    streams.reduce((sum, stream) => sum + stream[count], 0);
  const damages = (kind: "corrupt" | "unreadable"): object => ({
    count: streams.reduce((sum, stream) => sum + stream[kind].count, 0),
    items: streams.flatMap(({ account, region, stream, [kind]: { items } }) =>
      account === undefined ? items : items.map((damage) => ({ account, region, stream, ...damage })),
    ),
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
    undetermined: streams
      .filter(isUndetermined)
      .map(({ account, region, stream }) => (account === undefined ? stream : `${account} ${region} ${stream}`)),
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
