import { AccessDeniedError } from "../../../cli/aws/call";
import type { Metrics } from "../../../cli/verify/metrics";
import { readMetrics } from "../../../cli/verify/read-metrics";
import { readSeries } from "../../../cli/verify/read-series";
import { knownOf } from "../../../cli/verify/sparkline";
import { Json } from "../../e2e/helpers/json";
import { actionOf, cloudWatchStub, firehoseError, jsonAnswer, type Respond } from "../../helpers/aws-stub";

/** 20 s after a whole minute. */
const NOW = new Date("2026-01-31T12:00:20Z");
const secondsAt = (time: string): number => Date.parse(`2026-01-31T${time}Z`) / 1000;

const read = (respond: Respond): Promise<Metrics> =>
  readMetrics({ cloudWatch: cloudWatchStub(respond), now: NOW }, "kloudfuse-logs");
const answer = (...results: readonly object[]): Respond => {
  return () => jsonAnswer({ MetricDataResults: results });
};

describe("the reading of the metrics", () => {
  test("asks once for every metric, over three hours to the last whole minute", async () => {
    const bodies = new Array<unknown>();
    await read((request) => {
      bodies.push(actionOf(request), JSON.parse(request.body.toString()));
      return jsonAnswer({});
    });
    expect(bodies).toHaveLength(2);
    expect(bodies[0]).toBe("GetMetricData");
    expect(bodies[1]).toMatchObject({ StartTime: secondsAt("09:00:00"), EndTime: secondsAt("12:00:00") });
  });

  test("asks for each metric of the stream alone, minute by minute, with the statistic that says most", async () => {
    let body: unknown;
    await read((request) => {
      body = JSON.parse(request.body.toString());
      return jsonAnswer({});
    });
    const query = (Id: string, MetricName: string, Stat: string): object => ({
      Id,
      MetricStat: {
        Metric: {
          Namespace: "AWS/Firehose",
          MetricName,
          Dimensions: [{ Name: "DeliveryStreamName", Value: "kloudfuse-logs" }],
        },
        Period: 60,
        Stat,
      },
    });
    expect(body).toMatchObject({
      MetricDataQueries: [
        query("incoming", "IncomingRecords", "Sum"),
        query("success", "DeliveryToHttpEndpoint.Success", "Average"),
        query("delivered", "DeliveryToHttpEndpoint.Records", "Sum"),
        query("freshness", "DeliveryToHttpEndpoint.DataFreshness", "Maximum"),
        query("throttled", "ThrottledRecords", "Sum"),
        query("deliveredToS3", "DeliveryToS3.Records", "Sum"),
        query("deliveryToS3Success", "DeliveryToS3.Success", "Average"),
        query("deliveryToS3Freshness", "DeliveryToS3.DataFreshness", "Maximum"),
        query("backedUpToS3", "BackupToS3.Records", "Sum"),
        query("backupToS3Success", "BackupToS3.Success", "Average"),
        query("backupToS3Freshness", "BackupToS3.DataFreshness", "Maximum"),
      ],
    });
  });

  test("puts each value at its minute, in whatever order CloudWatch has them", async () => {
    const { incoming } = await read(
      answer({
        Id: "incoming",
        Timestamps: [secondsAt("11:59:00"), secondsAt("09:00:00"), secondsAt("10:30:00")],
        Values: [3, 1, 2],
      }),
    );
    expect(incoming).toHaveLength(180);
    expect([incoming[0], incoming[1], incoming[90], incoming[178], incoming[179]]).toEqual([
      1,
      undefined,
      2,
      undefined,
      3,
    ]);
    expect(knownOf(incoming)).toEqual([1, 2, 3]);
  });

  test("leaves out values beyond the hours", async () => {
    const { incoming } = await read(
      answer({ Id: "incoming", Timestamps: [secondsAt("08:59:00"), secondsAt("12:00:00")], Values: [1, 2] }),
    );
    expect(knownOf(incoming)).toEqual([]);
  });

  test("tells zero from no value", async () => {
    const metrics = await read(answer({ Id: "throttled", Timestamps: [secondsAt("11:00:00")], Values: [0] }));
    expect(knownOf(metrics.throttled)).toEqual([0]);
    expect(knownOf(metrics.incoming)).toEqual([]);
  });

  test("names the permission that is missing", async () => {
    await expect(read(() => firehoseError(400, "AccessDeniedException"))).rejects.toThrow(
      new AccessDeniedError(
        "AWS denied cloudwatch:GetMetricData. Grant it to the user or role that runs this command.",
      ),
    );
  });
});

describe("the reading of many metrics", () => {
  test("asks for 500 at once", async () => {
    const asked = new Array<number>();
    const cloudWatch = cloudWatchStub((request) => {
      const queries = Json.parse(request.body.toString()).at("MetricDataQueries").list;
      asked.push(queries.length);
      const Timestamps = [secondsAt("11:59:00")];
      return jsonAnswer({
        MetricDataResults: queries.map((query) => ({ Id: query.at("Id").text, Timestamps, Values: [1] })),
      });
    });
    const queries = Array.from({ length: 501 }, (_, index) => ({
      id: `m${index}`,
      namespace: "n",
      metric: "m",
      statistic: "Sum",
      dimensions: [],
    }));
    const seriesOf = await readSeries({ cloudWatch, now: NOW }, queries, 2);
    expect(asked).toEqual([500, 1]);
    expect([seriesOf("m0"), seriesOf("m500"), seriesOf("other")]).toEqual([
      [undefined, 1],
      [undefined, 1],
      [undefined, undefined],
    ]);
  });
});
