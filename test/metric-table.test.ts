import { METRICS } from "../cli/verify/metrics";
import { KloudfuseFirehose, type StreamMetric } from "../modules";
import { STREAM_METRICS, type StreamMetricId } from "../modules/metric-table";
import { inStack } from "./helpers/synth";

describe("the table of metrics", () => {
  test("has an entry per metric", () => {
    const names = Object.values(STREAM_METRICS).map(({ metric }) => metric);
    expect(new Set(names).size).toBe(names.length);
  });

  test("is what verify reads", () => {
    expect(STREAM_METRICS).toMatchObject(METRICS);
  });

  test("is what the construct's methods return", () => {
    inStack((stack) => {
      const { logsStream } = new KloudfuseFirehose(stack, "Default", { kloudfuseIngesterHost: "kfuse.example.com" });
      const metrics: Readonly<Record<StreamMetricId, StreamMetric>> = {
        incoming: logsStream.metricIncomingRecords(),
        incomingBytes: logsStream.metricIncomingBytes(),
        incomingRequests: logsStream.metricIncomingPutRequests(),
        recordsLimit: logsStream.metricRecordsPerSecondLimit(),
        bytesLimit: logsStream.metricBytesPerSecondLimit(),
        requestsLimit: logsStream.metricPutRequestsPerSecondLimit(),
        throttled: logsStream.metricThrottledRecords(),
        success: logsStream.metricDeliverySuccess(),
        delivered: logsStream.metricDeliveredRecords(),
        freshness: logsStream.metricDataFreshness(),
        deliveredToS3: logsStream.metricDeliveryToS3Records(),
        deliveryToS3Success: logsStream.metricDeliveryToS3Success(),
        deliveryToS3Freshness: logsStream.metricDeliveryToS3DataFreshness(),
        backedUpToS3: logsStream.metricBackupToS3Records(),
        backupToS3Success: logsStream.metricBackupToS3Success(),
        backupToS3Freshness: logsStream.metricBackupToS3DataFreshness(),
        keyAccessDenied: logsStream.metricKmsKeyAccessDenied(),
        keyDisabled: logsStream.metricKmsKeyDisabled(),
        keyInvalidState: logsStream.metricKmsKeyInvalidState(),
        keyNotFound: logsStream.metricKmsKeyNotFound(),
      };
      expect(metrics).toEqual(
        Object.fromEntries(
          Object.entries(STREAM_METRICS).map(([id, { metric, statistic }]) => [
            id,
            {
              namespace: "AWS/Firehose",
              metricName: metric,
              dimensions: { DeliveryStreamName: logsStream.streamName },
              statistic,
              period: 300,
            },
          ]),
        ),
      );
    });
  });

  test("gives way to the options of a method", () => {
    inStack((stack) => {
      const { metricsStream } = new KloudfuseFirehose(stack, "Default", { kloudfuseIngesterHost: "kfuse.example.com" });
      expect(metricsStream.metricDeliverySuccess({ statistic: "p99", periodSeconds: 60 })).toEqual({
        namespace: "AWS/Firehose",
        metricName: "DeliveryToHttpEndpoint.Success",
        dimensions: { DeliveryStreamName: metricsStream.streamName },
        extendedStatistic: "p99",
        period: 60,
      });
    });
  });
});
