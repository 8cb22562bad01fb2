/** Why a delivery fails, what it means and what to do. */
export interface Cause {
  readonly id: string;
  readonly title: string;
  /** AWS's error codes; one that ends with a dot is a prefix. */
  readonly errorCodes: readonly string[];
  /** HTTP statuses that the endpoint answers with; both ends included. */
  readonly statuses?: readonly [first: number, last: number];
  /** Matches the message of an error that has neither a code nor a status. */
  readonly message?: RegExp;
  readonly meaning: string;
  readonly fix: string;
  /** Whether the endpoint would reject the same record again, even after a fix. */
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
  /** Errors with the same cause, status and code have the same group: a report has one line for them. */
  readonly group: string;
}
