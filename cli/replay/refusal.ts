import type { AttemptEvent } from "./events";
import { MAX_ATTEMPTS } from "./limits";

/** What Firehose refused in a request. */
export interface Refusal {
  readonly records: number;
  readonly attempt: number;
  readonly maxAttempts: number;
  /** The reason for the first record. */
  readonly reason: string;
}

/** Undefined when Firehose accepted everything. */
export function refusalIn({ refused, attempt }: AttemptEvent): Refusal | undefined {
  const [first] = refused;
  return first && { records: refused.length, attempt, maxAttempts: MAX_ATTEMPTS, reason: first.reason };
}
