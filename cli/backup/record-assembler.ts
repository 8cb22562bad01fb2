import { isObject, parsedJson } from "../../iam/json";
import { type FailedRecord, failedRecord, recordIn } from "./failed-record";
import { jsonValues } from "./json-values";
import { RecordText } from "./record-text";

/** A record takes up to 1,365,336 characters of Base64, and an endpoint's response of up to 1 MiB. */
export const MAX_RECORD_LENGTH = 4 * 1024 * 1024;

/** A part of an object: a record, or the reason why it is not a record. */
export type AssembledRecord = FailedRecord | { readonly reason: string };

const NO_RECORD: AssembledRecord = { reason: "this is not a failed record" };
const INCOMPLETE: AssembledRecord = { reason: "the record is incomplete" };

/** Fields that no response of an endpoint has: an object whose first field is one of them begins a record. */
const FIREHOSE_FIELDS = [
  "attemptsMade",
  "arrivalTimestamp",
  "attemptEndingTimestamp",
  "rawData",
  "subsequenceNumber",
  "dataId",
  "lambdaArn",
];
const FIREHOSE_FIELD = `"(?:${FIREHOSE_FIELDS.join("|")})"\\s*:`;
const FIREHOSE_START = new RegExp(`^\\s*\\{\\s*${FIREHOSE_FIELD}`);
const FIREHOSE_FIELD_ONLY = new RegExp(`^\\s*${FIREHOSE_FIELD}`);
const BETWEEN_RECORDS = new RegExp(`(?=\\{\\s*${FIREHOSE_FIELD})|(?=\\{\\s*"error(?:Code|Message)"\\s*:)(?<=\\}\\s*)`);
const OBJECT_START = /^[\s\ufeff]*\{\s*(?:"[A-Za-z_]\w{0,63}"\s*:|$)/;
/** The last field of a record may be text, a number, a literal or, in brackets, a list. */
const RECORD_END = /(?:^|["\d\]el])\s*\}\s*$/;

/**
 * The limit for parsing one record again and again, as a multiple of its length: a response may have very many lines.
 */
const MAX_PARSED = 16;

/** Assembles records from the lines of an object. A record has several lines where the response that it quotes has. */
export class RecordAssembler {
  private text = new RecordText();
  private parsedLength = 0;
  private hasData = false;

  /** Adds a line, and appends the parts that it completes. */
  public add(line: string, parts: AssembledRecord[]): void {
    // Nearly every line is a complete record.
    const record = line.trimEnd().endsWith("}") && line.includes('"rawData"') ? recordIn(parsedJson(line)) : undefined;
    if (record !== undefined) {
      this.end(parts);
      parts.push(record);
    } else {
      this.addIrregular(line, parts);
    }
  }

  /** Ends the current record. */
  public end(parts: AssembledRecord[]): void {
    if (!this.text.isEmpty) {
      parts.push(this.wholeRecord(true) ?? INCOMPLETE);
      this.clear();
    }
  }

  private addIrregular(line: string, parts: AssembledRecord[]): void {
    if (this.addWhole(line, parts)) {
      return;
    }
    const pieces = line.split(BETWEEN_RECORDS).filter((piece) => piece !== "");
    for (const piece of pieces.length === 0 ? [line] : pieces) {
      this.addPiece(piece, pieces.length > 1, parts);
    }
  }

  /**
   * Adds a line that consists of complete JSON values, or of one record that is not escaped.
   *
   * @returns whether it does
   */
  private addWhole(line: string, parts: AssembledRecord[]): boolean {
    if (!OBJECT_START.test(line) || !RECORD_END.test(line)) {
      return false;
    }
    const values = jsonValues(line);
    const isPartOfResponse = !this.text.isEmpty && !line.includes('"rawData"');
    if (values !== undefined && !isPartOfResponse) {
      this.end(parts);
      for (const value of values) {
        parts.push(recordIn(value) ?? partOf(value));
      }
      return true;
    }
    const record = values === undefined && !hasSeveralStarts(line) ? failedRecord(line, false) : undefined;
    if (record !== undefined) {
      this.end(parts);
      parts.push(record);
    }
    return record !== undefined;
  }

  private addPiece(piece: string, isSplit: boolean, parts: AssembledRecord[]): void {
    if (isSplit && this.addWhole(piece, parts)) {
      return;
    }
    if (!this.text.isEmpty) {
      this.continue(piece, parts);
    } else if (OBJECT_START.test(piece)) {
      this.push(piece);
      this.endIfWhole(piece, parts);
    } else if (piece.trim() !== "") {
      parts.push(NO_RECORD);
    }
  }

  /** Adds to the record that has begun, unless another one begins. */
  private continue(piece: string, parts: AssembledRecord[]): void {
    const last = this.text.lastLine;
    if (FIREHOSE_START.test(piece) || this.text.length > MAX_RECORD_LENGTH || isRecord(piece)) {
      this.end(parts);
      this.addPiece(piece, false, parts);
      return;
    }
    const brace = FIREHOSE_FIELD_ONLY.test(piece) && last.trimEnd().endsWith("{") ? last.lastIndexOf("{") : -1;
    const isFirst = this.text.hasOneLine && last.slice(0, Math.max(0, brace)).trim() === "";
    if (brace !== -1 && !isFirst) {
      // The record before was cut, and the next one has a line for each field.
      this.text.replaceLastLine(last.slice(0, brace));
      this.end(parts);
      this.push("{");
    }
    this.push(piece);
    this.endIfWhole(piece, parts);
  }

  private endIfWhole(piece: string, parts: AssembledRecord[]): void {
    const record = this.hasData && RECORD_END.test(piece) ? this.wholeRecord(false) : undefined;
    if (record !== undefined) {
      parts.push(record);
      this.clear();
    }
  }

  /** @param isLast whether this is the last attempt, which is made even beyond the limit */
  private wholeRecord(isLast: boolean): FailedRecord | undefined {
    if (!this.hasData || (!isLast && this.parsedLength > MAX_PARSED * this.text.length)) {
      return undefined;
    }
    const text = this.text.toString().trimEnd();
    this.parsedLength += this.text.length;
    return text.endsWith("}") ? failedRecord(text, isLast) : undefined;
  }

  private push(line: string): void {
    this.text.push(line);
    this.hasData ||= line.includes('"rawData"');
  }

  private clear(): void {
    this.text = new RecordText();
    this.parsedLength = 0;
    this.hasData = false;
  }
}

/** Why a JSON value is not a record. */
const partOf = (value: unknown): AssembledRecord =>
  isObject(value) && FIREHOSE_FIELDS.some((name) => name in value) ? INCOMPLETE : NO_RECORD;

/** Whether a second record begins within the line. */
const hasSeveralStarts = (line: string): boolean =>
  line.split(BETWEEN_RECORDS).filter((piece) => piece.trim() !== "").length > 1;

/** Whether a line is a record on its own, with a response that may be truncated. */
const isRecord = (line: string): boolean =>
  line.includes('"rawData"') &&
  OBJECT_START.test(line) &&
  RECORD_END.test(line) &&
  failedRecord(line, true) !== undefined;
