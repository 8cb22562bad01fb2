import { buf as crc32c } from "crc-32/crc32c";

/** Snappy without any compression: its length, then the text in pieces of up to 64 KiB. */
export function raw(text: string | Buffer): Buffer {
  const bytes = Buffer.from(text);
  const length = new Array<number>();
  let rest = bytes.length;
  for (; rest >= 0x80; rest >>= 7) {
    length.push((rest & 0x7f) | 0x80);
  }
  length.push(rest);
  const blocks = [Buffer.from(length)];
  for (let from = 0; from < bytes.length; from += 0x10000) {
    const piece = bytes.subarray(from, from + 0x10000);
    blocks.push(Buffer.from([61 << 2, (piece.length - 1) & 0xff, (piece.length - 1) >> 8]), piece);
  }
  return Buffer.concat(blocks);
}

/** A number as Hadoop writes it. */
export function uint32(value: number): Buffer {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value);
  return bytes;
}

/** A frame of framed Snappy: its type, the length of its data, the data. */
export function frame(type: number, data: Buffer): Buffer {
  const head = Buffer.alloc(4);
  head.writeUInt8(type);
  head.writeUIntLE(data.length, 1, 3);
  return Buffer.concat([head, data]);
}

/** The checksum before the data of a frame. */
export function checksum(plain: Buffer): Buffer {
  const crc = crc32c(plain) >>> 0;
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32LE((((crc >>> 15) | (crc << 17)) + 0xa282ead8) >>> 0);
  return bytes;
}

/** The frame that a stream of framed Snappy begins with. */
export const STREAM_IDENTIFIER = frame(0xff, Buffer.from("sNaPpY"));
/** A compressed frame. */
export const framed = (text: string): Buffer => frame(0x00, Buffer.concat([checksum(Buffer.from(text)), raw(text)]));
/** A block of Hadoop Snappy that has the texts in a raw block each. */
export const hadoop = (...texts: readonly string[]): Buffer =>
  Buffer.concat([uint32(texts.join("").length), ...texts.map(raw).flatMap((block) => [uint32(block.length), block])]);
/** A stream of snappy-java's SnappyOutputStream. */
export const snappyJava = (text: string): Buffer =>
  Buffer.concat([
    Buffer.from("\x82SNAPPY\x00\x00\x00\x00\x01\x00\x00\x00\x01", "latin1"),
    uint32(raw(text).length),
    raw(text),
  ]);
