import Table from "cli-table3";
import { colors } from "../colors";
import type { Payload } from "../backup/payload";
import type { Named } from "../named";
import { readableBytes } from "../numbers";
import { readable } from "../time";
import { shortened } from "../text";
import type { Damage, Findings, Report, Write } from "./report";
import type { CauseTally } from "./tally";

const LONGEST_MESSAGE = 400;
const LONGEST_CODE = 80;
/** S3's limit. */
const LONGEST_KEY = 1024;
const EVENTS_SHOWN = 3;
const DAMAGES_SHOWN = 20;

/** Text to read: the records as they come, and their causes at the end, where the eye is. */
export function tableReport(write: Write): Report {
  return {
    record: async ({ stream, key, index, record, payload }) => {
      const { attemptsMade, arrivalTimestamp, attemptEndingTimestamp, errorCode, errorMessage } = record;
      await write(
        [
          colors.bold(`${stream}: ${shortened(key, LONGEST_KEY)} [${index}]`),
          `  arrived ${readable(arrivalTimestamp)}, last attempt ended ${readable(attemptEndingTimestamp)}, attempts ${attemptsMade}`,
          `  ${colors.red(shortened(errorCode, LONGEST_CODE))} ${shortened(errorMessage, LONGEST_MESSAGE)}`,
          ...payloadLines(payload).map((line) => `  ${line}`),
          "",
          "",
        ].join("\n"),
      );
    },
    end: async (findings) => {
      const causes = findings.causes.length === 0 ? "" : `${causeTable(findings.causes)}\n`;
      const broken = damages("broken and passed over", findings.broken);
      const unreadable = damages("not readable", findings.unreadable);
      await write(`${causes}${broken}${unreadable}${summary(findings)}\n`);
    },
  };
}

function payloadLines(payload: Payload): string[] {
  switch (payload.kind) {
    case "CloudWatch Logs":
      return [
        `CloudWatch Logs ${payload.messageType}, ${payload.logGroup} ${payload.logStream}, ${payload.logEvents.length} events`,
        ...some(
          payload.logEvents,
          ({ timestamp, message }) => `${readable(timestamp)} ${shortened(message, LONGEST_MESSAGE)}`,
        ),
      ];
    case "metric stream":
      return [
        `metric stream, ${payload.metrics.length} metrics`,
        ...some(payload.metrics, (metric) => shortened(JSON.stringify(metric), LONGEST_MESSAGE)),
      ];
    case "text":
      return [`text: ${shortened(payload.text, LONGEST_MESSAGE)}`];
    case "binary":
      return [`binary, Base64: ${shortened(payload.base64, LONGEST_MESSAGE)}`];
  }
}

function some<T>(list: readonly T[], line: (item: T) => string): string[] {
  const rest = list.length - EVENTS_SHOWN;
  return [...list.slice(0, EVENTS_SHOWN).map(line), ...(rest > 0 ? [`… and ${rest} more; --format json has all`] : [])];
}

function causeTable(causes: readonly CauseTally[]): string {
  const table = new Table({
    head: ["stream", "cause", "records", "bytes", "first arrived", "last attempt", "what to do"],
    colWidths: [22, 34, 10, 12, 23, 23, 60],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const { stream, cause, errorCodes, records, bytes, first, last } of causes) {
    table.push([
      stream,
      `${cause.title}\n${[...errorCodes].map((code) => shortened(code, LONGEST_CODE)).join("\n")}`,
      records,
      readableBytes(bytes),
      readable(first),
      readable(last),
      `${cause.meaning} ${cause.fix}`,
    ]);
  }
  return table.toString();
}

function damages(title: string, { count, named }: Named<Damage>): string {
  const shown = named
    .slice(0, DAMAGES_SHOWN)
    .map(({ key, reason }) => `  ${shortened(key, LONGEST_KEY)}: ${shortened(reason, LONGEST_MESSAGE)}\n`);
  const rest = count > DAMAGES_SHOWN ? `  … and ${count - DAMAGES_SHOWN} more; --format json has all\n` : "";
  return count === 0 ? "" : `${count} ${title}:\n${shown.join("")}${rest}`;
}

function summary({ objects, failedRecords, shown, broken, unreadable, foreignObjects }: Findings): string {
  const foreign = foreignObjects === 0 ? "" : `; ${foreignObjects} objects of others left alone`;
  return `${failedRecords} failed records in ${objects} objects, ${shown} shown; ${broken.count} broken, ${unreadable.count} not readable${foreign}`;
}
