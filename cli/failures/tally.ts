import type { FailedRecord } from "../backup/failed-record";
import type { Cause } from "../causes/cause";
import { diagnose } from "../causes/diagnose";

/** The failed records of one stream that failed in the same way: cause, status and error code. */
export interface CauseTally {
  readonly stream: string;
  readonly cause: Cause;
  /** The status that the endpoint answered with; null if it did not answer. */
  readonly status: number | null;
  readonly errorCodes: ReadonlySet<string>;
  readonly records: number;
  readonly bytes: number;
  /** When the first of them arrived, in milliseconds since the epoch; null where none says when. */
  readonly first: number | null;
  /** When the last attempt of the last of them ended, in milliseconds since the epoch; null where none says when. */
  readonly last: number | null;
}

/**
 * AWS has a dozen statuses and codes; a bucket may hold anything. Beyond this, a stream has one tally for each cause.
 */
const MAX_GROUPS = 100;

/** The limit of codes that a tally lists. */
const MAX_ERROR_CODES = 20;

type MutableTally = { -readonly [Key in keyof CauseTally]: CauseTally[Key] } & { readonly errorCodes: Set<string> };

/** Counts records by cause, status and error code; its size does not grow with the number of records. */
export class Tally {
  private readonly tallies = new Map<string, MutableTally>();
  private previous:
    | { readonly stream: string; readonly code: string; readonly message: string; readonly tally: MutableTally }
    | undefined;

  public add(stream: string, record: FailedRecord): Cause {
    const tally = this.tallyOf(stream, record);
    const { arrivalTimestamp: arrived, attemptEndingTimestamp: ended } = record;
    tally.records += 1;
    tally.bytes += record.bytes;
    tally.first = arrived === undefined ? tally.first : Math.min(tally.first ?? arrived, arrived);
    tally.last = ended === undefined ? tally.last : Math.max(tally.last ?? ended, ended);
    if (tally.errorCodes.size < MAX_ERROR_CODES) {
      tally.errorCodes.add(record.errorCode);
    }
    return tally.cause;
  }

  /** Sorted by the number of records, descending. */
  public get causes(): readonly CauseTally[] {
    return [...this.tallies.values()].sort((a, b) => b.records - a.records);
  }

  /** The records of a batch that failed have the same message, so that one diagnosis serves them all. */
  private tallyOf(stream: string, { errorCode: code, errorMessage: message }: FailedRecord): MutableTally {
    const { previous } = this;
    if (previous?.message === message && previous.code === code && previous.stream === stream) {
      return previous.tally;
    }
    const { cause, status, group } = diagnose(code, message);
    const tally = this.tallyOfGroup(stream, cause, status, group);
    this.previous = { stream, code, message, tally };
    return tally;
  }

  private tallyOfGroup(stream: string, cause: Cause, status: number | undefined, group: string): MutableTally {
    const key = `${stream} ${group}`;
    const known = this.tallies.get(key);
    if (known !== undefined) {
      return known;
    }
    if (this.tallies.size >= MAX_GROUPS && group !== cause.id) {
      return this.tallyOfGroup(stream, cause, undefined, cause.id);
    }
    const tally = {
      stream,
      cause,
      status: status ?? null,
      errorCodes: new Set<string>(),
      records: 0,
      bytes: 0,
      first: null,
      last: null,
    };
    this.tallies.set(key, tally);
    return tally;
  }
}
