import { progressText, type ProgressSource } from "../../../cli/replay/progress";

const ledger = (records: number, bytes: number, objects: number): ProgressSource => ({
  summary: { records, bytes },
  finished: { objects, bytes: 0 },
  refusal: undefined,
});

describe("the progress of a replay", () => {
  test("shows what was accepted of the total", () => {
    expect(progressText([ledger(1200, 3_000_000, 1000)], 1200, 2)).toBe(
      "1,000 of 1,200 objects | 1,200 records accepted, 3.0 MB, 1.5 MB/s",
    );
  });

  test("adds the streams up, and agrees with its nouns", () => {
    expect(progressText([ledger(0, 0, 0), ledger(1, 500, 1)], 1, 1)).toBe(
      "1 of 1 object | 1 record accepted, 500 B, 500 B/s",
    );
  });

  test("shows what Firehose refused, and the attempt", () => {
    const refusal = { records: 500, attempt: 4, maxAttempts: 10, reason: "ServiceUnavailableException: Slow down." };
    expect(progressText([{ ...ledger(0, 0, 0), refusal }], 12, 60)).toBe(
      "0 of 12 objects | 0 records accepted, 0 B, 0 B/s | refused: 500 records, attempt 4 of 10 (ServiceUnavailableException: Slow down.)",
    );
    expect(
      progressText([{ ...ledger(0, 0, 0), refusal: { ...refusal, records: 1, reason: "x".repeat(61) } }], 1, 0),
    ).toBe(`0 of 1 object | 0 records accepted, 0 B, 0 B/s | refused: 1 record, attempt 4 of 10 (${"x".repeat(59)}…)`);
  });
});
