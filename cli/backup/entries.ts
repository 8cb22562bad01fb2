import { decompress } from "./decompress";
import type { FailedRecord } from "./failed-record";
import { LineSplitter } from "./lines";
import { MAX_RECORD_LENGTH, type AssembledRecord, RecordAssembler } from "./record-assembler";
import { damageIn } from "./unreadable";

/** A part of a backup object, in its order: a record, or something that is none. */
export type Entry =
  | { readonly kind: "record"; readonly index: number; readonly record: FailedRecord }
  | { readonly kind: "corrupt"; readonly index: number; readonly reason: string };

/** Lines of a few bytes become many entries: a batch must fit into memory whatever the object holds. */
const MAX_BATCH_BYTES = 256 * 1024;

/**
 * The entries of a backup object in any of Firehose's compression formats; a corrupt end is an entry too. As many at a
 * time as come from one chunk: one by one, the iteration costs more than the reading.
 *
 * @throws UnreadableObject when the format cannot be read: nothing in it may be taken for read
 */
export async function* entryBatches(chunks: AsyncIterable<Buffer>): AsyncGenerator<readonly Entry[]> {
  const lines = new LineSplitter(MAX_RECORD_LENGTH);
  const assembler = new RecordAssembler();
  let index = 0;
  const entriesOf = (parts: readonly AssembledRecord[]): Entry[] =>
    parts.map((part) =>
      "reason" in part
        ? { kind: "corrupt", index: index++, reason: part.reason }
        : { kind: "record", index: index++, record: part },
    );
  const end: AssembledRecord[] = [];
  try {
    for await (const chunk of decompress(chunks)) {
      for (let from = 0; from < chunk.length; from += MAX_BATCH_BYTES) {
        const parts: AssembledRecord[] = [];
        lines.add(chunk.subarray(from, from + MAX_BATCH_BYTES), (line) => {
          assembler.add(line, parts);
        });
        if (parts.length > 0) {
          yield entriesOf(parts);
        }
      }
    }
    lines.end((line) => {
      assembler.add(line, end);
    });
    assembler.end(end);
  } catch (error) {
    const reason = `the rest is corrupt: ${damageIn(error)}`;
    lines.end((line) => {
      assembler.add(line, end);
    });
    const last: AssembledRecord[] = [];
    assembler.end(last);
    // A record that ends here is incomplete because the rest is corrupt: that is one fault, not two.
    end.push(...last.filter((part) => !("reason" in part)), { reason });
  }
  if (end.length > 0) {
    yield entriesOf(end);
  }
}
