import { createGunzip, type Gunzip } from "node:zlib";

/**
 * As much as is decompressed at once. It bounds the memory, as GZIP packs up to a thousand to one, and what is lost
 * where the data is damaged: zlib gives nothing of the slice that the damage is in.
 */
const SLICE_BYTES = 4 * 1024;

/** Fewer and larger turns of the thread pool than with Node's 16 KiB. */
const OUTPUT_CHUNK_BYTES = 256 * 1024;

/** The chunks decompressed if they are GZIP, else as they are. What is whole comes before the error of a broken end. */
export async function* gunzipped(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decompression: Decompression | undefined;
  let isFirst = true;
  try {
    for await (const chunk of withWholeMagicNumber(chunks)) {
      if (isFirst && chunk[0] === 0x1f && chunk[1] === 0x8b) {
        decompression = new Decompression();
      }
      isFirst = false;
      if (decompression === undefined) {
        yield chunk;
        continue;
      }
      for (let from = 0; from < chunk.length; from += SLICE_BYTES) {
        yield* decompression.write(chunk.subarray(from, from + SLICE_BYTES));
      }
    }
    if (decompression !== undefined) {
      yield* decompression.end();
    }
  } finally {
    decompression?.stop();
  }
}

/** The same chunks, of which the first has the two bytes that GZIP is known by. */
async function* withWholeMagicNumber(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let head: Buffer | undefined = Buffer.alloc(0);
  for await (const chunk of chunks) {
    if (head === undefined) {
      yield chunk;
    } else {
      head = Buffer.concat([head, chunk]);
      if (head.length >= 2) {
        yield head;
        head = undefined;
      }
    }
  }
  if (head !== undefined && head.length > 0) {
    yield head;
  }
}

/** Data behind the end of the GZIP data; the code is one as zlib's own. */
class DataBehindTheEnd extends Error {
  public readonly code = "Z_DATA_ERROR";
}

/** Not by iteration over the stream: when it fails, that drops what is decompressed and not yet handed over. */
class Decompression {
  private readonly gunzip: Gunzip = createGunzip({ chunkSize: OUTPUT_CHUNK_BYTES });
  private readonly out = new Array<Buffer>();
  private wake = (): void => undefined;
  private error: Error | undefined;
  private isEnded = false;
  private bytesGiven = 0;

  public constructor() {
    this.gunzip.on("data", (chunk: Buffer) => this.out.push(chunk));
    this.gunzip.once("end", () => {
      this.isEnded = true;
      this.wake();
    });
    this.gunzip.once("error", (error) => {
      this.error = error;
      this.wake();
    });
  }

  public async *write(chunk: Buffer): AsyncGenerator<Buffer> {
    if (this.isEnded) {
      refuseAllButZeros(chunk);
      return;
    }
    this.bytesGiven += chunk.length;
    yield* this.whatComesUntil((done) => this.gunzip.write(chunk, done));
    // zlib takes a zero for the end, and passes over everything behind it.
    refuseAllButZeros(chunk.subarray(chunk.length - (this.bytesGiven - this.gunzip.bytesWritten)));
  }

  public async *end(): AsyncGenerator<Buffer> {
    if (!this.isEnded) {
      yield* this.whatComesUntil(() => this.gunzip.end());
    }
  }

  public stop(): void {
    this.gunzip.destroy();
  }

  /** What is decompressed until the work is done, the data ends or an error comes. */
  private async *whatComesUntil(start: (done: () => void) => void): AsyncGenerator<Buffer> {
    await new Promise<void>((resolve) => {
      this.wake = resolve;
      start(resolve);
    });
    yield* this.out.splice(0);
    if (this.error !== undefined) {
      throw this.error;
    }
  }
}

/** Some tools pad with zeros. */
function refuseAllButZeros(rest: Buffer): void {
  if (rest.some((byte) => byte !== 0)) {
    throw new DataBehindTheEnd("there is data behind the end");
  }
}
