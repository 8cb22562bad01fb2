/** What became of an object of which nothing is left to be sent. */
export interface Settled {
  readonly accepted: number;
  /** Records that can never be delivered. */
  readonly setAside: number;
  /** Entries that cannot be read. */
  readonly broken: number;
}

/** Whether every record of the object was accepted: only then it may be deleted. */
export const isReplayed = ({ setAside, broken }: Settled): boolean => setAside === 0 && broken === 0;
