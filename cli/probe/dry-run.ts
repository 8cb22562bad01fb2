import { renderReport, type ReportOptions } from "../terminal/report";
import type { ChecksReport } from "../terminal/checks-report";
import { reportObject } from "../terminal/report-json";
import type { Terminal } from "../terminal/terminal";
import { ACCESS_KEY_HEADER, type FirehoseRequest, secretsOf } from "./request";
import { MASK, masked } from "./secrecy";
import type { ProbeTarget } from "./target";

/** A request that would be sent. */
export interface ProbeRequest {
  readonly target: ProbeTarget;
  readonly request: FirehoseRequest;
}

/** The requests to read, or as JSON; the access key is masked wherever it stands. */
export function dryRun(
  planned: readonly ProbeRequest[],
  report: ChecksReport,
  options: ReportOptions,
  terminal: Terminal,
): string {
  return options.format === "json"
    ? `${JSON.stringify({ requests: planned.map(asJson), ...reportObject(report) }, null, 2)}\n`
    : `${planned.map(asText).join("\n")}${report.checks.length === 0 ? "" : renderReport(report, options, terminal)}`;
}

function asText({ target, request }: ProbeRequest): string {
  const headers = Object.entries(shownHeaders(request)).map(([name, value]) => `${name}: ${value}`);
  const lines = [
    `# ${target.subject}`,
    `POST ${shownPath(request)} HTTP/1.1`,
    ...headers,
    "",
    request.json,
    "",
    ...(isCompressed(target) ? ["# The body would be sent GZIP-compressed."] : []),
    "# Nothing was sent.",
    "",
  ];
  return lines.join("\n");
}

function asJson({ target, request }: ProbeRequest): unknown {
  const body: unknown = JSON.parse(request.json);
  return {
    signal: target.signal,
    subject: target.subject,
    method: "POST",
    url: `${target.url.origin}${shownPath(request)}`,
    headers: shownHeaders(request),
    isCompressed: isCompressed(target),
    body,
  };
}

const isCompressed = ({ contentEncoding }: ProbeTarget): boolean => contentEncoding === "GZIP";

const shownPath = (request: FirehoseRequest): string => masked(request.path, secretsOf(request));

function shownHeaders(request: FirehoseRequest): Readonly<Record<string, string>> {
  const headers = Object.entries(request.headers).map(([name, value]): [string, string] =>
    name === ACCESS_KEY_HEADER ? [name, MASK] : [name, masked(value, secretsOf(request))],
  );
  return Object.fromEntries(headers);
}
