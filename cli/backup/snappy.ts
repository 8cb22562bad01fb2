import { buf as crc32c } from "crc-32/crc32c";
import type { ChunkReader } from "./chunk-reader";
import { snappyLength } from "./format";
import { CorruptData, corruptionReason, UnreadableObject } from "./unreadable";

/** The largest block that is decompressed: it is in memory three times meanwhile. */
const MAX_BLOCK_BYTES = 32 * 1024 * 1024;

type Uncompress = (block: Buffer) => Buffer;

/** Source: Google, "Snappy framing format description". */
export async function* framedSnappy(reader: ChunkReader): AsyncGenerator<Buffer> {
  const uncompress = await snappy();
  for (;;) {
    const head = await reader.read(4);
    if (head.length === 0) {
      return;
    }
    const data = await exactly(reader, head.length < 4 ? Infinity : head.readUIntLE(1, 3));
    const type = head[0] ?? 0;
    if (type === 0x00 || type === 0x01) {
      const plain = type === 0x00 ? uncompress(data.subarray(4)) : data.subarray(4);
      if (data.length < 4 || data.readUInt32LE(0) !== maskedChecksum(plain)) {
        throw new CorruptData("the checksum of a Snappy frame does not match");
      }
      yield plain;
    } else if (type < 0x80) {
      throw new CorruptData(`there is no Snappy frame of type ${type}`);
    }
    // Other types are the stream identifier, padding and skippable frames.
  }
}

/** Raw blocks after a header, as snappy-java's SnappyOutputStream writes them. */
export async function* snappyOfSnappyJava(reader: ChunkReader): AsyncGenerator<Buffer> {
  const uncompress = await snappy();
  const MAGIC = 0x82534e41;
  for (;;) {
    const head = await reader.read(4);
    if (head.length === 0) {
      return;
    }
    const length = head.length < 4 ? Infinity : head.readUInt32BE(0);
    if (length === MAGIC) {
      // The rest of the magic number, the version and the compatible version; streams may be concatenated.
      await exactly(reader, 12);
    } else {
      yield uncompress(await exactly(reader, length));
    }
  }
}

/** Blocks as Hadoop's SnappyCodec writes them: the length of the data, then raw blocks until they make it up. */
export async function* hadoopSnappy(reader: ChunkReader): AsyncGenerator<Buffer> {
  const uncompress = await snappy();
  for (;;) {
    const head = await reader.read(4);
    if (head.length === 0) {
      return;
    }
    let left = head.length < 4 ? Infinity : head.readUInt32BE(0);
    while (left > 0) {
      const plain = uncompress(await exactly(reader, (await exactly(reader, 4)).readUInt32BE(0)));
      if (plain.length === 0 || plain.length > left) {
        throw new CorruptData("a block of Hadoop Snappy does not have the length that it says");
      }
      left -= plain.length;
      yield plain;
    }
  }
}

/**
 * One block without a frame. It has neither a checksum nor a magic number: if it does not decompress, it may be another
 * format.
 */
export async function* rawSnappy(reader: ChunkReader): AsyncGenerator<Buffer> {
  const uncompress = await snappy();
  let plain: Buffer;
  try {
    assertLength(snappyLength(await reader.peek(5))?.value);
    plain = uncompress(await reader.read(2 * MAX_BLOCK_BYTES));
  } catch (error) {
    throw new UnreadableObject(
      `the object has no magic number; it was read as raw Snappy: ${corruptionReason(error)}; it stays as it is`,
    );
  }
  yield plain;
}

/** The decompressor. It is WebAssembly, which is loaded only when it is needed, and whose memory is freed with it. */
async function snappy(): Promise<Uncompress> {
  const { snappyUncompressor } = await import("hysnappy");
  const uncompress = snappyUncompressor();
  return (block) => {
    const length = snappyLength(block)?.value;
    assertLength(length);
    let plain: Uint8Array;
    try {
      plain = uncompress(block, length);
    } catch (error) {
      throw new CorruptData(`Snappy: ${error instanceof Error ? error.message : String(error)}`);
    }
    return Buffer.from(plain.buffer, plain.byteOffset, plain.byteLength);
  };
}

function assertLength(length: number | undefined): asserts length is number {
  if (length === undefined) {
    throw new CorruptData("a Snappy block has no length");
  }
  if (length > MAX_BLOCK_BYTES) {
    throw new CorruptData(
      `a Snappy block of ${length} bytes is larger than ${MAX_BLOCK_BYTES} bytes, the limit of this command`,
    );
  }
}

async function exactly(reader: ChunkReader, count: number): Promise<Buffer> {
  const bytes = count > 2 * MAX_BLOCK_BYTES ? Buffer.alloc(0) : await reader.read(count);
  if (bytes.length < count) {
    throw new CorruptData("unexpected end of Snappy data");
  }
  return bytes;
}

/** The framing format rotates CRC-32C and adds a constant. */
function maskedChecksum(plain: Buffer): number {
  const crc = crc32c(plain) >>> 0;
  return (((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0;
}
