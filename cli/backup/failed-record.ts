import { isObject, type JsonObject, parsedJson } from "../../policies/json";
import { unescapedRecord } from "./unescaped-record";

/**
 * A record that Firehose could not deliver, as the backup bucket holds it.
 *
 * Sources: Firehose, "Handle data delivery failures" (HTTP endpoint destination) and "Handle failure in data
 * transformation", where the numbers are text.
 */
export interface FailedRecord {
  readonly attemptsMade: number;
  /** When Firehose received the record, in milliseconds since the epoch; undefined where the record does not say. */
  readonly arrivalTimestamp: number | undefined;
  /** When the last attempt ended, in milliseconds since the epoch; undefined where the record does not say. */
  readonly attemptEndingTimestamp: number | undefined;
  readonly errorCode: string;
  readonly errorMessage: string;
  /** The record as it was put on the stream. */
  readonly data: Buffer;
}

/**
 * Reads one record, undefined if the text is none or incomplete.
 *
 * @param isWhole whether the text ends here in any case: then the answer that it quotes may have been truncated
 */
export function failedRecord(text: string, isWhole: boolean): FailedRecord | undefined {
  const json = parsedJson(text);
  return recordIn(json ?? unescapedRecord(text, true) ?? (isWhole ? unescapedRecord(text, false) : undefined));
}

/** The record in a JSON value, undefined if it is none or its data is not whole. */
export function recordIn(json: unknown): FailedRecord | undefined {
  if (!isObject(json)) {
    return undefined;
  }
  const data = decoded(json["rawData"]);
  return data === undefined ? undefined : withData(json, data);
}

function withData(json: JsonObject, data: Buffer): FailedRecord {
  return {
    attemptsMade: numberIn(json["attemptsMade"]),
    arrivalTimestamp: timestampIn(json["arrivalTimestamp"]),
    attemptEndingTimestamp: timestampIn(json["attemptEndingTimestamp"]),
    errorCode: textIn(json["errorCode"]),
    errorMessage: textIn(json["errorMessage"]),
    data,
  };
}

/** Whole Base64 decoded; Node ignores characters that are none, and returns fewer bytes. */
function decoded(rawData: unknown): Buffer | undefined {
  if (typeof rawData !== "string") {
    return undefined;
  }
  const data = Buffer.from(rawData, "base64");
  if (data.length === decodedLength(rawData)) {
    return data;
  }
  // Base64 may be wrapped into lines.
  return data.length === decodedLength(rawData.replace(/\s+/g, "")) ? data : undefined;
}

function decodedLength(base64: string): number {
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}

/** A time that a Date can hold, in milliseconds since the epoch: a number, a number as text, or ISO 8601. */
export function timestampIn(value: unknown): number | undefined {
  const time = typeof value === "string" ? timeInText(value.trim()) : value;
  return typeof time === "number" && Math.abs(time) <= MAX_TIME ? time : undefined;
}

const MAX_TIME = 8.64e15;

const timeInText = (text: string): number =>
  /^-?\d+(\.\d+)?$/.test(text) ? Number(text) : /^\d{4}-\d\d-\d\d/.test(text) ? Date.parse(text) : NaN;

function numberIn(value: unknown): number {
  const number = typeof value === "string" && value.trim() !== "" ? Number(value) : value;
  return typeof number === "number" && Number.isFinite(number) ? number : 0;
}

function textIn(value: unknown): string {
  if (typeof value === "string") {
    return value;
  }
  return typeof value === "number" || typeof value === "boolean"
    ? String(value)
    : isObject(value)
      ? JSON.stringify(value)
      : "";
}
