import type { BackupObject } from "../backup/objects";
import type { Batch, Item } from "./batch";
import type { ReplayOutcome } from "./outcome";

/** A record that Firehose did not accept. */
export interface RefusedItem {
  readonly item: Item;
  readonly reason: string;
}

/** An object was read to its end; all of its records are in batches. */
export interface ObjectRead {
  readonly kind: "object read";
  readonly object: BackupObject;
  /** Records to send, those that an earlier run sent included. */
  readonly records: number;
  readonly skipped: number;
  readonly corrupt: number;
}

/** What the reader finds besides the records to send. */
export type ReadEvent =
  | ObjectRead
  /** A record that can never be delivered. */
  | { readonly kind: "skipped"; readonly object: BackupObject; readonly index: number; readonly reason: string }
  /** An entry that is not a complete record. */
  | { readonly kind: "corrupt"; readonly object: BackupObject; readonly index: number; readonly reason: string }
  /** S3 returned the object not at all or in part, or its tags could not be read. */
  | { readonly kind: "unreadable"; readonly object: BackupObject; readonly reason: string }
  /** An earlier run completed the object. */
  | { readonly kind: "completed before"; readonly object: BackupObject; readonly outcome: ReplayOutcome }
  /** An object under the prefix that Firehose did not write for the stream. */
  | { readonly kind: "foreign"; readonly object: BackupObject };

/** The response to one request of PutRecordBatch. */
export interface AttemptEvent {
  readonly kind: "attempt";
  readonly batch: Batch;
  /** From 1. */
  readonly attempt: number;
  readonly accepted: readonly Item[];
  readonly refused: readonly RefusedItem[];
  /** Whether the refused records are not sent again. */
  readonly isLast: boolean;
}

/** What the ledger records. */
export type ReplayEvent = ReadEvent | AttemptEvent;
