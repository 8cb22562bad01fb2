/** Why a delivery fails, what it means and what to do. */
export interface Cause {
  readonly id: string;
  readonly title: string;
  /** AWS's error codes, whole or, with a dot at the end, their beginning. */
  readonly errorCodes: readonly string[];
  /** HTTP statuses that the endpoint answers with; both ends included. */
  readonly statuses?: readonly [first: number, last: number];
  /** What the error message says where neither code nor status tells. */
  readonly message?: RegExp;
  readonly meaning: string;
  readonly fix: string;
  /** Whether the same record will be refused again, whatever is mended. */
  readonly isPermanent: boolean;
  /** What Kloudfuse's guide says instead, where it is wrong. */
  readonly guideSays?: string;
  readonly source: string;
}
