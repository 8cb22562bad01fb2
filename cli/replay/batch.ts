import type { BackupObject } from "../backup/objects";
import { PUT_RECORD_BATCH } from "./limits";

/** A record to resend to the stream. */
export interface Item {
  readonly object: BackupObject;
  /** Its index in the object. */
  readonly index: number;
  readonly data: Buffer;
}

/** Records for one request of PutRecordBatch. */
export interface Batch {
  readonly kind: "batch";
  readonly items: readonly Item[];
}

/** How a record, or an entry that is none, is named to people. */
export const nameOf = ({ object, index }: Pick<Item, "object" | "index">): string => `${object.key} [${index}]`;

export const bytesOf = (items: readonly Item[]): number => items.reduce((bytes, { data }) => bytes + data.length, 0);

/** Fills batches up to the limits of PutRecordBatch, across objects. */
export class BatchBuilder {
  private items = new Array<Item>();
  private bytes = 0;

  /** Adds a record, and returns the batch that had no room for it. */
  public add(item: Item): Batch | undefined {
    const isFull =
      this.items.length === PUT_RECORD_BATCH.records || this.bytes + item.data.length > PUT_RECORD_BATCH.bytes;
    const full = isFull ? this.flush() : undefined;
    this.items.push(item);
    this.bytes += item.data.length;
    return full;
  }

  /** The records that are in no batch yet. */
  public flush(): Batch | undefined {
    const { items } = this;
    this.items = [];
    this.bytes = 0;
    return items.length === 0 ? undefined : { kind: "batch", items };
  }
}
