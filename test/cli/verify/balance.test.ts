import { balanceOutcome } from "../../../cli/verify/balance";
import type { Metrics } from "../../../cli/verify/metrics";
import { healthyMetrics, last, measuredStream, MISSING } from "../../helpers/metrics";

const MINUTES = 180;

/** Three hours of ten records a minute that are all delivered a minute later. */
const hours = (): Metrics => ({
  ...healthyMetrics(),
  incoming: last(MINUTES, 10, MINUTES),
  delivered: last(MINUTES, 10, MINUTES),
  success: last(MINUTES, 1, MINUTES),
  freshness: last(MINUTES, 60, MINUTES),
});
const found = (metrics: Partial<Metrics>, stream = measuredStream()): string | undefined =>
  balanceOutcome(stream, { ...hours(), ...metrics })?.found;

/** So many records are delivered, all in the first minute. */
const delivered = (records: number): Partial<Metrics> => ({ delivered: [records] });

describe("what was delivered against what came in", () => {
  test("is even while only records on their way are missing: two minutes of them, as the freshness says", () => {
    expect(found({})).toBeUndefined();
    expect(found(delivered(1780))).toBeUndefined();
    expect(found(delivered(1779))).toBe(
      "1 of 1,780 records that came in over 178 minutes was not delivered, and no metric says that anything was backed up",
    );
  });

  test("agrees with a number of one", () => {
    const incoming = [1, ...last(MINUTES, 0, MINUTES).slice(1)];
    expect(found({ incoming, delivered: [0] })).toBe(
      "1 of 1 record that came in over 178 minutes was not delivered, and no metric says that anything was backed up",
    );
  });

  test("counts what was backed up, by either family", () => {
    expect(found({ ...delivered(1700), deliveredToS3: [50], backedUpToS3: [30] })).toBeUndefined();
    expect(found({ ...delivered(1700), deliveredToS3: [50], backedUpToS3: [20] })).toBe(
      "10 of 1,780 records that came in over 178 minutes were neither delivered nor backed up",
    );
  });

  test("does not count the backup of a stream that backs up everything", () => {
    expect(found({ ...delivered(1700), backedUpToS3: [1780] }, measuredStream("AllData"))).toBe(
      "80 of 1,780 records that came in over 178 minutes were not delivered",
    );
  });

  test("waits for retries and the buffer of the backup while deliveries fail: 1,320 s", () => {
    const success = [...last(179, 1, 179), 0.9];
    expect(found({ ...delivered(1580), success })).toBeUndefined();
    expect(found({ ...delivered(1579), success })).toMatch(/^1 of 1,580 records that came in over 158 minutes/);
  });

  test("waits for retries where the freshness is not known: 420 s", () => {
    expect(found({ ...delivered(1730), freshness: MISSING })).toBeUndefined();
    expect(found({ ...delivered(1729), freshness: MISSING })).toMatch(/^1 of 1,730 records that came in over 173/);
  });

  test("is not compared where a transformation may drop records, or no minute is due", () => {
    expect(found(delivered(1), measuredStream("FailedDataOnly", { processors: ["Lambda"] }))).toBeUndefined();
    expect(found({ ...delivered(1), incoming: [10, 10] })).toBeUndefined();
    expect(found({ ...delivered(1), incoming: [10, 10, 10] })).toMatch(
      /^9 of 10 records that came in over 1 minute were /,
    );
  });

  test("names 413, which leaves no other trace", () => {
    expect(balanceOutcome(measuredStream(), { ...hours(), ...delivered(1) })).toMatchObject({
      name: "DeliveryToHttpEndpoint.Records",
      verdict: "problem",
      remedy:
        "Look for 413 in the error log: Firehose neither retries nor backs up a request that the endpoint rejects as too large. Raise the body limit of the ingress (proxy-body-size) above 64 MiB, or lower buffering_size_mb, for example to 2.",
    });
  });
});
