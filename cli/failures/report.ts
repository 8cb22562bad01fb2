import type { FailedRecord } from "../backup/failed-record";
import type { Payload } from "../backup/payload";
import type { CappedList } from "../capped-list";
import type { FleetReport } from "../fleet/report";
import type { ReportScope } from "../terminal/checks-report";
import type { CauseTally } from "./tally";

/** The account and region of a finding, in a report on several accounts; missing in others. */
export interface FleetLocation {
  readonly account?: string;
  readonly region?: string;
}

/** A failed record, decoded. */
export interface ShownRecord extends FleetLocation {
  readonly stream: string;
  readonly key: string;
  /** Its place in the object, from 0. */
  readonly index: number;
  readonly record: FailedRecord;
  readonly causeId: string;
  readonly payload: Payload;
}

/** A part of the backup from which no record could be read. */
export interface UnreadablePart {
  readonly key: string;
  readonly reason: string;
}

/** What was found in the backup of one stream. */
export interface StreamFindings {
  /** In a report on several accounts; missing in others. */
  readonly account?: string;
  readonly stream: string;
  readonly region: string;
  /** Where its failed records are. */
  readonly location: string;
  readonly objects: number;
  readonly failedRecords: number;
  /** The corrupt parts of objects: read as far as possible. */
  readonly corrupt: CappedList<UnreadablePart>;
  /** Objects that AWS does not return, or in a format that cannot be read. */
  readonly unreadable: CappedList<UnreadablePart>;
  /** Objects under the prefix that Firehose did not write for the stream. */
  readonly foreignObjects: number;
  /** Objects with delivered data, which a stream that backs up all data writes too. */
  readonly deliveredObjects: number;
  /** Whether everything under the prefix was read or named; false once the reading stopped early. */
  readonly isComplete: boolean;
}

/** The findings of a reading. */
export interface Findings {
  readonly streams: readonly StreamFindings[];
  readonly causes: readonly (CauseTally & FleetLocation)[];
  /** Number of failed records that were listed. */
  readonly shown: number;
  /** Why the reading stopped early; null: it did not. */
  readonly stopped: Error | null;
}

/** Writes failed records while they are read, and the findings at the end. */
export interface FailuresReport {
  record: (shown: ShownRecord) => Promise<void>;
  end: (findings: Findings, scope: ReportScope) => Promise<void>;
  /** The same for a fleet: the findings of all its stacks together, and the checks of each. */
  endFleet: (findings: Findings, report: FleetReport) => Promise<void>;
}
