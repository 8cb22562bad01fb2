import type { FailedRecord } from "../backup/failed-record";
import type { Payload } from "../backup/payload";
import type { Named } from "../named";
import type { CauseTally } from "./tally";

/** A failed record, decoded. */
export interface ShownRecord {
  readonly stream: string;
  readonly key: string;
  /** Its place in the object, from 0. */
  readonly index: number;
  readonly record: FailedRecord;
  readonly causeId: string;
  readonly payload: Payload;
}

/** A part of the backup that holds no record that can be read. */
export interface Damage {
  readonly key: string;
  readonly reason: string;
}

/** What was found, once everything was read. */
export interface Findings {
  readonly causes: readonly CauseTally[];
  /** What is broken in the objects: read as far as it goes. */
  readonly broken: Named<Damage>;
  /** Objects that AWS did not hand out. */
  readonly unreadable: Named<Damage>;
  readonly objects: number;
  readonly failedRecords: number;
  /** Of them, those that are in the list. */
  readonly shown: number;
  /** Objects under the prefix that Firehose did not write for the stream. */
  readonly foreignObjects: number;
  /** Why not everything was read; null: it was. */
  readonly stopped: string | null;
}

/** Where failed records are written to, one by one as they are read. */
export interface Report {
  record: (shown: ShownRecord) => Promise<void>;
  end: (findings: Findings) => Promise<void>;
}

/** Writes text, and waits while the reader is busy. */
export type Write = (text: string) => Promise<void>;
