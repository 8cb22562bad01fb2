import type { Findings, Report, ShownRecord, Write } from "./report";

/** One JSON document, written as it is read: memory does not grow with the number of records. */
export function jsonReport(write: Write): Report {
  let start = '{"records": [\n';
  return {
    record: async ({ stream, key, index, record, causeId, payload }: ShownRecord) => {
      const { data, arrivalTimestamp, attemptEndingTimestamp, ...rest } = record;
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
            bytes: data.length,
            payload,
          }),
      );
      start = ",\n";
    },
    end: async ({ causes, ...findings }: Findings) => {
      const tallies = causes.map(({ cause, errorCodes, first, last, ...tally }) => ({
        ...tally,
        cause: cause.id,
        title: cause.title,
        fix: cause.fix,
        isPermanent: cause.isPermanent,
        errorCodes: [...errorCodes],
        first: isoTime(first),
        last: isoTime(last),
      }));
      const records = start === ",\n" ? "" : start;
      await write(`${records}],\n"causes": ${JSON.stringify(tallies)},\n${JSON.stringify(findings).slice(1)}\n`);
    },
  };
}

/** Null where there is no time. */
const isoTime = (milliseconds: number | null | undefined): string | null =>
  milliseconds === null || milliseconds === undefined ? null : new Date(milliseconds).toISOString();
