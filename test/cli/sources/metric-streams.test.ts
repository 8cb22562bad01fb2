import { getMetricStreamDetails, listMetricStreams } from "../../../cli/sources/metric-streams";
import { actionOf, cloudWatchStub, firehoseError, jsonAnswer, type Respond } from "../../helpers/aws-stub";

const list = (respond: Respond) => listMetricStreams(cloudWatchStub(respond));
const details = (respond: Respond) => getMetricStreamDetails(cloudWatchStub(respond), "name");

describe("the list of metric streams", () => {
  test("has those of every page, with destination, state and format", async () => {
    const requests = new Array<unknown>();
    const streams = await list((request) => {
      requests.push([actionOf(request), JSON.parse(request.body.toString())]);
      return jsonAnswer(
        requests.length === 1
          ? {
              Entries: [{ Name: "one", FirehoseArn: "arn", State: "running", OutputFormat: "json" }],
              NextToken: "next",
            }
          : { Entries: [{ Name: "two" }] },
      );
    });
    expect(streams).toEqual([
      { name: "one", destinationArn: "arn", state: "running", outputFormat: "json" },
      { name: "two", destinationArn: "", state: "", outputFormat: "" },
    ]);
    expect(requests).toEqual([
      ["ListMetricStreams", {}],
      ["ListMetricStreams", { NextToken: "next" }],
    ]);
  });

  test("names the permission that is missing", async () => {
    await expect(list(() => firehoseError(400, "AccessDenied"))).rejects.toThrow(
      "AWS denied cloudwatch:ListMetricStreams.",
    );
  });
});

describe("the details of a metric stream", () => {
  test("have role, filters and linked accounts", async () => {
    const stream = {
      RoleArn: "role",
      IncludeFilters: [{ Namespace: "AWS/EC2", MetricNames: ["CPUUtilization"] }, { Namespace: "AWS/S3" }],
      IncludeLinkedAccountsMetrics: true,
    };
    expect(await details(() => jsonAnswer(stream))).toEqual({
      roleArn: "role",
      includeFilters: [
        { namespace: "AWS/EC2", metricNames: ["CPUUtilization"] },
        { namespace: "AWS/S3", metricNames: [] },
      ],
      excludeFilters: [],
      includesLinkedAccounts: true,
      statistics: [],
      sharesStatistics: false,
    });
  });

  test.each([[{}], [{ IncludeFilters: [], ExcludeFilters: [] }]])("of %j have no filters", async (stream) => {
    expect(await details(() => jsonAnswer(stream))).toEqual({
      roleArn: "",
      includeFilters: [],
      excludeFilters: [],
      includesLinkedAccounts: false,
      statistics: [],
      sharesStatistics: false,
    });
  });

  test.each([
    [1, false],
    [2, true],
  ])("have statistics of %j metrics in one configuration", async (count, sharesStatistics) => {
    const IncludeMetrics = ["a", "b"].slice(0, count).map((MetricName) => ({ Namespace: "AWS/EC2", MetricName }));
    const stream = { StatisticsConfigurations: [{ IncludeMetrics, AdditionalStatistics: ["p99"] }] };
    expect(await details(() => jsonAnswer(stream))).toMatchObject({
      statistics: IncludeMetrics.map(() => ({ statistics: ["p99"] })),
      sharesStatistics,
    });
  });

  test("are undefined where it no longer exists", async () => {
    expect(await details(() => firehoseError(404, "ResourceNotFoundException"))).toBeUndefined();
  });

  test("name the permission that is missing", async () => {
    await expect(details(() => firehoseError(400, "AccessDenied"))).rejects.toThrow(
      "AWS denied cloudwatch:GetMetricStream.",
    );
  });
});
