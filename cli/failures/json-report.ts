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
            arrived: new Date(arrivalTimestamp).toISOString(),
            lastAttemptEnded: new Date(attemptEndingTimestamp).toISOString(),
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
        first: new Date(first).toISOString(),
        last: new Date(last).toISOString(),
      }));
      const records = start === ",\n" ? "" : start;
      await write(`${records}],\n"causes": ${JSON.stringify(tallies)},\n${JSON.stringify(findings).slice(1)}\n`);
    },
  };
}
