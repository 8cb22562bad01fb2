import { Named } from "../named";

/** A part of the backup that was not put back, and why. */
export interface LeftOver {
  /** The object, with the place of the record where it is one. */
  readonly what: string;
  readonly reason: string;
}

/** What a replay of one stream comes to, counted as it goes. */
export interface StreamTally {
  readonly stream: string;
  readonly bucket: string;
  readonly journal: string;
  /** Records that Firehose accepted, or would be sent by a dry run. */
  records: number;
  bytes: number;
  /** Objects of which every record was accepted. */
  objects: number;
  /** Objects that were replayed before. */
  replayedBefore: number;
  /** Records that were accepted by a run that did not get to the end of their object. */
  acceptedBefore: number;
  deleted: number;
  /** Objects under the prefix that Firehose did not write for the stream. */
  foreignObjects: number;
  /** Records that can never be delivered. */
  readonly setAside: Named<LeftOver>;
  /** Records that Firehose did not accept, however often it was asked. */
  readonly refused: Named<LeftOver>;
  /** What is no whole record. */
  readonly broken: Named<LeftOver>;
  /** Objects that AWS did not hand out or did not delete. */
  readonly denied: Named<LeftOver>;
  /** Why objects are not tagged; null: they are. */
  tagging: string | null;
  /** Why not everything was gone through; null: it was. */
  stopped: string | null;
}

export function emptyTally(stream: string, bucket: string, journal: string): StreamTally {
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
    setAside: new Named(),
    refused: new Named(),
    broken: new Named(),
    denied: new Named(),
    tagging: null,
    stopped: null,
  };
}
