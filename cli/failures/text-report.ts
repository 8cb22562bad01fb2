import type { CloudWatchLogs, MetricStreamPayload, Payload } from "../backup/payload";
import { plural, readableNumber } from "../numbers";
import { renderFleetReport } from "../fleet/report";
import { renderReport } from "../terminal/report";
import { tabSeparated } from "../terminal/report-lines";
import type { Terminal } from "../terminal/terminal";
import { wrapped } from "../terminal/wrap";
import { printable, shortened } from "../text";
import { failureChecks, MAX_CODE_LENGTH, timeText } from "./checks";
import type { FailuresReport, Findings, ShownRecord } from "./report";

const MAX_MESSAGE_LENGTH = 400;
/** CloudWatch Logs' limit. */
const MAX_NAME_LENGTH = 512;
/** S3's limit. */
const MAX_KEY_LENGTH = 1024;
const MAX_EVENTS = 3;
const INDENTS = { first: "  ", others: "    " } as const;

/** A text report: the records while they are read, then their causes, which a terminal still shows at the end. */
export function textReport(terminal: Terminal, all = false): FailuresReport {
  const end = async (report: string, findings: Findings): Promise<void> => {
    await terminal.write(`${report}${terminal.isTTY ? "" : "# "}${countsText(findings)}\n`);
  };
  return {
    record: async (shown) => {
      await terminal.write(terminal.isTTY ? recordLines(shown, terminal) : recordLine(shown));
    },
    end: async (findings, scope) => {
      const report = renderReport({ ...scope, checks: failureChecks(findings) }, { format: "table", all }, terminal);
      await end(report, findings);
    },
    endFleet: async (findings, fleet) => {
      await end(renderFleetReport(fleet, { format: "table", all }, terminal), findings);
    },
  };
}

function recordLines(shown: ShownRecord, { columns, colors }: Terminal): string {
  const { account, region, stream, key, index, record, payload } = shown;
  const place = account === undefined ? "" : ` (${account} ${String(region)})`;
  const { attemptsMade, arrivalTimestamp, attemptEndingTimestamp, errorCode, errorMessage } = record;
  const code = shortened(errorCode, MAX_CODE_LENGTH);
  const [first = "", ...others] = wrapped(`${code} ${shortened(errorMessage, MAX_MESSAGE_LENGTH)}`, columns, INDENTS);
  const indented = (text: string): string[] => wrapped(text, columns, INDENTS);
  return [
    colors.bold(`${stream}${place}: ${shortened(key, MAX_KEY_LENGTH)} [${index}]`),
    ...indented(
      `arrived ${timeText(arrivalTimestamp)}, last attempt ended ${timeText(attemptEndingTimestamp)}, attempts ${attemptsMade}`,
    ),
    first.replace(code, colors.red(code)),
    ...others,
    ...payloadTexts(payload).flatMap(indented),
    "",
    "",
  ].join("\n");
}

/**
 * A tab-separated line: account and region in a report on several, stream, object, place in it, arrival, last attempt,
 * attempts, error, payload.
 */
function recordLine({ account, region, stream, key, index, record, payload }: ShownRecord): string {
  const { attemptsMade, arrivalTimestamp, attemptEndingTimestamp, errorCode, errorMessage } = record;
  const fields = [
    "record",
    ...(account === undefined ? [] : [account, region]),
    stream,
    shortened(key, MAX_KEY_LENGTH),
    String(index),
    timeText(arrivalTimestamp),
    timeText(attemptEndingTimestamp),
    String(attemptsMade),
    shortened(errorCode, MAX_CODE_LENGTH),
    shortened(errorMessage, MAX_MESSAGE_LENGTH),
    payloadTexts(payload).join("; "),
  ];
  return `${tabSeparated(fields)}\n`;
}

function payloadTexts(payload: Payload): string[] {
  switch (payload.kind) {
    case "CloudWatch Logs":
    case "metric stream":
      return telemetryTexts(payload);
    case "several":
      return payload.payloads.flatMap(telemetryTexts);
    case "OpenTelemetry":
      return [`OpenTelemetry, ${plural(payload.requests, "request")}. ${payload.remedy}`];
    case "text":
      return [`text: ${shortened(payload.text, MAX_MESSAGE_LENGTH)}`];
    case "binary":
      return [`binary, Base64: ${shortened(payload.base64, MAX_MESSAGE_LENGTH)}`];
  }
}

function telemetryTexts(payload: CloudWatchLogs | MetricStreamPayload): string[] {
  if (payload.kind === "metric stream") {
    return [
      `metric stream, ${plural(payload.metrics.length, "metric")}`,
      ...firstTexts(payload.metrics, (metric) => shortened(JSON.stringify(metric), MAX_MESSAGE_LENGTH)),
    ];
  }
  const { messageType, logGroup, logStream, logEvents } = payload;
  const [type = "", group = "", stream = ""] = [messageType, logGroup, logStream].map((name) =>
    shortened(name, MAX_NAME_LENGTH),
  );
  return [
    `CloudWatch Logs ${type}, ${group} ${stream}, ${plural(logEvents.length, "event")}`,
    ...firstTexts(
      logEvents,
      ({ timestamp, message }) => `${timeText(timestamp)} ${shortened(message, MAX_MESSAGE_LENGTH)}`,
    ),
  ];
}

function firstTexts<T>(list: readonly T[], textOf: (item: T) => string): string[] {
  const rest = list.length - MAX_EVENTS;
  return [
    ...list.slice(0, MAX_EVENTS).map(textOf),
    ...(rest > 0 ? [`… and ${readableNumber(rest)} more; --format json has all`] : []),
  ];
}

function countsText({ streams, shown, stopped }: Findings): string {
  const sum = (count: (typeof streams)[number]["objects"][]): number => count.reduce((total, one) => total + one, 0);
  const records = sum(streams.map(({ failedRecords }) => failedRecords));
  const objects = sum(streams.map((each) => each.objects));
  const rest = records > shown ? ` (list more with --limit)` : "";
  const early = stopped === null ? "" : `; stopped early: ${printable(stopped.message)}`;
  return `${plural(records, "failed record")} in ${plural(objects, "object")}, ${readableNumber(shown)} shown${rest}${early}`;
}
