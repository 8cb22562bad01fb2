import { readSeries, type SeriesQuery } from "../../../cli/verify/read-series";
import type { SparklineValues } from "../../../cli/verify/sparkline";
import { cloudWatchStub, jsonAnswer } from "../../helpers/aws-stub";

const QUERY: SeriesQuery = {
  id: "errors",
  namespace: "AWS/Logs",
  metric: "DeliveryErrors",
  statistic: "Sum",
  dimensions: [{ Name: "LogGroupName", Value: "/a" }],
};
const at = (time: string): number => Date.parse(`2026-01-31T${time}Z`) / 1000;

async function read(
  results: readonly object[],
  now = "12:00:59.999",
): Promise<{ readonly seriesOf: (id: string) => SparklineValues; readonly asked: unknown }> {
  let asked: unknown;
  const cloudWatch = cloudWatchStub(({ body }) => {
    asked = JSON.parse(body.toString());
    return jsonAnswer({ MetricDataResults: results });
  });
  const seriesOf = await readSeries({ cloudWatch, now: new Date(`2026-01-31T${now}Z`) }, [QUERY], 3);
  return { seriesOf, asked };
}

describe("the series of a metric", () => {
  test("is asked for up to the last whole minute", async () => {
    expect((await read([])).asked).toEqual({
      StartTime: at("11:57:00"),
      EndTime: at("12:00:00"),
      ScanBy: "TimestampAscending",
      MetricDataQueries: [
        {
          Id: "errors",
          MetricStat: {
            Metric: { Namespace: "AWS/Logs", MetricName: "DeliveryErrors", Dimensions: QUERY.dimensions },
            Period: 60,
            Stat: "Sum",
          },
        },
      ],
    });
  });

  test("is asked for up to now where a minute is just over", async () => {
    expect((await read([], "12:00:00")).asked).toMatchObject({ StartTime: at("11:57:00"), EndTime: at("12:00:00") });
  });

  test("has a value for each minute, undefined where CloudWatch has none, in whatever order", async () => {
    const { seriesOf } = await read([{ Id: "errors", Timestamps: [at("11:59:00"), at("11:57:00")], Values: [0, 7] }]);
    expect(seriesOf("errors")).toEqual([7, undefined, 0]);
  });

  test("has no value of another time", async () => {
    const { seriesOf } = await read([{ Id: "errors", Timestamps: [at("11:56:00"), at("12:00:00")], Values: [1, 2] }]);
    expect(seriesOf("errors")).toEqual([undefined, undefined, undefined]);
  });

  test("has no value at all where CloudWatch does not answer to its query", async () => {
    expect((await read([])).seriesOf("errors")).toEqual([undefined, undefined, undefined]);
  });

  test.each(["PartialData", "InternalError", "Forbidden"])("is undetermined with %s", async (StatusCode) => {
    await expect(read([{ Id: "errors", StatusCode }])).rejects.toThrow(
      "CloudWatch did not return all values of DeliveryErrors. Run the command again.",
    );
  });
});
