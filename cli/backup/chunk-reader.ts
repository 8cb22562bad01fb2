/** Reads a stream of chunks by number of bytes. */
export class ChunkReader {
  private readonly iterator: AsyncIterator<Buffer>;
  private buffered: Buffer[] = [];
  private length = 0;
  private isEnded = false;

  public constructor(chunks: AsyncIterable<Buffer>) {
    this.iterator = chunks[Symbol.asyncIterator]();
  }

  /** The next bytes without taking them; fewer at the end. */
  public async peek(count: number): Promise<Buffer> {
    while (this.length < count && (await this.pull())) {
      // One more chunk.
    }
    return this.joined().subarray(0, count);
  }

  /** Takes the next bytes; fewer at the end. */
  public async read(count: number): Promise<Buffer> {
    await this.peek(count);
    const all = this.joined();
    const bytes = all.subarray(0, count);
    this.buffered = all.length > count ? [all.subarray(count)] : [];
    this.length = Math.max(0, all.length - count);
    return bytes;
  }

  /** Consumes the rest, chunk by chunk. */
  public async *rest(): AsyncGenerator<Buffer> {
    do {
      const chunks = this.buffered;
      this.buffered = [];
      this.length = 0;
      yield* chunks;
    } while (await this.pull());
  }

  /** Ends the stream early. */
  public async close(): Promise<void> {
    if (!this.isEnded) {
      this.isEnded = true;
      await this.iterator.return?.();
    }
  }

  private async pull(): Promise<boolean> {
    if (this.isEnded) {
      return false;
    }
    const next = await this.iterator.next();
    if (next.done === true) {
      this.isEnded = true;
      return false;
    }
    if (next.value.length > 0) {
      this.buffered.push(next.value);
      this.length += next.value.length;
    }
    return true;
  }

  private joined(): Buffer {
    const [first] = this.buffered;
    if (this.buffered.length === 1 && first !== undefined) {
      return first;
    }
    const all = Buffer.concat(this.buffered, this.length);
    this.buffered = this.length > 0 ? [all] : [];
    return all;
  }
}
