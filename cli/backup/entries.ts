import { types } from "node:util";
import { type FailedRecord, failedRecord } from "./failed-record";
import { gunzipped } from "./gunzip";
import { lines } from "./lines";

/** A record takes up to 1,365,336 characters of Base64, and an endpoint's answer of up to 1 MiB. */
const LONGEST_RECORD_BYTES = 4 * 1024 * 1024;

const RECORD_START = /^\s*\{\s*("(attemptsMade|arrivalTimestamp|errorCode|rawData)"|$)/;

/** What stands in a backup object, in its order: a record, or something that is none. */
export type Entry =
  | { readonly kind: "record"; readonly index: number; readonly record: FailedRecord }
  | { readonly kind: "broken"; readonly index: number; readonly reason: string };

/** The entries of a backup object, GZIP or plain; a broken end is an entry too. Keeps one record in memory. */
export async function* entries(chunks: AsyncIterable<Buffer>): AsyncGenerator<Entry> {
  let index = 0;
  let pending = "";
  let damage: string | undefined;
  const broken = (reason: string): Entry => ({ kind: "broken", index: index++, reason });
  try {
    for await (const line of lines(gunzipped(chunks), LONGEST_RECORD_BYTES)) {
      // A record goes on over several lines when the endpoint's answer, which it quotes, has line breaks.
      if (pending !== "" && (RECORD_START.test(line) || pending.length > LONGEST_RECORD_BYTES)) {
        yield broken("the record is not whole");
        pending = "";
      }
      pending = pending === "" ? line : `${pending}\n${line}`;
      const record = pending.trimEnd().endsWith("}") ? failedRecord(pending) : undefined;
      if (record !== undefined) {
        yield { kind: "record", index: index++, record };
        pending = "";
      } else if (!RECORD_START.test(pending)) {
        if (pending.trim() !== "") {
          yield broken("this is no failed record");
        }
        pending = "";
      }
    }
  } catch (error) {
    damage = damageIn(error);
  }
  if (pending !== "") {
    yield broken("the record is not whole");
  }
  if (damage !== undefined) {
    yield broken(`the rest is damaged: ${damage}`);
  }
}

/** What is wrong with the GZIP data; any other error is not the object's. */
function damageIn(error: unknown): string {
  if (types.isNativeError(error) && "code" in error && String(error.code).startsWith("Z_")) {
    return error.message;
  }
  throw error;
}
