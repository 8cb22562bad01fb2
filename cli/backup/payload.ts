import { isUtf8 } from "node:buffer";
import { gunzip } from "node:zlib";
import { isObject, type JsonObject } from "../../policies/json";
import { timestampIn } from "./failed-record";

/** CloudWatch Logs takes at most 1 MiB in a batch, which is JSON around every event then; larger payloads stay Base64. */
const LARGEST_PAYLOAD_BYTES = 4 * 1024 * 1024;

/** What a record carries, decoded. */
export type Payload =
  | {
      readonly kind: "CloudWatch Logs";
      readonly messageType: string;
      readonly owner: string;
      readonly logGroup: string;
      readonly logStream: string;
      readonly logEvents: readonly { readonly timestamp: number; readonly message: string }[];
    }
  | { readonly kind: "metric stream"; readonly metrics: readonly JsonObject[] }
  | { readonly kind: "text"; readonly text: string }
  | { readonly kind: "binary"; readonly base64: string };

/** Decodes what CloudWatch Logs (GZIP inside) or a metric stream (JSON lines) put on the stream; other data stays what it is. */
export async function payload(data: Buffer): Promise<Payload> {
  const plain = (await decompressed(data)) ?? data;
  if (!isUtf8(plain) || plain.includes(0)) {
    return { kind: "binary", base64: data.toString("base64") };
  }
  const text = plain.toString("utf8");
  return logs(text) ?? metrics(text) ?? { kind: "text", text };
}

async function decompressed(data: Buffer): Promise<Buffer | undefined> {
  if (data[0] !== 0x1f || data[1] !== 0x8b) {
    return undefined;
  }
  return await new Promise((resolve) => {
    gunzip(data, { maxOutputLength: LARGEST_PAYLOAD_BYTES }, (error, plain) => {
      resolve(error === null ? plain : undefined);
    });
  });
}

function logs(text: string): Payload | undefined {
  const json = parsed(text);
  const events: unknown = json?.["logEvents"];
  if (json === undefined || !Array.isArray(events) || !events.every(isLogEvent)) {
    return undefined;
  }
  return {
    kind: "CloudWatch Logs",
    messageType: textIn(json["messageType"]),
    owner: textIn(json["owner"]),
    logGroup: textIn(json["logGroup"]),
    logStream: textIn(json["logStream"]),
    logEvents: events.map(({ timestamp, message }) => ({ timestamp: timestampIn(timestamp), message })),
  };
}

const isLogEvent = (event: unknown): event is { readonly message: string; readonly timestamp: unknown } =>
  isObject(event) && typeof event["message"] === "string";

function metrics(text: string): Payload | undefined {
  const list = text
    .split("\n")
    .filter((line) => line.trim() !== "")
    .map(parsed);
  const known = list.filter((metric) => metric !== undefined);
  const areMetrics = known.length > 0 && known.every((metric) => "metric_name" in metric && "namespace" in metric);
  return areMetrics && known.length === list.length && known.every(canBeWritten)
    ? { kind: "metric stream", metrics: known }
    : undefined;
}

/** JSON may be nested so deep that it can be read and not written. */
function canBeWritten(json: JsonObject): boolean {
  try {
    return JSON.stringify(json) !== "";
  } catch {
    return false;
  }
}

function parsed(text: string): JsonObject | undefined {
  if (!text.startsWith("{")) {
    return undefined;
  }
  try {
    const json: unknown = JSON.parse(text);
    return isObject(json) ? json : undefined;
  } catch {
    return undefined;
  }
}

const textIn = (value: unknown): string => (typeof value === "string" ? value : "");
