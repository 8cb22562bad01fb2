import type { BackupObject } from "../backup/objects";
import { PUT_RECORD_BATCH } from "./limits";

/** A record on its way back to the stream. */
export interface Item {
  readonly object: BackupObject;
  /** Its place in the object. */
  readonly index: number;
  readonly data: Buffer;
}

export const bytesOf = (items: readonly Item[]): number => items.reduce((bytes, { data }) => bytes + data.length, 0);

/** Fills batches up to the limits of PutRecordBatch, across objects. */
export class Batches {
  private items = new Array<Item>();
  private bytes = 0;

  /** Takes a record in, and gives out the batch that it does not fit into any more. */
  public add(item: Item): readonly Item[] {
    const isFull =
      this.items.length === PUT_RECORD_BATCH.records || this.bytes + item.data.length > PUT_RECORD_BATCH.bytes;
    const full = isFull ? this.rest() : [];
    this.items.push(item);
    this.bytes += item.data.length;
    return full;
  }

  /** What is left at the end. */
  public rest(): readonly Item[] {
    const { items } = this;
    this.items = [];
    this.bytes = 0;
    return items;
  }
}
