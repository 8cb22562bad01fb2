import type { AttemptEvent, RefusedItem } from "../../../cli/replay/events";
import type { Batch } from "../../../cli/replay/batch";
import { refusalIn } from "../../../cli/replay/refusal";
import { backupObject, batchOf, item } from "../../fixtures/replay";

let batch: Batch;

beforeAll(() => {
  batch = batchOf(item(backupObject("key"), 0), item(backupObject("key"), 1));
});

const attempt = (refused: readonly RefusedItem[]): AttemptEvent => ({
  kind: "attempt",
  batch,
  attempt: 3,
  accepted: [],
  refused,
  isLast: false,
});

describe("what Firehose refused in a request", () => {
  test("is nothing when it accepted everything", () => {
    expect(refusalIn(attempt([]))).toBeUndefined();
  });

  test("is shown with the reason of the first record, and the attempts that are left", () => {
    const reasons = ["Slow down.", "Internal failure."];
    const refused = batch.items.map((each, index) => ({ item: each, reason: reasons[index] ?? "" }));
    expect(refusalIn(attempt(refused))).toEqual({ records: 2, attempt: 3, maxAttempts: 10, reason: "Slow down." });
  });
});
