import { UndeterminedError } from "../../../cli/exit-codes";
import { readMetricSources } from "../../../cli/verify/read-metric-sources";
import { actionOf, cloudWatchStub, firehoseError, jsonAnswer, type Respond } from "../../helpers/aws-stub";
import { last } from "../../helpers/metrics";

const NOW = new Date("2026-01-31T12:00:20Z");
const entry = (Name: string, FirehoseArn: string): object => ({
  Name,
  FirehoseArn,
  State: "running",
  OutputFormat: "json",
});

function read(answers: Readonly<Record<string, Respond>>, requests = new Array<unknown>()) {
  const cloudWatch = cloudWatchStub((request) => {
    requests.push([actionOf(request), JSON.parse(request.body.toString())]);
    return (answers[actionOf(request)] ?? (() => firehoseError(400, "AccessDenied")))(request);
  });
  const context = { cloudWatch, now: NOW };
  return readMetricSources(context, { arn: "arn:stream" });
}

describe("the metric streams of a delivery stream", () => {
  const LIST: Respond = () => jsonAnswer({ Entries: [entry("ours", "arn:stream"), entry("other", "arn:other")] });

  test("are those that point at it, with details and error rate", async () => {
    const requests = new Array<unknown>();
    const minute = Date.parse("2026-01-31T11:59:00Z") / 1000;
    const sources = await read(
      {
        ListMetricStreams: LIST,
        GetMetricStream: () => jsonAnswer({ RoleArn: "role" }),
        GetMetricData: () =>
          jsonAnswer({ MetricDataResults: [{ Id: "publishErrorRate", Timestamps: [minute], Values: [0.5] }] }),
      },
      requests,
    );
    expect(sources).toEqual({
      metricStreams: [
        {
          name: "ours",
          destinationArn: "arn:stream",
          state: "running",
          outputFormat: "json",
          details: {
            roleArn: "role",
            includeFilters: [],
            excludeFilters: [],
            includesLinkedAccounts: false,
            statistics: [],
            sharesStatistics: false,
          },
          publishErrorRate: last(1, 0.5),
        },
      ],
      otherMetricStreams: [{ name: "other", destinationArn: "arn:other", state: "running", outputFormat: "json" }],
    });
    expect(requests).toEqual([
      ["ListMetricStreams", {}],
      ["GetMetricStream", { Name: "ours" }],
      [
        "GetMetricData",
        {
          StartTime: Date.parse("2026-01-31T11:45:00Z") / 1000,
          EndTime: Date.parse("2026-01-31T12:00:00Z") / 1000,
          ScanBy: "TimestampAscending",
          MetricDataQueries: [
            {
              Id: "publishErrorRate",
              MetricStat: {
                Metric: {
                  Namespace: "AWS/CloudWatch/MetricStreams",
                  MetricName: "PublishErrorRate",
                  Dimensions: [{ Name: "MetricStreamName", Value: "ours" }],
                },
                Period: 60,
                Stat: "Average",
              },
            },
          ],
        },
      ],
    ]);
  });

  test("have what is known where AWS denies the rest", async () => {
    expect(await read({ ListMetricStreams: LIST })).toMatchObject({
      metricStreams: [
        expect.objectContaining({
          name: "ours",
          details: new UndeterminedError(
            "AWS denied cloudwatch:GetMetricStream. Grant it to the user or role that runs this command.",
          ),
          publishErrorRate: new UndeterminedError(
            "AWS denied cloudwatch:GetMetricData. Grant it to the user or role that runs this command.",
          ),
        }),
      ],
    });
  });

  test("are not known where AWS denies the list", async () => {
    const sources = await read({});
    expect(sources.metricStreams).toBeInstanceOf(UndeterminedError);
    expect(sources.otherMetricStreams).toEqual([]);
  });
});
