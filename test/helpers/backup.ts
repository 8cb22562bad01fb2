import { readFileSync } from "node:fs";
import { join } from "node:path";
import { type Entry, entryBatches } from "../../cli/backup/entries";

/** An input of `test/fixtures/operator`, whose README says what each one is. */
export const operatorCase = (file: string): Buffer => readFileSync(join(__dirname, "../fixtures/operator", file));

/** The entries of an object that arrives in chunks of so many bytes. */
export async function readEntries(content: Buffer | string, chunkBytes = 64 * 1024): Promise<Entry[]> {
  const bytes = Buffer.from(content);
  async function* chunks(): AsyncGenerator<Buffer> {
    for (let from = 0; from < bytes.length; from += chunkBytes) {
      yield await Promise.resolve(bytes.subarray(from, from + chunkBytes));
    }
  }
  const batches = new Array<readonly Entry[]>();
  for await (const batch of entryBatches(chunks())) {
    batches.push(batch);
  }
  return batches.flat();
}

/** The data of the records, and the reasons of what is corrupt, in their order. */
export const short = (list: readonly Entry[]): string[] =>
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
