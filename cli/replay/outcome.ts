/** What became of an object, once all of its records were processed. */
export interface ReplayOutcome {
  readonly accepted: number;
  /** Records that can never be delivered. */
  readonly skipped: number;
  /** Entries that cannot be read. */
  readonly corrupt: number;
}

/** Whether every record of the object was accepted: only then it may be deleted. */
export const isReplayed = ({ skipped, corrupt }: ReplayOutcome): boolean => skipped === 0 && corrupt === 0;
