/** Reused for decoded data that is discarded: a buffer for each text would keep the garbage collector busy. */
let scratch = Buffer.alloc(64 * 1024);

/**
 * The number of bytes that a complete Base64 text decodes to, undefined if it is incomplete. It may have line breaks.
 */
export function decodedLength(base64: string): number | undefined {
  // Node ignores characters that are not Base64, and decodes fewer bytes.
  const length = decode(base64);
  const isWhole = length === wholeLength(base64) || length === wholeLength(base64.replace(/\s+/g, ""));
  return isWhole ? length : undefined;
}

/**
 * The same Base64 as every encoder writes it: without line breaks, and with the characters of RFC 4648, section 4.
 *
 * @param base64 is complete
 * @param bytes the number of bytes that it decodes to
 */
export function normalizedBase64(base64: string, bytes: number): string {
  if (isNormal(base64, bytes)) {
    return base64;
  }
  decode(base64);
  return scratch.toString("base64", 0, bytes);
}

/** The last characters before the padding whose unused bits are zero. */
const ENDS_OF_ONE_BYTE = "AQgw";
const ENDS_OF_TWO_BYTES = "AEIMQUYcgkosw048";

/** Whether a complete text is in canonical form, as nearly all are. Any other character would make it longer. */
function isNormal(base64: string, bytes: number): boolean {
  const remainder = bytes % 3;
  const ends = remainder === 1 ? ENDS_OF_ONE_BYTE : ENDS_OF_TWO_BYTES;
  return (
    base64.length === Math.ceil(bytes / 3) * 4 &&
    !base64.includes("-") &&
    !base64.includes("_") &&
    (remainder === 0 || ends.includes(base64.charAt(base64.length - 4 + remainder)))
  );
}

/** Decodes to the beginning of the scratch buffer. @returns the number of bytes */
function decode(base64: string): number {
  if (scratch.length < base64.length) {
    scratch = Buffer.alloc(base64.length);
  }
  return scratch.write(base64, "base64");
}

function wholeLength(base64: string): number {
  const padding = base64.endsWith("==") ? 2 : base64.endsWith("=") ? 1 : 0;
  return (base64.length / 4) * 3 - padding;
}
