import type { Check } from "../checks/check";

/** The account and regions of a report, and when it was evaluated. */
export interface ReportScope {
  /** Undefined if AWS was not called, or did not answer. */
  readonly accountId: string | undefined;
  /** Empty if AWS was not called. */
  readonly regions: readonly string[];
  readonly evaluatedAt: Date;
}

/** The checks of a command, ready to be printed. */
export interface ChecksReport extends ReportScope {
  readonly checks: readonly Check[];
}
