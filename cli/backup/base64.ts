/** Decoded data that nobody keeps: a buffer of its own for each text would keep the garbage collector busy. */
let scratch = Buffer.alloc(64 * 1024);

/** How many bytes whole Base64 stands for, undefined if it is not whole. It may be wrapped into lines. */
export function decodedLength(base64: string): number | undefined {
  // Node ignores characters that are no Base64, and decodes fewer bytes.
  const length = decode(base64);
  const isWhole = length === wholeLength(base64) || length === wholeLength(base64.replace(/\s+/g, ""));
  return isWhole ? length : undefined;
}

/** The same Base64 as every encoder writes it: without line breaks, and with the characters of RFC 4648, section 4. */
export const normalizedBase64 = (base64: string): string => {
  const length = decode(base64);
  return scratch.toString("base64", 0, length);
};

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
