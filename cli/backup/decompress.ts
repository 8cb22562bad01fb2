import { ChunkReader } from "./chunk-reader";
import { type CompressionFormat, foreignFormatOf, formatOf, HEAD_BYTES } from "./format";
import { gunzip } from "./gunzip";
import { framedSnappy, hadoopSnappy, rawSnappy, snappyOfSnappyJava } from "./snappy";
import { UnreadableObject } from "./unreadable";
import { unzip } from "./unzip";

/** Firehose may compress data that is compressed already. */
const MAX_LAYERS = 3;

/** Decompresses what a reader reads. */
export type Decoder = (reader: ChunkReader) => AsyncGenerator<Buffer>;

const DECODERS: Readonly<Record<Exclude<CompressionFormat, "plain" | "unknown">, Decoder>> = {
  GZIP: gunzip,
  ZIP: unzip,
  "framed Snappy": framedSnappy,
  "Snappy of snappy-java": snappyOfSnappyJava,
  "Hadoop Snappy": hadoopSnappy,
  "raw Snappy": rawSnappy,
};

/**
 * Decompresses the chunks of an object, in the format that the first bytes show. Yields all valid data before it throws
 * because of corrupt data.
 *
 * @throws UnreadableObject when the format cannot be read
 * @throws CorruptData or zlib's error when the data is corrupt
 */
export async function* decompress(
  chunks: AsyncIterable<Buffer>,
  layers: readonly CompressionFormat[] = [],
): AsyncGenerator<Buffer> {
  const reader = new ChunkReader(chunks);
  try {
    const head = await reader.peek(HEAD_BYTES);
    const format = formatOf(head);
    if (format === "plain") {
      yield* reader.rest();
    } else if (format === "unknown" || layers.length === MAX_LAYERS) {
      const what = format === "unknown" ? foreignFormatOf(head) : format;
      const inside = layers.map((layer) => `${layer} around `).join("");
      throw new UnreadableObject(`the object is ${inside}${what}, which cannot be read; it stays as it is`);
    } else {
      yield* decompress(DECODERS[format](reader), [...layers, format]);
    }
  } finally {
    await reader.close();
  }
}
