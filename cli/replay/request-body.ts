import { normalizedBase64 } from "../backup/base64";
import { PUT_RECORD_BATCH } from "./limits";

const RECORD_START = '{"Data":"';
const RECORD_END = '"}';
const BODY_END = "]}";

const bodyStart = (streamName: string): string => `{"DeliveryStreamName":${JSON.stringify(streamName)},"Records":[`;

/** The maximum length of the records in a body, within the limits of PutRecordBatch: Base64, JSON and commas. */
const MAX_RECORDS_LENGTH =
  Math.ceil(PUT_RECORD_BATCH.bytes / 3) * 4 +
  PUT_RECORD_BATCH.records * (4 + RECORD_START.length + RECORD_END.length + 1);

/** Where a record is in the body of a request: the first byte of its JSON, and the first byte after it. */
export interface BodyRange {
  readonly start: number;
  readonly end: number;
}

/**
 * Reuses the buffers of bodies: a new buffer of 5 MB for every request would keep the garbage collector and the kernel
 * busy.
 */
export class BodyPool {
  private readonly free = new Array<Buffer>();
  private readonly start: string;

  public constructor(streamName: string) {
    this.start = bodyStart(streamName);
  }

  public acquire(): RequestBody {
    const length = Buffer.byteLength(this.start) + MAX_RECORDS_LENGTH + BODY_END.length;
    return new RequestBody(this.free.pop() ?? Buffer.allocUnsafeSlow(length), this.start);
  }

  /** Returns the buffer of a completed request to the pool. */
  public release({ buffer }: RequestBody): void {
    this.free.push(buffer);
  }
}

/**
 * The body of PutRecordBatch, written record by record. It is identical to that of the SDK's serializer, which takes
 * several times longer.
 */
export class RequestBody {
  private length: number;
  private readonly firstRecord: number;

  /** @param buffer has room for the records */
  public constructor(
    public readonly buffer: Buffer,
    start: string,
  ) {
    this.length = buffer.write(start);
    this.firstRecord = this.length;
  }

  /** Adds a record: its data in complete Base64, and the number of bytes. */
  public add(base64: string, bytes: number): BodyRange {
    const comma = this.length === this.firstRecord ? "" : ",";
    const start = this.length + comma.length;
    const record = `${comma}${RECORD_START}${normalizedBase64(base64, bytes)}${RECORD_END}`;
    this.length += this.buffer.write(record, this.length, "latin1");
    return { start, end: this.length };
  }

  /** The body with all records; none may be added while it is used. */
  public whole(): Buffer {
    const end = this.buffer.write(BODY_END, this.length, "latin1");
    return this.buffer.subarray(0, this.length + end);
  }

  /** The body with some of the records, in this order. */
  public part(ranges: readonly BodyRange[]): Buffer {
    const records = ranges.flatMap(({ start, end }, index) => [
      Buffer.from(index === 0 ? "" : ","),
      this.buffer.subarray(start, end),
    ]);
    return Buffer.concat([this.buffer.subarray(0, this.firstRecord), ...records, Buffer.from(BODY_END)]);
  }
}
