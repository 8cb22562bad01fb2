import type { Findings, ShownRecord } from "../../cli/failures/report";
import { CappedList } from "../../cli/capped-list";

/** A record of a report: three bytes of text that arrived a second after the epoch. */
export const shown = (fields: Partial<ShownRecord>): ShownRecord => ({
  stream: "logs",
  key: "key",
  index: 0,
  record: {
    attemptsMade: 5,
    arrivalTimestamp: 1000,
    attemptEndingTimestamp: undefined,
    errorCode: "C",
    errorMessage: "m",
    data: Buffer.from("one"),
  },
  causeId: "other",
  payload: { kind: "text", text: "one" },
  ...fields,
});

/** The findings of one object without a failed record. */
export const findings = (fields: Partial<Findings>): Findings => ({
  causes: [],
  corrupt: new CappedList(),
  unreadable: new CappedList(),
  objects: 1,
  failedRecords: 0,
  shown: 0,
  foreignObjects: 0,
  deliveredObjects: 0,
  undetermined: [],
  stopped: null,
  ...fields,
});
