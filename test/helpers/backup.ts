import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Entry, entryBatches } from "../../cli/backup/entries";
import { dataOf, type FailedRecord } from "../../cli/backup/failed-record";

/** An input of `test/fixtures/operator`, whose README says what each one is. */
export const operatorCase = (file: string): Buffer => readFileSync(join(__dirname, "../fixtures/operator", file));

/** An entry, with the data of a record decoded. */
export type DecodedEntry =
  | Exclude<Entry, { kind: "record" }>
  | {
      readonly kind: "record";
      readonly index: number;
      readonly record: Omit<FailedRecord, "base64" | "bytes"> & { readonly data: Buffer };
    };

function decodedEntry(entry: Entry): DecodedEntry {
  if (entry.kind === "corrupt") {
    return entry;
  }
  const { base64, bytes, ...record } = entry.record;
  const data = dataOf({ base64 });
  if (bytes !== data.length) {
    throw new Error(`The record has ${data.length} bytes, and says that it has ${bytes}.`);
  }
  return { ...entry, record: { ...record, data } };
}

/** The entries of an object that arrives in chunks of so many bytes. */
export async function readEntries(content: Buffer | string, chunkBytes = 64 * 1024): Promise<DecodedEntry[]> {
  const bytes = Buffer.from(content);
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let from = 0; from < bytes.length; from += chunkBytes) {
      yield await Promise.resolve(bytes.subarray(from, from + chunkBytes));
    }
  }
  const batches = new Array<readonly DecodedEntry[]>();
  for await (const batch of entryBatches(chunks())) {
    batches.push(batch.map(decodedEntry));
  }
  return batches.flat();
}

/** The data of the records, and the reasons of what is corrupt, in their order. */
export const short = (list: readonly DecodedEntry[]): string[] =>
  list.map((entry) => (entry.kind === "record" ? entry.record.data.toString() : `corrupt: ${entry.reason}`));

/** Numbers from 0 to below 1, the same ones for the same seed (mulberry32). */
export function seededRandom(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
