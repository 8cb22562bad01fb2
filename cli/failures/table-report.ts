import Table from "cli-table3";
import { colors } from "../colors";
import type { CloudWatchLogs, MetricStream, Payload } from "../backup/payload";
import type { CappedList } from "../capped-list";
import { plural, readableBytes } from "../numbers";
import { readable } from "../time";
import { shortened } from "../text";
import type { Damage, Findings, Report, Write } from "./report";
import type { CauseTally } from "./tally";

const MAX_MESSAGE_LENGTH = 400;
const MAX_CODE_LENGTH = 80;
/** CloudWatch Logs' limit. */
const MAX_NAME_LENGTH = 512;
/** S3's limit. */
const MAX_KEY_LENGTH = 1024;
const MAX_EVENTS = 3;
const MAX_DAMAGES = 20;

/** Text to read: the records as they come, and their causes at the end, where a terminal shows them. */
export function tableReport(write: Write): Report {
  return {
    record: async ({ stream, key, index, record, payload }) => {
      const { attemptsMade, arrivalTimestamp, attemptEndingTimestamp, errorCode, errorMessage } = record;
      await write(
        [
          colors.bold(`${stream}: ${shortened(key, MAX_KEY_LENGTH)} [${index}]`),
          `  arrived ${time(arrivalTimestamp)}, last attempt ended ${time(attemptEndingTimestamp)}, attempts ${attemptsMade}`,
          `  ${colors.red(shortened(errorCode, MAX_CODE_LENGTH))} ${shortened(errorMessage, MAX_MESSAGE_LENGTH)}`,
          ...payloadLines(payload).map((line) => `  ${line}`),
          "",
          "",
        ].join("\n"),
      );
    },
    end: async (findings) => {
      const causes = findings.causes.length === 0 ? "" : `${causeTable(findings.causes)}\n`;
      const corrupt = damages("corrupt, skipped", findings.corrupt);
      const unreadable = damages("not readable", findings.unreadable);
      const undetermined = findings.undetermined.map((reason) => `${reason}\n`).join("");
      await write(`${causes}${corrupt}${unreadable}${undetermined}${summary(findings)}\n`);
    },
  };
}

function payloadLines(payload: Payload): string[] {
  switch (payload.kind) {
    case "CloudWatch Logs":
    case "metric stream":
      return telemetryLines(payload);
    case "several":
      return payload.payloads.flatMap(telemetryLines);
    case "OpenTelemetry":
      return [`OpenTelemetry, ${plural(payload.requests, "request")}. ${payload.remedy}`];
    case "text":
      return [`text: ${shortened(payload.text, MAX_MESSAGE_LENGTH)}`];
    case "binary":
      return [`binary, Base64: ${shortened(payload.base64, MAX_MESSAGE_LENGTH)}`];
  }
}

function telemetryLines(payload: CloudWatchLogs | MetricStream): string[] {
  if (payload.kind === "metric stream") {
    return [
      `metric stream, ${plural(payload.metrics.length, "metric")}`,
      ...some(payload.metrics, (metric) => shortened(JSON.stringify(metric), MAX_MESSAGE_LENGTH)),
    ];
  }
  const { messageType, logGroup, logStream, logEvents } = payload;
  const [type, group, stream] = [messageType, logGroup, logStream].map((name) => shortened(name, MAX_NAME_LENGTH));
  return [
    `CloudWatch Logs ${type ?? ""}, ${group ?? ""} ${stream ?? ""}, ${plural(logEvents.length, "event")}`,
    ...some(logEvents, ({ timestamp, message }) => `${time(timestamp)} ${shortened(message, MAX_MESSAGE_LENGTH)}`),
  ];
}

function some<T>(list: readonly T[], line: (item: T) => string): string[] {
  const rest = list.length - MAX_EVENTS;
  return [...list.slice(0, MAX_EVENTS).map(line), ...(rest > 0 ? [`… and ${rest} more; --format json has all`] : [])];
}

function causeTable(causes: readonly CauseTally[]): string {
  const table = new Table({
    head: ["stream", "cause", "records", "bytes", "first arrived", "last attempt", "what to do"],
    colWidths: [22, 34, 10, 12, 23, 23, 60],
    wordWrap: true,
    style: { head: [], border: [] },
  });
  for (const { stream, cause, status, errorCodes, records, bytes, first, last } of causes) {
    const codes = [...errorCodes].map((code) => shortened(code, MAX_CODE_LENGTH));
    table.push([
      stream,
      [cause.title, ...(status === null ? [] : [`status ${status}`]), ...codes].join("\n"),
      records,
      readableBytes(bytes),
      time(first),
      time(last),
      `${cause.meaning} ${cause.fix}`,
    ]);
  }
  return table.toString();
}

function damages(title: string, { count, items }: CappedList<Damage>): string {
  const shown = items
    .slice(0, MAX_DAMAGES)
    .map(({ key, reason }) => `  ${shortened(key, MAX_KEY_LENGTH)}: ${shortened(reason, MAX_MESSAGE_LENGTH)}\n`);
  const rest = count > MAX_DAMAGES ? `  … and ${count - MAX_DAMAGES} more; --format json has all\n` : "";
  return count === 0 ? "" : `${count} ${title}:\n${shown.join("")}${rest}`;
}

function summary({ objects, failedRecords, shown, corrupt, unreadable, ...others }: Findings): string {
  const { foreignObjects, deliveredObjects } = others;
  const foreign =
    foreignObjects === 0 ? "" : `; ${plural(foreignObjects, "object")} of other streams or writers, ignored`;
  const delivered =
    deliveredObjects === 0 ? "" : `; ${plural(deliveredObjects, "object")} with delivered data, ignored`;
  const found = `${plural(failedRecords, "failed record")} in ${plural(objects, "object")}`;
  return `${found}, ${shown} shown; ${corrupt.count} corrupt, ${unreadable.count} not readable${foreign}${delivered}`;
}

const time = (milliseconds: number | null | undefined): string =>
  milliseconds === null || milliseconds === undefined ? "at an unknown time" : readable(milliseconds);
