import { decompress } from "./decompress";
import type { FailedRecord } from "./failed-record";
import { LineSplitter } from "./lines";
import { MAX_RECORD_LENGTH, type AssembledRecord, RecordAssembler } from "./record-assembler";
import { corruptionReason } from "./unreadable";

/** A part of a backup object, in order: a record, or a part that is not a record. */
export type Entry =
  | { readonly kind: "record"; readonly index: number; readonly record: FailedRecord }
  | { readonly kind: "corrupt"; readonly index: number; readonly reason: string };

/** Batches must fit into memory, whether the entries of an object have 1 MB each or a few bytes. */
const MAX_BATCH_BYTES = 256 * 1024;
const MAX_BATCH_ENTRIES = 1000;

/**
 * Reads the entries of a backup object in any of Firehose's compression formats; a corrupt end is an entry too. In
 * batches, because an iteration for each entry would cost more than reading it.
 *
 * @throws UnreadableObject when the format cannot be read: the object must not count as read
 */
export async function* entryBatches(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly Entry[]> {
  const lines = new LineSplitter(MAX_RECORD_LENGTH);
  const assembler = new RecordAssembler();
  let index = 0;
  const parts: AssembledRecord[] = [];
  const addLines = (all: readonly string[]): void => {
    for (const line of all) {
      assembler.add(line, parts);
    }
  };
  function* batches(): Generator<readonly Entry[]> {
    while (parts.length > 0) {
      yield parts
        .splice(0, MAX_BATCH_ENTRIES)
        .map((part): Entry =>
          "reason" in part
            ? { kind: "corrupt", index: index++, reason: part.reason }
            : { kind: "record", index: index++, record: part },
        );
    }
  }
  try {
    for await (const chunk of decompress(chunks)) {
      for (let from = 0; from < chunk.length; from += MAX_BATCH_BYTES) {
        for (const whole of lines.add(chunk.subarray(from, from + MAX_BATCH_BYTES))) {
          addLines(whole);
          yield* batches();
        }
      }
    }
    addLines(lines.end());
    assembler.end(parts);
  } catch (error) {
    const reason = `the rest is corrupt: ${corruptionReason(error)}`;
    addLines(lines.end());
    const last: AssembledRecord[] = [];
    assembler.end(last);
    // A record that ends here is incomplete because the rest is corrupt: that is one fault, not two.
    parts.push(...last.filter((part) => !("reason" in part)), { reason });
  }
  yield* batches();
}
