import { UndeterminedError } from "../../../cli/exit-codes";
import { readLogSources } from "../../../cli/verify/read-log-sources";
import { asObject } from "../../../iam/json";
import { Json } from "../../e2e/helpers/json";
import {
  actionOf,
  bodyOf,
  cloudWatchStub,
  firehoseError,
  jsonAnswer,
  logsStub,
  type Respond,
} from "../../helpers/aws-stub";
import { destinationWith, streamWith } from "../../helpers/delivery-stream";
import { expectedStackWith } from "../../helpers/fleet";

const NOW = new Date("2026-01-31T12:00:20Z");
const MINUTE = Date.parse("2026-01-31T11:59:00Z") / 1000;
const STREAM = streamWith({ destination: destinationWith({ errorLog: { group: "/errors", stream: "s" } }) });

/** The dimensions of a metric. */
const dimensions = (values: Readonly<Record<string, string>>): object => ({
  Dimensions: Object.entries(values).map(([Name, Value]) => ({ Name, Value })),
});
const ofFilter = (LogGroupName: string, FilterName: string): object =>
  dimensions({ LogGroupName, DestinationType: "Firehose", FilterName });

/** A region with log groups /a and /b, of which /a feeds the stream; every metric that is read is 3. */
function region(answers: Readonly<Record<string, Respond>> = {}, expectedLogGroups?: readonly string[]) {
  const requests = new Array<readonly [action: string, body: Json]>();
  const defaults: Readonly<Record<string, Respond>> = {
    ListMetrics: () => jsonAnswer({ Metrics: [ofFilter("/b", "f"), ofFilter("/a", "f"), ofFilter("/a", "other")] }),
    DescribeAccountPolicies: () => jsonAnswer({ accountPolicies: [] }),
    DescribeLogGroups: () => jsonAnswer({ logGroups: [{ logGroupName: "/a" }, { logGroupName: "/b" }] }),
    DescribeSubscriptionFilters: (request) =>
      jsonAnswer({
        subscriptionFilters: [
          { filterName: "f", destinationArn: bodyOf(request).at("logGroupName").text === "/a" ? STREAM.arn : "else" },
        ],
      }),
    GetMetricData: (request) =>
      jsonAnswer({
        MetricDataResults: bodyOf(request)
          .at("MetricDataQueries")
          .list.map((query) => ({ Id: query.at("Id").text, Timestamps: [MINUTE], Values: [3] })),
      }),
  };
  const respond: Respond = (request) => {
    requests.push([actionOf(request), bodyOf(request)]);
    return (answers[actionOf(request)] ?? defaults[actionOf(request)] ?? (() => firehoseError(400, "Unexpected")))(
      request,
    );
  };
  const context = {
    cloudWatch: cloudWatchStub(respond),
    logs: logsStub(respond),
    now: NOW,
    ...(expectedLogGroups === undefined ? {} : { expected: expectedStackWith({ logGroups: expectedLogGroups }) }),
  };
  const bodiesOf = (action: string): Json[] => requests.filter(([name]) => name === action).map(([, body]) => body);
  return { read: () => readLogSources(context, STREAM), bodiesOf };
}

const eventsOf = (values: Readonly<Record<string, number>>, notRead = 0): object => ({
  byLogGroup: new Map(Object.entries(values)),
  notRead,
});

describe("what feeds a logs stream", () => {
  test("are its filters, and the metrics of each", async () => {
    const { read, bodiesOf } = region();
    const { policies, subscribed, forwarding } = await read();
    expect(policies).toEqual([]);
    expect(subscribed).toMatchObject({ count: 4, isComplete: true, errors: [] });
    expect(forwarding).toEqual({
      forwarded: eventsOf({ "/a": 3 }),
      deliveryErrors: eventsOf({ "/a": 3 }),
      deliveryThrottling: eventsOf({ "/a": 3 }),
    });
    expect(bodiesOf("ListMetrics").map(({ value }) => value)).toEqual(
      ["ForwardedLogEvents", "DeliveryErrors", "DeliveryThrottling"].map((MetricName) => ({
        Namespace: "AWS/Logs",
        MetricName,
        RecentlyActive: "PT3H",
      })),
    );
    expect(bodiesOf("GetMetricData").map((body) => asObject(body.value)["MetricDataQueries"])).toEqual([
      ["ForwardedLogEvents", "DeliveryErrors", "DeliveryThrottling"].map((MetricName, index) => ({
        Id: `m${index}`,
        MetricStat: {
          Metric: {
            Namespace: "AWS/Logs",
            MetricName,
            Dimensions: [
              { Name: "LogGroupName", Value: "/a" },
              { Name: "DestinationType", Value: "Firehose" },
              { Name: "FilterName", Value: "f" },
            ],
          },
          Period: 60,
          Stat: "Sum",
        },
      })),
    ]);
  });

  test("begin with the log groups of a fleet file, after the error log groups", async () => {
    const { read, bodiesOf } = region({}, ["/z-expected"]);
    await read();
    const asked = bodiesOf("DescribeSubscriptionFilters").map((body) => body.at("logGroupName").text);
    // HTTP delivery and S3 backup have an error log group each.
    expect(asked.indexOf("/z-expected")).toBe(2);
  });

  test("begin with the error log groups, and with the log groups that forwarded events lately", async () => {
    const { read, bodiesOf } = region();
    await read();
    expect(bodiesOf("DescribeSubscriptionFilters").map((body) => body.at("logGroupName").text)).toEqual([
      "/errors",
      "group",
      "/b",
      "/a",
    ]);
  });

  test.each([
    ["the policy's name", dimensions({ LogGroupName: "/b", FilterName: "all" }), { "/b": 3 }],
    ["a level of the policy", dimensions({ PolicyLevel: "AccountPolicy" }), { "": 3 }],
    ["another filter", ofFilter("/b", "f"), {}],
  ])("are the metrics of an account policy by %s", async (_name, metric, values) => {
    const { read } = region({
      ListMetrics: () => jsonAnswer({ Metrics: [metric] }),
      DescribeAccountPolicies: () =>
        jsonAnswer({
          accountPolicies: [{ policyName: "all", policyDocument: JSON.stringify({ DestinationArn: STREAM.arn }) }],
        }),
    });
    expect((await read()).forwarding).toMatchObject({ deliveryErrors: eventsOf(values) });
  });

  test("are no metrics of another filter that has the account policy's name", async () => {
    const { read } = region({
      ListMetrics: () => jsonAnswer({ Metrics: [ofFilter("/b", "f")] }),
      DescribeAccountPolicies: () =>
        jsonAnswer({
          accountPolicies: [{ policyName: "f", policyDocument: JSON.stringify({ DestinationArn: STREAM.arn }) }],
        }),
    });
    expect((await read()).forwarding).toMatchObject({ deliveryErrors: eventsOf({}) });
  });

  test("are no metrics of an account policy that points elsewhere", async () => {
    const { read } = region({
      ListMetrics: () => jsonAnswer({ Metrics: [dimensions({ PolicyLevel: "AccountPolicy" })] }),
      DescribeAccountPolicies: () =>
        jsonAnswer({ accountPolicies: [{ policyName: "all", policyDocument: '{"DestinationArn":"else"}' }] }),
    });
    expect((await read()).forwarding).toMatchObject({ deliveryErrors: eventsOf({}) });
  });

  test.each([
    [50, 0],
    [51, 1],
  ])("of %i metrics leave out %i", async (count, notRead) => {
    const filters = Array.from({ length: count }, (_, index) => `f${index}`);
    const { read } = region({
      ListMetrics: () => jsonAnswer({ Metrics: filters.map((name) => ofFilter("/a", name)) }),
      DescribeSubscriptionFilters: () =>
        jsonAnswer({ subscriptionFilters: filters.map((filterName) => ({ filterName, destinationArn: STREAM.arn })) }),
    });
    expect((await read()).forwarding).toMatchObject({ forwarded: eventsOf({ "/a": 150 }, notRead) });
  });

  test("are looked for on every page of metrics", async () => {
    const LAST_PAGE = 6;
    const { read, bodiesOf } = region({
      ListMetrics: (request) => {
        const page = Number(asObject(bodyOf(request).value)["NextToken"] ?? 1);
        return jsonAnswer(
          page === LAST_PAGE
            ? { Metrics: [ofFilter("/a", "f")] }
            : { Metrics: [ofFilter("/other", "f")], NextToken: String(page + 1) },
        );
      },
    });
    expect((await read()).forwarding).toMatchObject({ forwarded: eventsOf({ "/a": 3 }) });
    expect(bodiesOf("ListMetrics")).toHaveLength(3 * LAST_PAGE);
  });

  test("read no metric where there is none", async () => {
    const { read, bodiesOf } = region({ ListMetrics: () => jsonAnswer({ Metrics: [] }) });
    expect((await read()).forwarding).toMatchObject({ forwarded: eventsOf({}) });
    expect(bodiesOf("GetMetricData")).toEqual([]);
  });

  test.each([
    ["DescribeAccountPolicies", "logs:DescribeAccountPolicies", "policies"],
    ["ListMetrics", "cloudwatch:ListMetrics", "forwarding"],
    ["GetMetricData", "cloudwatch:GetMetricData", "forwarding"],
  ] as const)("are known but for what %s would say", async (action, permission, field) => {
    const { read } = region({ [action]: () => firehoseError(400, "AccessDeniedException") });
    const sources = await read();
    expect(sources[field]).toEqual(
      new UndeterminedError(`AWS denied ${permission}. Grant it to the user or role that runs this command.`),
    );
    expect(sources.subscribed).toMatchObject({ isComplete: true, errors: [] });
  });
});
