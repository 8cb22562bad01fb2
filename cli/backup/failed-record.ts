import { isObject, parsedJson } from "../../iam/json";
import { decodedLength } from "./base64";
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
  /** The record as it was put on the stream, in complete Base64. It is decoded only where the data itself is needed. */
  readonly base64: string;
  /** The length of its data, without Base64. */
  readonly bytes: number;
}

/** The record as it was put on the stream. */
export const dataOf = ({ base64 }: Pick<FailedRecord, "base64">): Buffer => Buffer.from(base64, "base64");

/**
 * Reads one record, undefined if the text is not a record, or incomplete.
 *
 * @param isWhole whether nothing follows the text: then the response that it quotes may be truncated
 */
export function failedRecord(text: string, isWhole: boolean): FailedRecord | undefined {
  const json = parsedJson(text);
  return recordIn(json ?? unescapedRecord(text, true) ?? (isWhole ? unescapedRecord(text, false) : undefined));
}

/** The record in a JSON value, undefined if the value is not a record, or its data is incomplete. */
export function recordIn(json: unknown): FailedRecord | undefined {
  if (!isObject(json)) {
    return undefined;
  }
  const base64 = json["rawData"];
  const bytes = typeof base64 === "string" ? decodedLength(base64) : undefined;
  return typeof base64 !== "string" || bytes === undefined
    ? undefined
    : {
        attemptsMade: numberIn(json["attemptsMade"]),
        arrivalTimestamp: timestampIn(json["arrivalTimestamp"]),
        attemptEndingTimestamp: timestampIn(json["attemptEndingTimestamp"]),
        errorCode: textIn(json["errorCode"]),
        errorMessage: textIn(json["errorMessage"]),
        base64,
        bytes,
      };
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
