import type { Check } from "../checks/check";

/** Which account and regions a report is about, and when it was made. */
export interface ReportScope {
  /** Undefined where AWS was not asked, or did not answer. */
  readonly accountId: string | undefined;
  /** Empty where AWS was not asked. */
  readonly regions: readonly string[];
  readonly evaluatedAt: Date;
}

/** The checks of a command, ready to be printed. */
export interface ChecksReport extends ReportScope {
  readonly checks: readonly Check[];
}
