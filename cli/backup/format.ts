import { isUtf8 } from "node:buffer";

/** How the data of an object is compressed. */
export type CompressionFormat =
  "plain" | "GZIP" | "ZIP" | "framed Snappy" | "Snappy of snappy-java" | "Hadoop Snappy" | "raw Snappy" | "unknown";

/** The number of bytes at the beginning that determine the format. */
export const HEAD_BYTES = 64;

const bytes = (text: string): Buffer => Buffer.from(text, "latin1");

const MAGIC: readonly (readonly [CompressionFormat, Buffer])[] = [
  ["GZIP", bytes("\x1f\x8b")],
  ["ZIP", bytes("PK\x03\x04")],
  ["ZIP", bytes("PK\x05\x06")],
  ["framed Snappy", bytes("\xff\x06\x00\x00sNaPpY")],
  ["Snappy of snappy-java", bytes("\x82SNAPPY\x00")],
];

/** Formats that Firehose does not compress backups with, by name. */
const FOREIGN_MAGIC: readonly (readonly [string, Buffer])[] = [
  ["Zstandard", bytes("\x28\xb5\x2f\xfd")],
  ["LZ4", bytes("\x04\x22\x4d\x18")],
  ["XZ", bytes("\xfd7zXZ\x00")],
  ["bzip2", bytes("BZh")],
  ["7-Zip", bytes("7z\xbc\xaf\x27\x1c")],
  ["Parquet", bytes("PAR1")],
  ["ORC", bytes("ORC")],
  ["Avro", bytes("Obj\x01")],
  ["zlib", bytes("\x78\x01")],
  ["zlib", bytes("\x78\x9c")],
  ["zlib", bytes("\x78\xda")],
];

/**
 * The format of an object, by its first bytes. The stream's setting may have changed since the object was written.
 *
 * Raw and Hadoop Snappy have no magic number: there, the lengths at the beginning must fit, and the first byte that
 * they decompress to must begin a record.
 */
export function formatOf(head: Buffer): CompressionFormat {
  const known = MAGIC.find(([, magic]) => head.subarray(0, magic.length).equals(magic));
  if (known !== undefined) {
    return known[0];
  }
  if (RECORD_START.test(head.toString("latin1"))) {
    return "plain";
  }
  if (isRawSnappy(head)) {
    return "raw Snappy";
  }
  if (isHadoopSnappy(head)) {
    return "Hadoop Snappy";
  }
  return foreignMagic(head) === undefined && isText(head) ? "plain" : "unknown";
}

const foreignMagic = (head: Buffer): readonly [string, Buffer] | undefined =>
  FOREIGN_MAGIC.find(([, magic]) => head.subarray(0, magic.length).equals(magic));

/** The name of a format that cannot be read, or its first bytes, for a message. */
export function foreignFormatOf(head: Buffer): string {
  const known = foreignMagic(head);
  const firstBytes = head
    .subarray(0, 8)
    .toString("hex")
    .replace(/..(?=.)/g, "$& ");
  return known === undefined ? `an unknown format that begins with the bytes ${firstBytes}` : known[0];
}

/** JSON, with a byte order mark or blanks before it. */
const RECORD_START = /^(?:\xef\xbb\xbf)?\s*\{\s*(?:"|\}|$)/;

/** A Snappy block: the length that it decompresses to, then a literal, which is the text itself. */
function isRawSnappy(head: Buffer, maxLength = 0xffff_ffff): boolean {
  const length = snappyLength(head);
  if (length === undefined || length.value === 0 || length.value > maxLength) {
    return false;
  }
  const tag = head[length.bytes] ?? 1;
  const lengthBytes = Math.max(0, (tag >> 2) - 59);
  const first = head[length.bytes + 1 + lengthBytes];
  return (tag & 3) === 0 && first !== undefined && "{ \t\r\n\xef\x1f".includes(String.fromCharCode(first));
}

/** Big-endian lengths of the data and of the first block in it, then a raw Snappy block. */
function isHadoopSnappy(head: Buffer): boolean {
  if (head.length < 10) {
    return false;
  }
  const length = head.readUInt32BE(0);
  const compressedLength = head.readUInt32BE(4);
  return compressedLength > 0 && compressedLength < 0x1000_0000 && isRawSnappy(head.subarray(8), length);
}

/** The length at the beginning of a Snappy block, a varint; undefined if there is none. */
export function snappyLength(block: Buffer): { readonly value: number; readonly bytes: number } | undefined {
  let value = 0;
  for (let at = 0; at < Math.min(5, block.length); at++) {
    const byte = block[at] ?? 0;
    value += (byte & 0x7f) * 2 ** (7 * at);
    if (byte < 0x80) {
      return value <= 0xffff_ffff ? { value, bytes: at + 1 } : undefined;
    }
  }
  return undefined;
}

/** UTF-8 without control characters; the head may end within a character. */
function isText(head: Buffer): boolean {
  const isWhole = [0, 1, 2, 3].some((cut) => isUtf8(head.subarray(0, Math.max(0, head.length - cut))));
  // eslint-disable-next-line no-control-regex -- text has no control characters
  return isWhole && !/[\x00-\x08\x0b\x0c\x0e-\x1f\x7f]/.test(head.toString("latin1"));
}
