import { isAscii } from "node:buffer";

const NEW_LINE = 0x0a;

/** Splits a text in UTF-8 into lines. What a line has beyond a limit is dropped, so that memory stays bounded. */
export class LineSplitter {
  private parts = new Array<Buffer>();
  private length = 0;

  public constructor(private readonly maxBytes: number) {}

  public add(chunk: Buffer, onLine: (line: string) => void): void {
    // Nearly all chunks are ASCII, which is decoded in half the time where that is known.
    const encoding = isAscii(chunk) ? "latin1" : "utf8";
    let from = 0;
    for (let end = chunk.indexOf(NEW_LINE); end !== -1; end = chunk.indexOf(NEW_LINE, from)) {
      if (this.length === 0 && end - from <= this.maxBytes) {
        onLine(chunk.toString(encoding, from, end));
      } else {
        this.keep(chunk.subarray(from, end));
        this.end(onLine);
      }
      from = end + 1;
    }
    this.keep(chunk.subarray(from));
  }

  /** Ends the line that has begun. */
  public end(onLine: (line: string) => void): void {
    if (this.length > 0) {
      const text = Buffer.concat(this.parts).toString("utf8");
      this.parts = [];
      this.length = 0;
      onLine(text);
    }
  }

  private keep(part: Buffer): void {
    if (part.length > 0 && this.length < this.maxBytes) {
      this.parts.push(part.subarray(0, this.maxBytes - this.length));
    }
    this.length += part.length;
  }
}
