import { isAscii } from "node:buffer";

const NEW_LINE = 0x0a;
const MAX_LINES_AT_ONCE = 1000;

/** Splits a text in UTF-8 into lines. Drops the rest of a line that exceeds a limit, so that memory stays bounded. */
export class LineSplitter {
  private parts = new Array<Buffer>();
  private length = 0;

  public constructor(private readonly maxBytes: number) {}

  /** Yields the lines that end in the chunk, in batches, so that memory stays bounded for very short lines too. */
  public *add(chunk: Buffer): Generator<readonly string[]> {
    // Nearly all chunks are ASCII, which latin1 decodes in half the time.
    const encoding = isAscii(chunk) ? "latin1" : "utf8";
    let lines = new Array<string>();
    let from = 0;
    for (let end = chunk.indexOf(NEW_LINE); end !== -1; end = chunk.indexOf(NEW_LINE, from)) {
      if (this.length === 0 && end - from <= this.maxBytes) {
        lines.push(chunk.toString(encoding, from, end));
      } else {
        this.keep(chunk.subarray(from, end));
        lines.push(...this.end());
      }
      from = end + 1;
      if (lines.length === MAX_LINES_AT_ONCE) {
        yield lines;
        lines = [];
      }
    }
    this.keep(chunk.subarray(from));
    yield lines;
  }

  /** Ends the text: returns the incomplete last line, if any. */
  public end(): readonly string[] {
    if (this.length === 0) {
      return [];
    }
    const text = Buffer.concat(this.parts).toString("utf8");
    this.parts = [];
    this.length = 0;
    return [text];
  }

  private keep(part: Buffer): void {
    if (part.length > 0 && this.length < this.maxBytes) {
      this.parts.push(part.subarray(0, this.maxBytes - this.length));
    }
    this.length += part.length;
  }
}
