import { METRICS } from "../cli/verify/metrics";
import { KloudfuseFirehose } from "../modules";
import { STREAM_METRICS } from "../modules/metric-table";
import { inStack } from "./helpers/synth";

describe("the table of metrics", () => {
  test("has an entry per metric", () => {
    const names = Object.values(STREAM_METRICS).map(({ metric }) => metric);
    expect(new Set(names).size).toBe(names.length);
  });

  test("is what verify reads", () => {
    expect(STREAM_METRICS).toMatchObject(METRICS);
  });

  test("is what the construct's methods return, with options of the caller's", () => {
    inStack((stack) => {
      const { logsStream } = new KloudfuseFirehose(stack, "Default", { kloudfuseIngesterHost: "kfuse.example.com" });
      const metrics = [
        logsStream.metricIncomingRecords(),
        logsStream.metricIncomingBytes(),
        logsStream.metricIncomingPutRequests(),
        logsStream.metricDeliverySuccess(),
        logsStream.metricDeliveredRecords(),
        logsStream.metricDataFreshness(),
        logsStream.metricThrottledRecords(),
        logsStream.metricBackedUpRecords(),
      ];
      expect(metrics.map(({ metricName, statistic, period }) => [metricName, statistic, period])).toEqual([
        ["IncomingRecords", "Sum", 300],
        ["IncomingBytes", "Sum", 300],
        ["IncomingPutRequests", "Sum", 300],
        ["DeliveryToHttpEndpoint.Success", "Average", 300],
        ["DeliveryToHttpEndpoint.Records", "Sum", 300],
        ["DeliveryToHttpEndpoint.DataFreshness", "Maximum", 300],
        ["ThrottledRecords", "Sum", 300],
        ["DeliveryToS3.Records", "Sum", 300],
      ]);
      expect(logsStream.metricDeliverySuccess({ statistic: "p99", periodSeconds: 60 })).toMatchObject({
        extendedStatistic: "p99",
        period: 60,
      });
    });
  });
});
