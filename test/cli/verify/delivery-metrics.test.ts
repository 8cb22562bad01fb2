import { checkOf, last, MINUTES, MISSING, outcomesOf } from "../../helpers/metrics";

const DELIVERED = "DeliveryToHttpEndpoint.Records";

describe("the metrics of a stream", () => {
  test("are healthy when everything that comes in is delivered in time", () => {
    expect(outcomesOf({}).map(({ verdict, name }) => `${verdict} ${name}`)).toEqual([
      "ok IncomingRecords",
      "ok DeliveryToHttpEndpoint.Records",
      "ok DeliveryToHttpEndpoint.Success",
      "ok DeliveryToHttpEndpoint.DataFreshness",
      "ok ThrottledRecords",
      "ok DeliveryToS3.Records",
    ]);
  });

  test("say nothing of delivery when nothing came in", () => {
    const nothing = { incoming: last(0, 0), delivered: last(0, 0), success: last(0, 0), freshness: last(0, 0) };
    expect(checkOf("IncomingRecords", nothing)).toBe(
      "note: no data yet: no record came in within 15 minutes; no source",
    );
    expect(checkOf("DeliveryToHttpEndpoint.Records", nothing)).toBeUndefined();
    expect(checkOf("DeliveryToHttpEndpoint.Success", nothing)).toBeUndefined();
    expect(checkOf("DeliveryToHttpEndpoint.DataFreshness", nothing)).toBeUndefined();
  });

  test("do not miss a delivery while data may still be in the buffer, 120 s long", () => {
    expect(checkOf("DeliveryToHttpEndpoint.Records", { incoming: last(3, 10), delivered: last(0, 0) })).toBe(
      "note: no data of 30 records that came in yet",
    );
    expect(checkOf("DeliveryToHttpEndpoint.Records", { incoming: last(4, 10), delivered: last(0, 0) })).toBe(
      "problem: no data of 40 records that came in, the oldest over 180 s ago",
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
  ])("evaluate the success of the last five minutes: %#", (success, expected) => {
    expect(checkOf("DeliveryToHttpEndpoint.Success", { success })).toBe(expected);
  });

  test.each([
    [120, "ok: 120 s now, 120 s at most"],
    [121, "note: 121 s now, 121 s at most, healthy up to 120 s"],
    [360, "note: 360 s now, 360 s at most, healthy up to 120 s"],
    [361, "problem: 361 s now, 361 s at most, healthy up to 120 s"],
  ])("evaluate data that is %i s old", (seconds, expected) => {
    expect(checkOf("DeliveryToHttpEndpoint.DataFreshness", { freshness: last(15, seconds) })).toBe(expected);
  });

  test("call old data that has been delivered since no problem", () => {
    const freshness = [900, ...last(15, 60).slice(1)];
    expect(checkOf("DeliveryToHttpEndpoint.DataFreshness", { freshness })).toBe(
      "note: 60 s now, 900 s at most, healthy up to 120 s",
    );
  });

  test("tell zero deliveries from a metric without a value", () => {
    expect(checkOf(DELIVERED, { incoming: last(4, 10), delivered: last(4, 0) })).toBe(
      "problem: none of 40 records that came in, the oldest over 180 s ago",
    );
  });

  test("agree with a number of one", () => {
    expect(checkOf(DELIVERED, { incoming: [1, ...last(4, 0).slice(-4)], delivered: MISSING })).toBe(
      "problem: no data of 1 record that came in, the oldest over 240 s ago",
    );
    expect(checkOf("IncomingRecords", { incoming: last(1, 1) })).toBe("ok: 1 record");
  });

  test("say what to do about the upstream source that is missing", () => {
    const [incoming] = outcomesOf({ incoming: MISSING });
    expect(incoming?.remedy).toBe("Create a source.");
  });

  test("call a single throttled record a problem", () => {
    expect(checkOf("ThrottledRecords", { throttled: last(MINUTES, 0) })).toBe("ok: none");
    expect(checkOf("ThrottledRecords", { throttled: last(1, 1) })).toBe("problem: 1 record");
  });

  test("do not take a missing metric of throttling for none, once records came in", () => {
    expect(checkOf("ThrottledRecords", { throttled: MISSING })).toBe("note: no data, though records came in");
    expect(checkOf("ThrottledRecords", { throttled: MISSING, incoming: MISSING })).toBeUndefined();
  });
});
