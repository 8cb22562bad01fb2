import type { Outcome } from "../../../cli/checks/check";
import { failedObjectsOutcome } from "../../../cli/verify/failed-objects";
import type { FailedObjects } from "../../../cli/verify/read-failed-objects";
import { backupWith, destinationWith } from "../../helpers/delivery-stream";

const PLACE = "s3://backup/kloudfuse-logs-failures/";
const NEWEST = Date.parse("2026-01-31T11:59:00Z");

const outcome = (objects: Partial<FailedObjects>, backup = backupWith()): Outcome =>
  failedObjectsOutcome(
    { signal: "logs", destination: destinationWith({ backup }) },
    { recent: 0, older: 0, foreign: 0, newest: undefined, isComplete: true, isRecentComplete: true, ...objects },
  );
const line = (objects: Partial<FailedObjects>): string => `${outcome(objects).verdict}: ${outcome(objects).found}`;

describe("failed data in the bucket", () => {
  test("is none", () => {
    expect(outcome({})).toEqual({ name: "failed data", verdict: "ok", found: `none under ${PLACE}`, remedy: "" });
  });

  test("is a problem where it was written lately", () => {
    expect(outcome({ recent: 1, newest: NEWEST })).toEqual({
      name: "failed data",
      verdict: "problem",
      found: `1 object under ${PLACE} written in the last 15 minutes, the newest at 2026-01-31 11:59:00Z`,
      remedy:
        "Find the cause with kloudfuse-firehose failures --signal logs, fix it, then resend them with kloudfuse-firehose replay --signal logs.",
    });
  });

  test("is a problem however much older data there is", () => {
    expect(line({ recent: 2, older: 1200, newest: NEWEST, isComplete: false })).toBe(
      `problem: 2 objects under ${PLACE} written in the last 15 minutes, the newest at 2026-01-31 11:59:00Z; at least 1,200 objects before that`,
    );
  });

  test("is counted as at least so much where the listing was cut", () => {
    expect(line({ recent: 5000, newest: NEWEST, isComplete: false, isRecentComplete: false })).toBe(
      `problem: at least 5,000 objects under ${PLACE} written in the last 15 minutes, the newest at 2026-01-31 11:59:00Z`,
    );
  });

  test("is noted where it is older", () => {
    expect(outcome({ older: 3, newest: NEWEST })).toEqual({
      name: "failed data",
      verdict: "note",
      found: `3 objects under ${PLACE}, the newest at 2026-01-31 11:59:00Z; none written in the last 15 minutes`,
      remedy:
        "No action needed if they were replayed. Otherwise find the cause with kloudfuse-firehose failures --signal logs, and resend them with kloudfuse-firehose replay --signal logs.",
    });
  });

  test("has no newest object where the older ones were not all listed", () => {
    expect(line({ older: 5000, newest: NEWEST, isComplete: false })).toBe(
      `note: at least 5,000 objects under ${PLACE}; none written in the last 15 minutes`,
    );
  });

  test("is undetermined where the listing ended before the newest objects", () => {
    expect(outcome({ older: 5000, newest: NEWEST, isComplete: false, isRecentComplete: false })).toEqual({
      name: "failed data",
      verdict: "unknown",
      found: `there are too many objects under ${PLACE} to say whether any was written in the last 15 minutes`,
      remedy: "Look for them with kloudfuse-firehose failures --signal logs --since 15m.",
    });
  });

  test("is undetermined where there are only objects of others", () => {
    expect(line({ foreign: 2 })).toBe(
      `unknown: 2 objects under ${PLACE}, none with a key that Firehose builds for failed records of this stream`,
    );
    expect(line({ foreign: 2, older: 1, newest: NEWEST })).toContain("note: 1 object under");
  });

  test("is looked for under the error prefix, where there is one", () => {
    const backup = backupWith({ errorOutputPrefix: "errors/!{firehose:error-output-type}/" });
    expect(outcome({}, backup).found).toBe("none under s3://backup/errors/");
  });
});
