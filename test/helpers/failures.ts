import type { Findings, ShownRecord, StreamFindings, UnreadablePart } from "../../cli/failures/report";
import { CappedList } from "../../cli/capped-list";
import type { CauseTally } from "../../cli/failures/tally";
import { causeOf } from "../../cli/causes/diagnose";

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
    base64: "b25l",
    bytes: 3,
  },
  causeId: "other",
  payload: { kind: "text", text: "one" },
  ...fields,
});

/** Seven records of a stream that were too large. */
export const tally = (fields: Partial<CauseTally>): CauseTally => ({
  stream: "logs",
  cause: causeOf("too-large"),
  status: 413,
  errorCodes: new Set(["C1", "C2"]),
  records: 7,
  bytes: 1500,
  first: 1000,
  last: null,
  ...fields,
});

/** The findings of one object of a stream, without a failed record. */
export const streamFindings = (fields: Partial<StreamFindings>): StreamFindings => ({
  stream: "logs",
  region: "eu-central-1",
  location: "s3://bucket/logs-failures/",
  objects: 1,
  failedRecords: 0,
  corrupt: new CappedList(),
  unreadable: new CappedList(),
  foreignObjects: 0,
  deliveredObjects: 0,
  isComplete: true,
  ...fields,
});

/** A reading of one stream to its end. */
export const findings = (stream: Partial<StreamFindings>, fields: Partial<Findings> = {}): Findings => ({
  streams: [streamFindings(stream)],
  causes: [],
  shown: 0,
  stopped: null,
  ...fields,
});

/** As many damaged parts, of the objects 0, 1, 2 and so on. */
export function damaged(count: number, reason = "cut"): CappedList<UnreadablePart> {
  const list = new CappedList<UnreadablePart>();
  for (let at = 0; at < count; at++) {
    list.add(() => ({ key: String(at), reason }));
  }
  return list;
}
