import { CappedList } from "../capped-list";
import { plural } from "../numbers";
import { bytesOf, itemName } from "./batch";
import type { AttemptEvent, ReadEvent } from "./events";
import { isReplayed } from "./outcome";

/** A part of the backup that was not sent, and why. */
export interface Unsent {
  /** The object, with the index of a record. */
  readonly what: string;
  readonly reason: string;
}

/** Result of the replay of one stream. */
export interface StreamSummary {
  readonly stream: string;
  readonly bucket: string;
  readonly journal: string;
  /** Records that Firehose accepted, or that would be sent by a dry run. */
  records: number;
  bytes: number;
  /** Objects whose records were all accepted. */
  objects: number;
  /** Objects that earlier runs replayed. */
  replayedBefore: number;
  /** Records that earlier runs sent of objects that they did not complete. */
  acceptedBefore: number;
  deleted: number;
  /** Objects under the prefix that Firehose did not write for the stream. */
  foreignObjects: number;
  /** Records that can never be delivered. */
  readonly skipped: CappedList<Unsent>;
  /** Records that Firehose did not accept in any attempt. */
  readonly refused: CappedList<Unsent>;
  /** Entries that cannot be read. */
  readonly corrupt: CappedList<Unsent>;
  /** Objects that S3 did not return or did not delete. */
  readonly unreadable: CappedList<Unsent>;
  /** Why objects are not tagged; null: they are. */
  tagging: string | null;
  /** Why the replay stopped early; null: it did not. */
  stopped: string | null;
}

export function emptySummary(stream: string, bucket: string, journal: string): StreamSummary {
  return {
    stream,
    bucket,
    journal,
    records: 0,
    bytes: 0,
    objects: 0,
    replayedBefore: 0,
    acceptedBefore: 0,
    deleted: 0,
    foreignObjects: 0,
    skipped: new CappedList(),
    refused: new CappedList(),
    corrupt: new CappedList(),
    unreadable: new CappedList(),
    tagging: null,
    stopped: null,
  };
}

/** Adds the response to a request. */
export function countAttempt(summary: StreamSummary, { accepted, refused, isLast }: AttemptEvent): void {
  summary.records += accepted.length;
  summary.bytes += bytesOf(accepted);
  if (isLast) {
    for (const { item, reason } of refused) {
      summary.refused.add(() => ({ what: itemName(item), reason }));
    }
  }
}

/** Adds what the reader found besides the records to send. */
export function countRead(summary: StreamSummary, event: ReadEvent): void {
  switch (event.kind) {
    case "skipped":
    case "corrupt":
      summary[event.kind].add(() => ({ what: itemName(event), reason: event.reason }));
      break;
    case "unreadable":
      summary.unreadable.add(() => ({ what: event.object.key, reason: event.reason }));
      break;
    case "completed before":
      countCompletedBefore(summary, event);
      break;
    case "foreign":
      summary.foreignObjects += 1;
      break;
    case "object read":
    // The object is counted when it is complete.
  }
}

function countCompletedBefore(
  summary: StreamSummary,
  { object, outcome }: Extract<ReadEvent, { kind: "completed before" }>,
): void {
  if (isReplayed(outcome)) {
    summary.replayedBefore += 1;
    return;
  }
  const { skipped, corrupt } = outcome;
  const add = (list: CappedList<Unsent>, count: string): void => {
    list.add(() => ({ what: object.key, reason: `${count}, found by an earlier run` }));
  };
  if (skipped > 0) {
    add(summary.skipped, plural(skipped, "record"));
  }
  if (corrupt > 0) {
    add(summary.corrupt, plural(corrupt, "entry", "entries"));
  }
}
