import { streamMetric } from "../modules/stream-metric";

const metric = (statistic?: string): object =>
  streamMetric("s", "IncomingBytes", statistic === undefined ? {} : { statistic });
const COMMON = {
  namespace: "AWS/Firehose",
  metricName: "IncomingBytes",
  dimensions: { DeliveryStreamName: "s" },
  period: 300,
};

describe("a metric of a delivery stream", () => {
  test("is a sum over 300 seconds", () => {
    expect(metric()).toEqual({ ...COMMON, statistic: "Sum" });
  });

  test.each(["SampleCount", "Average", "Sum", "Minimum", "Maximum"])("has the statistic %s", (statistic) => {
    expect(metric(statistic)).toEqual({ ...COMMON, statistic });
  });

  test.each(["p99", "tm90"])("has %s as extendedStatistic, which alarms ask for", (extendedStatistic) => {
    expect(metric(extendedStatistic)).toEqual({ ...COMMON, extendedStatistic });
  });

  test.each([0, 30, 61])("has no period of %i seconds", (periodSeconds) => {
    expect(() => streamMetric("s", "IncomingBytes", { periodSeconds })).toThrow(
      new Error(
        `periodSeconds must be a multiple of 60, got ${periodSeconds}. Firehose publishes one value per minute.`,
      ),
    );
  });
});
