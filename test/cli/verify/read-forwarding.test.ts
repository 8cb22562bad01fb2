import {
  type ForwardingMetric,
  listForwardingMetrics,
  MAX_METRICS,
  readForwarding,
} from "../../../cli/verify/read-forwarding";
import { Json } from "../../e2e/helpers/json";
import { actionOf, cloudWatchStub, firehoseError, jsonAnswer, type Respond } from "../../helpers/aws-stub";

const NOW = new Date("2026-01-31T12:00:20Z");
/** The last whole minute. */
const LAST = Date.parse("2026-01-31T11:59:00Z") / 1000;

const metricOf = (id: ForwardingMetric["id"], logGroup: string): ForwardingMetric => ({
  id,
  logGroup,
  filter: "",
  isOfAccount: false,
  dimensions: [{ Name: "LogGroupName", Value: logGroup }],
});

describe("the list of the forwarding metrics", () => {
  test("has log group, filter and level of each subscription", async () => {
    const respond: Respond = ({ body }) =>
      jsonAnswer({
        Metrics:
          Json.parse(body.toString()).at("MetricName").text === "DeliveryErrors"
            ? [
                {
                  Dimensions: [
                    { Name: "LogGroupName", Value: "/ecs/api" },
                    { Name: "FilterName", Value: "kloudfuse" },
                  ],
                },
                { Dimensions: [{ Name: "PolicyLevel", Value: "AccountPolicy" }] },
                {},
              ]
            : [],
      });
    expect(await listForwardingMetrics({ cloudWatch: cloudWatchStub(respond) })).toEqual([
      {
        id: "deliveryErrors",
        logGroup: "/ecs/api",
        filter: "kloudfuse",
        isOfAccount: false,
        dimensions: [
          { Name: "LogGroupName", Value: "/ecs/api" },
          { Name: "FilterName", Value: "kloudfuse" },
        ],
      },
      {
        id: "deliveryErrors",
        logGroup: "",
        filter: "",
        isOfAccount: true,
        dimensions: [{ Name: "PolicyLevel", Value: "AccountPolicy" }],
      },
      { id: "deliveryErrors", logGroup: "", filter: "", isOfAccount: false, dimensions: [] },
    ]);
  });

  test("asks for each metric of CloudWatch Logs that was active lately", async () => {
    const asked = new Array<unknown>();
    await listForwardingMetrics({
      cloudWatch: cloudWatchStub((request) => {
        asked.push(JSON.parse(request.body.toString()));
        return jsonAnswer({ Metrics: [] });
      }),
    });
    expect(asked).toEqual(
      ["ForwardedLogEvents", "DeliveryErrors", "DeliveryThrottling"].map((MetricName) => ({
        Namespace: "AWS/Logs",
        MetricName,
        RecentlyActive: "PT3H",
      })),
    );
  });

  test("is undetermined where AWS denies it", async () => {
    const cloudWatch = cloudWatchStub(() => firehoseError(400, "AccessDeniedException"));
    await expect(listForwardingMetrics({ cloudWatch })).rejects.toThrow("AWS denied cloudwatch:ListMetrics.");
  });
});

describe("the events that were forwarded", () => {
  /** Answers with the same value in the last minute for each query but those that have none. */
  const values =
    (value: number, missing: readonly string[] = []): Respond =>
    (request) => {
      expect(actionOf(request)).toBe("GetMetricData");
      const queries = Json.parse(request.body.toString()).at("MetricDataQueries").list;
      return jsonAnswer({
        MetricDataResults: queries
          .map((query) => query.at("Id").text)
          .filter((id) => !missing.includes(id))
          .map((Id) => ({ Id, Timestamps: [LAST], Values: [value] })),
      });
    };
  const read = async (respond: Respond, ...metrics: readonly ForwardingMetric[]) =>
    await readForwarding({ cloudWatch: cloudWatchStub(respond), now: NOW }, metrics);

  test("are added up for each log group, of each metric apart", async () => {
    const found = await read(
      values(3),
      metricOf("forwarded", "/a"),
      metricOf("forwarded", "/a"),
      metricOf("forwarded", "/b"),
      metricOf("deliveryErrors", "/a"),
    );
    expect(found).toEqual({
      forwarded: {
        byLogGroup: new Map([
          ["/a", 6],
          ["/b", 3],
        ]),
        notRead: 0,
      },
      deliveryErrors: { byLogGroup: new Map([["/a", 3]]), notRead: 0 },
      deliveryThrottling: { byLogGroup: new Map(), notRead: 0 },
    });
  });

  test("are not zero where CloudWatch has no value", async () => {
    const { forwarded } = await read(values(3, ["m0"]), metricOf("forwarded", "/a"), metricOf("forwarded", "/b"));
    expect(forwarded.byLogGroup).toEqual(new Map([["/b", 3]]));
  });

  test("are zero where CloudWatch says so", async () => {
    const { deliveryErrors } = await read(values(0), metricOf("deliveryErrors", "/a"));
    expect(deliveryErrors.byLogGroup).toEqual(new Map([["/a", 0]]));
  });

  test.each([
    [MAX_METRICS, 0],
    [MAX_METRICS + 3, 3],
  ])("of %d metrics leave %d out, and say so", async (count, notRead) => {
    const metrics = Array.from({ length: count }, (_, index) => metricOf("forwarded", `/${index}`));
    const { forwarded } = await read(values(1), ...metrics);
    expect({ read: forwarded.byLogGroup.size, notRead: forwarded.notRead }).toEqual({ read: MAX_METRICS, notRead });
  });

  test("are undetermined where AWS denies it", async () => {
    await expect(read(() => firehoseError(400, "AccessDeniedException"), metricOf("forwarded", "/a"))).rejects.toThrow(
      "AWS denied cloudwatch:GetMetricData.",
    );
  });

  test("are not asked for without a metric", async () => {
    const { forwarded } = await read(() => firehoseError(400, "AccessDeniedException"));
    expect(forwarded).toEqual({ byLogGroup: new Map(), notRead: 0 });
  });
});
