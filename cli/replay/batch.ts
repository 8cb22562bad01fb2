import type { FailedRecord } from "../backup/failed-record";
import type { BackupObject } from "../backup/objects";
import { PUT_RECORD_BATCH } from "./limits";
import type { BodyPool, BodyRange, RequestBody } from "./request-body";

/** A record to resend to the stream. */
export interface Item {
  readonly object: BackupObject;
  /** Its index in the object. */
  readonly index: number;
  /** The length of its data. */
  readonly bytes: number;
  /** Where it is in the body of its batch. */
  readonly range: BodyRange;
}

/** Records for one request of PutRecordBatch. */
export interface Batch {
  readonly kind: "batch";
  readonly items: readonly Item[];
  readonly body: RequestBody;
}

/** The name of a record or another entry in messages. */
export const itemName = ({ object, index }: Pick<Item, "object" | "index">): string => `${object.key} [${index}]`;

export const bytesOf = (items: readonly Item[]): number => items.reduce((sum, { bytes }) => sum + bytes, 0);

/** Fills batches up to the limits of PutRecordBatch, across objects. */
export class BatchBuilder {
  private items = new Array<Item>();
  private bytes = 0;
  private body: RequestBody;

  public constructor(private readonly bodies: Pick<BodyPool, "acquire">) {
    this.body = bodies.acquire();
  }

  /** Adds a record, and returns the full batch if the record did not fit into it. */
  public add(
    object: BackupObject,
    index: number,
    { base64, bytes }: Pick<FailedRecord, "base64" | "bytes">,
  ): Batch | undefined {
    const isFull = this.items.length === PUT_RECORD_BATCH.records || this.bytes + bytes > PUT_RECORD_BATCH.bytes;
    const full = isFull ? this.flush() : undefined;
    this.items.push({ object, index, bytes, range: this.body.add(base64, bytes) });
    this.bytes += bytes;
    return full;
  }

  /** The batch of the remaining records, if any. */
  public flush(): Batch | undefined {
    const { items, body } = this;
    if (items.length === 0) {
      return undefined;
    }
    this.items = [];
    this.bytes = 0;
    this.body = this.bodies.acquire();
    return { kind: "batch", items, body };
  }
}
