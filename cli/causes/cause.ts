/** Why a delivery fails, what it means and what to do. */
export interface Cause {
  readonly id: string;
  readonly title: string;
  /** AWS's error codes, whole or, with a dot at the end, their beginning. */
  readonly errorCodes: readonly string[];
  /** HTTP statuses that the endpoint answers with; both ends included. */
  readonly statuses?: readonly [first: number, last: number];
  /** Words of the message by which the cause is recognized where the error has neither code nor status. */
  readonly message?: RegExp;
  readonly meaning: string;
  readonly fix: string;
  /** Whether the endpoint rejects the same record again, whatever is fixed. */
  readonly isPermanent: boolean;
  /** What Kloudfuse's guide says instead, where it is wrong. */
  readonly guideSays?: string;
  readonly source: string;
}

/** The status of a response, where the title does not name it, as in "5xx: the endpoint fails". */
export const statusNotInTitle = ({ title }: Cause, status: number | null | undefined): readonly number[] =>
  typeof status !== "number" || title.startsWith(String(status)) ? [] : [status];

/** The cause of one error, with what distinguishes it from other errors of the same cause. */
export interface Diagnosis {
  readonly cause: Cause;
  /** The HTTP status that the endpoint answered with, if the message names it. */
  readonly status: number | undefined;
  /** Equal for errors that one line of a report describes: the same cause, status and code. */
  readonly group: string;
}
