import { types } from "node:util";
import { type FailedRecord, failedRecord } from "./failed-record";
import { gunzipped } from "./gunzip";
import { lines } from "./lines";

/** A record takes up to 1,365,336 characters of Base64, and an endpoint's answer of up to 1 MiB. */
const LONGEST_RECORD_BYTES = 4 * 1024 * 1024;

const FIRST_FIELD = '"(?:attemptsMade|arrivalTimestamp|errorCode|rawData)"\\s*:';
const RECORD_START = new RegExp(`^\\s*\\{\\s*${FIRST_FIELD}`);
const LONE_BRACE = /^\s*\{\s*$/;
const BETWEEN_RECORDS = new RegExp(`(?<=\\})\\s*(?=\\{\\s*${FIRST_FIELD})`);

/** What stands in a backup object, in its order: a record, or something that is none. */
export type Entry =
  | { readonly kind: "record"; readonly index: number; readonly record: FailedRecord }
  | { readonly kind: "broken"; readonly index: number; readonly reason: string };

/** The entries of a backup object, GZIP or plain; a broken end is an entry too. Keeps one record in memory. */
export async function* entries(chunks: AsyncIterable<Buffer>): AsyncGenerator<Entry> {
  let index = 0;
  let damage: string | undefined;
  const open = new OpenRecord();
  const broken = (reason: string): Entry => ({ kind: "broken", index: index++, reason });
  try {
    for await (const line of lines(gunzipped(chunks), LONGEST_RECORD_BYTES)) {
      for (const part of line.split(BETWEEN_RECORDS)) {
        const isStart = RECORD_START.test(part) || (open.isEmpty && LONE_BRACE.test(part));
        if (!open.isEmpty && (isStart || open.length > LONGEST_RECORD_BYTES)) {
          open.clear();
          yield broken("the record is not whole");
        }
        if (open.isEmpty && !isStart) {
          if (part.trim() !== "") {
            yield broken("this is no failed record");
          }
          continue;
        }
        const record = open.add(part);
        if (record !== undefined) {
          yield { kind: "record", index: index++, record };
        }
      }
    }
  } catch (error) {
    damage = damageIn(error);
  }
  if (!open.isEmpty) {
    yield broken("the record is not whole");
  }
  if (damage !== undefined) {
    yield broken(`the rest is damaged: ${damage}`);
  }
}

/** A record that has begun: it goes on over several lines when the endpoint's answer, which it quotes, has line breaks. */
class OpenRecord {
  private parts = new Array<string>();
  private hasData = false;
  public length = 0;

  public get isEmpty(): boolean {
    return this.parts.length === 0;
  }

  /** Adds a line, and gives the record if that ends it. */
  public add(line: string): FailedRecord | undefined {
    this.parts.push(line);
    this.length += line.length;
    this.hasData ||= line.includes('"rawData"');
    // Only here: to read it anew at every line would take forever with a long answer.
    const record = this.hasData && line.trimEnd().endsWith("}") ? failedRecord(this.parts.join("\n")) : undefined;
    if (record !== undefined) {
      this.clear();
    }
    return record;
  }

  public clear(): void {
    this.parts = [];
    this.hasData = false;
    this.length = 0;
  }
}

/** What is wrong with the GZIP data; any other error is not the object's. */
function damageIn(error: unknown): string {
  if (types.isNativeError(error) && "code" in error && String(error.code).startsWith("Z_")) {
    return error.message;
  }
  throw error;
}
