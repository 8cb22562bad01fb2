import { readAdoptableSources } from "../../../cli/adopt/read-sources";
import {
  actionOf,
  bodyOf,
  cloudWatchStub,
  firehoseError,
  jsonAnswer,
  logsStub,
  type StubRequest,
  type StubResponse,
} from "../../helpers/aws-stub";

const LOCATION = { partition: "aws-cn", region: "cn-north-1", accountId: "123456789012" };
const filterOf = (filterName: string) => ({
  filterName,
  destinationArn: "stream",
  roleArn: "role",
  filterPattern: "",
});

const ANSWERS: Readonly<Record<string, (request: StubRequest) => StubResponse>> = {
  ListMetricStreams: () => jsonAnswer({ Entries: [{ Name: "all", FirehoseArn: "stream" }, { Name: "gone" }] }),
  GetMetricStream: (request) =>
    bodyOf(request).at("Name").text === "gone"
      ? firehoseError(404, "ResourceNotFoundException")
      : jsonAnswer({
          RoleArn: "role",
          StatisticsConfigurations: [
            { IncludeMetrics: [{ Namespace: "AWS/ELB", MetricName: "Latency" }], AdditionalStatistics: ["p99"] },
          ],
        }),
  ListTagsForResource: (request) =>
    jsonAnswer({ Tags: [{ Key: "arn", Value: bodyOf(request).at("ResourceARN").text }] }),
  DescribeLogGroups: () =>
    jsonAnswer({
      logGroups: [
        { logGroupName: "/b" },
        { logGroupName: "/rare", logGroupClass: "INFREQUENT_ACCESS" },
        { logGroupName: "/a" },
        { logGroupName: "/c" },
      ],
    }),
  DescribeSubscriptionFilters: (request) =>
    jsonAnswer({ subscriptionFilters: [filterOf(`of ${bodyOf(request).at("logGroupName").text}`)] }),
  DescribeAccountPolicies: () => jsonAnswer({ accountPolicies: [{ policyName: "p" }] }),
};

const readWith = async (overrides: Readonly<Record<string, StubResponse>> = {}, progress = (): void => undefined) => {
  const respond = (request: StubRequest): StubResponse => {
    const action = actionOf(request);
    return overrides[action] ?? ANSWERS[action]?.(request) ?? {};
  };
  return await readAdoptableSources(
    { cloudWatch: cloudWatchStub(respond), logs: logsStub(respond) },
    LOCATION,
    progress,
  );
};

const DENIED = firehoseError(400, "AccessDeniedException");

describe("what feeds the streams", () => {
  test("are metric streams that exist, with statistics and tags", async () => {
    expect((await readWith()).metricStreams).toMatchObject([
      {
        name: "all",
        destinationArn: "stream",
        roleArn: "role",
        statistics: [{ namespace: "AWS/ELB", metricName: "Latency", statistics: ["p99"] }],
        tags: { arn: "arn:aws-cn:cloudwatch:cn-north-1:123456789012:metric-stream/all" },
      },
    ]);
  });

  test("are filters of log groups that can have one, sorted, and account policies", async () => {
    const progress = jest.fn();
    const { filters, accountPolicies } = await readWith({}, progress);
    expect(filters).toMatchObject([
      { logGroup: "/a", name: "of /a" },
      { logGroup: "/b", name: "of /b" },
      { logGroup: "/c", name: "of /c" },
    ]);
    expect(accountPolicies).toMatchObject([{ name: "p" }]);
    expect(progress).toHaveBeenLastCalledWith(3);
  });

  test.each([
    ["ListMetricStreams", "metricStreams"],
    ["GetMetricStream", "metricStreams"],
    ["ListTagsForResource", "metricStreams"],
    ["DescribeLogGroups", "filters"],
    ["DescribeSubscriptionFilters", "filters"],
    ["DescribeAccountPolicies", "accountPolicies"],
  ] as const)("are undetermined of one kind only where AWS denies %s", async (action, kind) => {
    const sources = await readWith({ [action]: DENIED });
    const undetermined = Object.entries(sources).filter(([, answer]) => answer instanceof Error);
    expect(undetermined.map(([name, answer]) => [name, String(answer)])).toEqual([
      [kind, expect.stringContaining(`${action}.`)],
    ]);
  });
});
