import { metricOutcomes, type Metrics } from "../cli/verify/metrics";
import { sparkline } from "../cli/verify/sparkline";

const MINUTES = 15;
const ARN = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/kloudfuse-logs";

/** The same value in each of the last minutes, and nothing before. */
const last = (minutes: number, value: number): (number | undefined)[] =>
  Array.from({ length: MINUTES }, (_, minute) => (minute >= MINUTES - minutes ? value : undefined));
const NONE = last(0, 0);

const WELL: Metrics = {
  incoming: last(15, 10),
  delivered: last(15, 10),
  success: last(15, 1),
  freshness: last(15, 60),
  throttled: NONE,
  backedUp: NONE,
  backupSuccess: NONE,
  backupFreshness: NONE,
};

/** Verdict and what was found of one metric, without the sparkline; undefined where there is no such check. */
function judged(name: string, metrics: Partial<Metrics>, mode = "FailedDataOnly"): string | undefined {
  const delivery = { bufferingIntervalSeconds: 60, retryDurationSeconds: 300, roleArn: "role", backup: { mode } };
  const outcomes = metricOutcomes({ signal: "logs", arn: ARN }, delivery, { ...WELL, ...metrics });
  const found = outcomes.find((outcome) => outcome.name === name);
  return found && `${found.verdict}: ${found.found.replace(/ \[[^\]]*\]/, "")}`;
}

describe("the metrics of a stream", () => {
  test("are healthy when all that comes in is delivered in time", () => {
    const delivery = {
      bufferingIntervalSeconds: 60,
      retryDurationSeconds: 300,
      roleArn: "role",
      backup: { mode: "FailedDataOnly" },
    };
    const outcomes = metricOutcomes({ signal: "logs", arn: ARN }, delivery, WELL);
    expect(outcomes.filter(({ verdict }) => verdict !== "ok")).toEqual([]);
  });

  test("say nothing of delivery when nothing came in", () => {
    const nothing = { incoming: NONE, delivered: NONE, success: NONE, freshness: NONE };
    expect(judged("IncomingRecords", nothing)).toBe("note: no data yet: no record came in within 15 minutes");
    expect(judged("DeliveryToHttpEndpoint.Records", nothing)).toBeUndefined();
    expect(judged("DeliveryToHttpEndpoint.Success", nothing)).toBeUndefined();
    expect(judged("DeliveryToHttpEndpoint.DataFreshness", nothing)).toBeUndefined();
  });

  test("do not miss a delivery while data may still be in the buffer, 120 s long", () => {
    expect(judged("DeliveryToHttpEndpoint.Records", { incoming: last(3, 10), delivered: NONE })).toBe(
      "note: none of 30 records that came in yet",
    );
    expect(judged("DeliveryToHttpEndpoint.Records", { incoming: last(4, 10), delivered: NONE })).toBe(
      "problem: none of 40 records that came in, the oldest over 180 s ago",
    );
  });

  test.each([
    [last(15, 1), "ok: 100%"],
    [[...last(15, 1).slice(0, 14), 0.999], "note: below 100% in 1 of 15 minutes"],
    [[0.5, ...last(15, 1).slice(1)], "note: below 100% in 1 of 15 minutes"],
    [[...last(15, 1).slice(0, 10), 0.9, 0.9, 0.9, 0.9, 0.9], "problem: 90% now"],
    [[...last(15, 1).slice(0, 10), 0.9, 0.9, 0.9, 0.9, 1], "note: below 100% in 4 of 15 minutes"],
    [[...last(15, 1).slice(0, 14), 0], "problem: 80% now"],
    [last(15, 0.9999), "problem: 99.9% now"],
  ])("judge the success of the last five minutes: %#", (success, expected) => {
    expect(judged("DeliveryToHttpEndpoint.Success", { success })).toBe(expected);
  });

  test.each([
    [120, "ok: 120 s now, 120 s at most"],
    [121, "note: 121 s now, 121 s at most, healthy up to 120 s"],
    [360, "note: 360 s now, 360 s at most, healthy up to 120 s"],
    [361, "problem: 361 s now, 361 s at most, healthy up to 120 s"],
  ])("judge data that is %i s old", (seconds, expected) => {
    expect(judged("DeliveryToHttpEndpoint.DataFreshness", { freshness: last(15, seconds) })).toBe(expected);
  });

  test("call old data that has been delivered since no problem", () => {
    const freshness = [900, ...last(15, 60).slice(1)];
    expect(judged("DeliveryToHttpEndpoint.DataFreshness", { freshness })).toBe(
      "note: 60 s now, 900 s at most, healthy up to 120 s",
    );
  });

  test("call a single throttled record a problem", () => {
    expect(judged("ThrottledRecords", { throttled: last(15, 0) })).toBe("ok: none");
    expect(judged("ThrottledRecords", { throttled: last(1, 1) })).toBe("problem: 1 records");
  });

  test("call a single record that was backed up a problem, unless everything is backed up", () => {
    const backedUp = last(1, 1);
    expect(judged("BackupToS3.Records", { backedUp })).toBe(
      "problem: 1 records could not be delivered and were backed up",
    );
    expect(judged("BackupToS3.Records", { backedUp }, "AllData")).toMatch(/^ok: 1 records/);
  });

  test.each([
    [1, "ok: 100%"],
    [0.99, "problem: 99% at worst"],
  ])("judge a backup of which %d succeeds", (ratio, expected) => {
    expect(judged("BackupToS3.Success", { backupSuccess: last(2, ratio) })).toBe(expected);
  });

  test.each([
    [960, "ok: 960 s at most"],
    [961, "note: 961 s at most"],
  ])("judge a backup that is %i s late", (seconds, expected) => {
    expect(judged("BackupToS3.DataFreshness", { backupFreshness: last(2, seconds) })).toBe(expected);
  });
});

describe("a sparkline", () => {
  test("goes from zero to the top, with gaps where nothing is known", () => {
    expect(sparkline([0, 1, 50, 99, 100, undefined])).toBe("[▁▂▄▇█ ]");
  });

  test("is flat where everything is zero", () => {
    expect(sparkline([0, 0])).toBe("[▁▁]");
  });
});
