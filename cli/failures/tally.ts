import type { FailedRecord } from "../backup/failed-record";
import type { Cause } from "../causes/cause";
import { diagnose } from "../causes/diagnose";

/** The failed records of one stream and cause. */
export interface CauseTally {
  readonly stream: string;
  readonly cause: Cause;
  readonly errorCodes: ReadonlySet<string>;
  readonly records: number;
  readonly bytes: number;
  /** When the first of them arrived, in milliseconds since the epoch. */
  readonly first: number;
  /** When the last attempt of the last of them ended, in milliseconds since the epoch. */
  readonly last: number;
}

/** AWS has a dozen of them; what the bucket holds may be anything. */
const MOST_ERROR_CODES = 20;

/** Counts records by stream and cause; its size does not grow with theirs. */
export class Tally {
  private readonly tallies = new Map<string, CauseTally>();

  public add(stream: string, { errorCode, errorMessage, data, ...record }: FailedRecord): Cause {
    const cause = diagnose(errorCode, errorMessage);
    const key = `${stream} ${cause.id}`;
    const tally = this.tallies.get(key);
    this.tallies.set(key, {
      stream,
      cause,
      errorCodes: new Set([...(tally?.errorCodes ?? []), errorCode].slice(0, MOST_ERROR_CODES)),
      records: (tally?.records ?? 0) + 1,
      bytes: (tally?.bytes ?? 0) + data.length,
      first: Math.min(tally?.first ?? Infinity, record.arrivalTimestamp),
      last: Math.max(tally?.last ?? 0, record.attemptEndingTimestamp),
    });
    return cause;
  }

  /** The most records first. */
  public get causes(): readonly CauseTally[] {
    return [...this.tallies.values()].sort((a, b) => b.records - a.records);
  }
}
