import { createGunzip, type Gunzip } from "node:zlib";
import { CorruptData } from "./unreadable";

/**
 * As much as is decompressed at once. It bounds the memory, as GZIP packs up to a thousand to one, and what is lost
 * where the data is damaged: zlib gives nothing of the slice that the damage is in.
 */
const SLICE_BYTES = 4 * 1024;

/** How many slices zlib's thread works on while the records of the one before are read. */
const MAX_IN_FLIGHT = 4;

/** The output of at most so many bytes at once: fewer and larger turns of the thread pool than with Node's 16 KiB. */
export const MAX_OUTPUT_BYTES = 512 * 1024;

/** Small objects, of which there may be very many, need no more room than their text takes. */
const MIN_OUTPUT_BYTES = 16 * 1024;
const USUAL_COMPRESSION = 16;

/** The room for the output of a turn, for compressed data of so many bytes. */
export const outputBytes = (compressedBytes: number): number =>
  Math.min(MAX_OUTPUT_BYTES, Math.max(MIN_OUTPUT_BYTES, compressedBytes * USUAL_COMPRESSION));

/** GZIP data decompressed slice by slice: all that is good comes before the error of a corrupt part. */
export async function* gunzipSlices(chunks: AsyncIterable<Buffer>): AsyncGenerator<Buffer> {
  let decompression: Decompression | undefined;
  const inFlight = new Array<Promise<GunzipOutput>>();
  try {
    for await (const chunk of chunks) {
      decompression ??= new Decompression(outputBytes(chunk.length));
      for (let from = 0; from < chunk.length; from += SLICE_BYTES) {
        inFlight.push(decompression.write(chunk.subarray(from, from + SLICE_BYTES)));
        if (inFlight.length >= MAX_IN_FLIGHT) {
          yield* outputOf(inFlight);
        }
      }
    }
    while (inFlight.length > 0) {
      yield* outputOf(inFlight);
    }
    // Not while a slice is in flight: zlib fails within that slice then, and drops what it decompresses to.
    yield* outputOf(decompression === undefined ? [] : [decompression.end()]);
  } finally {
    decompression?.stop();
  }
}

/** What a slice decompresses to, and what is wrong behind it. */
interface GunzipOutput {
  readonly chunks: readonly Buffer[];
  readonly error: Error | undefined;
}

/** What the oldest slice in flight decompresses to. @throws its error behind that */
async function* outputOf(inFlight: Promise<GunzipOutput>[]): AsyncGenerator<Buffer> {
  const { chunks, error } = (await inFlight.shift()) ?? { chunks: [], error: undefined };
  yield* chunks;
  if (error !== undefined) {
    throw error;
  }
}

interface Slice {
  readonly chunk: Buffer;
  readonly done: (output: GunzipOutput) => void;
}

/** Not by iteration over the stream: when it fails, that drops what is decompressed and not yet handed over. */
class Decompression {
  private error: Error | undefined;
  private readonly gunzip: Gunzip;
  private readonly output = new Array<Buffer>();
  private readonly slices = new Array<Slice>();
  private bytesSubmitted = 0;
  private isEnded = false;

  public constructor(chunkSize: number) {
    this.gunzip = createGunzip({ chunkSize });
    this.gunzip.on("data", (chunk: Buffer) => this.output.push(chunk));
    this.gunzip.once("end", () => {
      this.finish();
    });
    this.gunzip.once("error", (error) => {
      this.error ??= error;
      this.finish();
    });
  }

  public async write(chunk: Buffer): Promise<GunzipOutput> {
    if (this.isEnded) {
      this.rejectUnread(chunk);
      return this.takeOutput();
    }
    return await new Promise((done) => {
      this.slices.push({ chunk, done });
      this.gunzip.write(chunk, () => {
        if (this.slices[0]?.done === done) {
          this.slices.shift();
          this.rejectUnread(chunk);
          done(this.takeOutput());
        }
      });
    });
  }

  public async end(): Promise<GunzipOutput> {
    if (this.isEnded) {
      return this.takeOutput();
    }
    return await new Promise((done) => {
      this.slices.push({ chunk: Buffer.alloc(0), done });
      this.gunzip.end();
    });
  }

  public stop(): void {
    this.gunzip.destroy();
    this.finish();
  }

  private finish(): void {
    this.isEnded = true;
    for (const { chunk, done } of this.slices.splice(0)) {
      this.rejectUnread(chunk);
      done(this.takeOutput());
    }
  }

  private takeOutput(): GunzipOutput {
    return { chunks: this.output.splice(0), error: this.error };
  }

  /** zlib takes a zero for the end, as some tools pad with zeros, and ignores everything behind it. */
  private rejectUnread(chunk: Buffer): void {
    this.bytesSubmitted += chunk.length;
    const unread = Math.min(chunk.length, this.bytesSubmitted - this.gunzip.bytesWritten);
    if (chunk.subarray(chunk.length - unread).some((byte) => byte !== 0)) {
      this.error ??= new CorruptData("there is data after the end");
    }
  }
}
