import { isUtf8 } from "node:buffer";
import { asString, isObject, type JsonObject } from "../../iam/json";
import { timestampIn } from "./failed-record";
import { jsonValues } from "./json-values";
import { gunzippedMembers } from "./members";
import { openTelemetryRequests } from "./open-telemetry";

/** The decoded content of a record. */
export type Payload = CloudWatchLogs | MetricStreamPayload | OpenTelemetry | OtherPayload | SeveralPayloads;

/** What a subscription filter sends: log events of one log stream. */
export interface CloudWatchLogs {
  readonly kind: "CloudWatch Logs";
  readonly messageType: string;
  readonly owner: string;
  readonly logGroup: string;
  readonly logStream: string;
  /** A timestamp is in milliseconds since the epoch; null where the event has none. */
  readonly logEvents: readonly { readonly timestamp: number | null; readonly message: string }[];
}

export interface MetricStreamPayload {
  readonly kind: "metric stream";
  readonly metrics: readonly JsonObject[];
}

/** Metrics in a format that Kloudfuse does not accept. */
export interface OpenTelemetry {
  readonly kind: "OpenTelemetry";
  readonly requests: number;
  readonly remedy: string;
  readonly base64: string;
}

export type OtherPayload =
  { readonly kind: "text"; readonly text: string } | { readonly kind: "binary"; readonly base64: string };

/** Payloads of different kinds or log streams in one record. */
export interface SeveralPayloads {
  readonly kind: "several";
  readonly payloads: readonly (CloudWatchLogs | MetricStreamPayload)[];
}

const OPEN_TELEMETRY_REMEDY =
  "The metric stream has the wrong output format. Set it to JSON: Kloudfuse does not accept OpenTelemetry here.";

/**
 * Decodes the data of CloudWatch Logs (GZIP) or of a metric stream (JSON), also if an aggregator or a transformation
 * put several payloads into one record. Other data is not decoded.
 */
export async function decodePayload(data: Buffer): Promise<Payload> {
  const plain = (await gunzippedMembers(data)) ?? data;
  const requests = openTelemetryRequests(plain);
  if (requests !== undefined) {
    return openTelemetry(requests, data);
  }
  if (!isUtf8(plain) || plain.includes(0)) {
    return { kind: "binary", base64: data.toString("base64") };
  }
  const text = plain.toString("utf8");
  const values = jsonValues(text)?.flat(1);
  if (values !== undefined && values.length > 0 && values.every(isOpenTelemetryJson)) {
    return openTelemetry(values.length, data);
  }
  return telemetry(values) ?? { kind: "text", text };
}

const openTelemetry = (requests: number, data: Buffer): OpenTelemetry => ({
  kind: "OpenTelemetry",
  requests,
  remedy: OPEN_TELEMETRY_REMEDY,
  base64: data.toString("base64"),
});

/** The payload of a list of JSON values, undefined if any of them is neither logs nor a metric. */
function telemetry(values: readonly unknown[] | undefined): Payload | undefined {
  if (values === undefined || values.length === 0) {
    return undefined;
  }
  const payloads = new Array<CloudWatchLogs | MetricStreamPayload>();
  // By its header: the events of one log stream belong together, also where they come in several objects.
  const byHeader = new Map<string, CloudWatchLogEvent[]>();
  let metrics: JsonObject[] | undefined;
  for (const value of values) {
    const batch = isObject(value) ? parseLogs(value) : undefined;
    if (batch !== undefined) {
      const { logEvents, ...header } = batch;
      const key = JSON.stringify(header);
      const events = byHeader.get(key);
      if (events === undefined) {
        const all = [...logEvents];
        byHeader.set(key, all);
        payloads.push({ ...header, logEvents: all });
      } else {
        logEvents.forEach((event) => events.push(event));
      }
    } else if (isMetric(value)) {
      if (metrics === undefined) {
        metrics = [];
        payloads.push({ kind: "metric stream", metrics });
      }
      metrics.push(value);
    } else {
      return undefined;
    }
  }
  return payloads.length === 1 ? payloads[0] : { kind: "several", payloads };
}

type CloudWatchLogEvent = CloudWatchLogs["logEvents"][number];

function parseLogs(json: JsonObject): CloudWatchLogs | undefined {
  const events: unknown = json["logEvents"];
  if (!Array.isArray(events) || !events.every(isLogEvent)) {
    return undefined;
  }
  return {
    kind: "CloudWatch Logs",
    messageType: asString(json["messageType"]) ?? "",
    owner: asString(json["owner"]) ?? "",
    logGroup: asString(json["logGroup"]) ?? "",
    logStream: asString(json["logStream"]) ?? "",
    logEvents: events.map(({ timestamp, message }) => ({ timestamp: timestampIn(timestamp) ?? null, message })),
  };
}

const isLogEvent = (event: unknown): event is { readonly message: string; readonly timestamp: unknown } =>
  isObject(event) && typeof event["message"] === "string";

const isMetric = (value: unknown): value is JsonObject =>
  isObject(value) && "metric_name" in value && "namespace" in value;

/** OpenTelemetry's protocol as JSON, which a transformation may have produced. */
const isOpenTelemetryJson = (value: unknown): boolean => isObject(value) && Array.isArray(value["resourceMetrics"]);
