import { createGunzip, type Gunzip } from "node:zlib";
import { CorruptData } from "./unreadable";

/**
 * The number of bytes that are decompressed at once. It bounds the memory, because GZIP compresses up to 1000:1, and
 * the loss where the data is corrupt: zlib outputs nothing of a slice that is corrupt.
 */
const SLICE_BYTES = 4 * 1024;

/** The number of slices in zlib's thread while earlier output is read. */
const MAX_IN_FLIGHT = 4;

/** The largest output buffer: it needs fewer, larger turns of the thread pool than Node's 16 KiB. */
export const MAX_OUTPUT_BYTES = 512 * 1024;

/** The smallest output buffer: there may be very many small objects. */
const MIN_OUTPUT_BYTES = 16 * 1024;
const USUAL_COMPRESSION = 16;

/** The size of the output buffer for compressed data of a size. */
export const outputBytes = (compressedBytes: number): number =>
  Math.min(MAX_OUTPUT_BYTES, Math.max(MIN_OUTPUT_BYTES, compressedBytes * USUAL_COMPRESSION));

/** Decompresses GZIP data slice by slice: yields all valid data before it throws because of a corrupt part. */
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
    // Only when no slice is in flight: otherwise zlib fails within that slice, and drops its output.
    yield* outputOf(decompression === undefined ? [] : [decompression.end()]);
  } finally {
    decompression?.stop();
  }
}

/** The output of a slice, and the error that follows it. */
interface GunzipOutput {
  readonly chunks: readonly Buffer[];
  readonly error: Error | undefined;
}

/** Yields the output of the oldest slice in flight. @throws its error after that */
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

/** Reads zlib's stream by events: iteration over a stream that fails drops the output that was not yet read. */
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

  /** zlib treats a zero as the end, because some tools pad with zeros, and ignores everything after it. */
  private rejectUnread(chunk: Buffer): void {
    this.bytesSubmitted += chunk.length;
    const unread = Math.min(chunk.length, this.bytesSubmitted - this.gunzip.bytesWritten);
    if (chunk.subarray(chunk.length - unread).some((byte) => byte !== 0)) {
      this.error ??= new CorruptData("there is data after the end");
    }
  }
}
