import { asObject, type JsonObject } from "../../policies/json";

/**
 * A record that Firehose could not deliver, as it stands in the backup bucket.
 *
 * Source: Firehose, "Handle data delivery failures", HTTP endpoint destination.
 */
export interface FailedRecord {
  readonly attemptsMade: number;
  /** When Firehose took the record, in milliseconds since the epoch. */
  readonly arrivalTimestamp: number;
  /** When the last attempt ended, in milliseconds since the epoch. */
  readonly attemptEndingTimestamp: number;
  readonly errorCode: string;
  readonly errorMessage: string;
  /** The record as it was put on the stream. */
  readonly data: Buffer;
}

/** Reads one record, undefined if it is none or not whole. */
export function failedRecord(text: string): FailedRecord | undefined {
  const json = parsed(text) ?? withMessageEscaped(text);
  const rawData = json?.["rawData"];
  if (json === undefined || typeof rawData !== "string") {
    return undefined;
  }
  const data = Buffer.from(rawData, "base64");
  if (data.length !== decodedLength(rawData)) {
    return undefined;
  }
  return {
    attemptsMade: numberIn(json["attemptsMade"]),
    arrivalTimestamp: timestampIn(json["arrivalTimestamp"]),
    attemptEndingTimestamp: timestampIn(json["attemptEndingTimestamp"]),
    errorCode: textIn(json["errorCode"]),
    errorMessage: textIn(json["errorMessage"]),
    data,
  };
}

const MESSAGE_START = /"errorMessage"\s*:\s*"/;
const MESSAGE_END = /"\s*,\s*"(?:attemptEndingTimestamp|rawData|subsequenceNumber|dataId|esDocumentId)"\s*:/g;

/** Firehose quotes the endpoint's answer inside errorMessage without escaping it: the message ends before a field of its own. */
function withMessageEscaped(text: string): JsonObject | undefined {
  const start = MESSAGE_START.exec(text);
  if (start === null) {
    return undefined;
  }
  const from = start.index + start[0].length;
  for (const { index } of text.slice(from).matchAll(MESSAGE_END)) {
    const message = text.slice(from, from + index);
    if (message.includes('"rawData"')) {
      // What follows is another record's.
      return undefined;
    }
    const json = parsed(`${text.slice(0, from - 1)}${JSON.stringify(message)}${text.slice(from + index + 1)}`);
    if (json !== undefined) {
      return json;
    }
  }
  return undefined;
}

function parsed(text: string): JsonObject | undefined {
  try {
    return asObject(JSON.parse(text));
  } catch {
    return undefined;
  }
}

/** What whole Base64 decodes to; Node passes over characters that are none, and comes out shorter. */
function decodedLength(base64: string): number {
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}

/** A time that a Date can hold, in milliseconds since the epoch; 0 where there is none. */
export function timestampIn(value: unknown): number {
  return typeof value === "number" && Math.abs(value) <= LATEST_TIME ? value : 0;
}

const LATEST_TIME = 8.64e15;

const numberIn = (value: unknown): number => (typeof value === "number" ? value : 0);
const textIn = (value: unknown): string => (typeof value === "string" ? value : "");
