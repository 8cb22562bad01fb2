import { readAlarms } from "../../../cli/verify/read-alarms";
import { actionOf, cloudWatchStub, firehoseError, jsonAnswer, type StubRequest } from "../../helpers/aws-stub";

const ALARM = {
  AlarmName: "failing",
  AlarmDescription: "Run verify.",
  StateValue: "ALARM",
  StateReason: "Threshold Crossed",
  StateUpdatedTimestamp: 1769860000,
  ActionsEnabled: true,
  AlarmActions: ["arn:a"],
  OKActions: ["arn:o"],
  InsufficientDataActions: ["arn:i"],
  Namespace: "AWS/Firehose",
  MetricName: "ThrottledRecords",
  Dimensions: [{ Name: "DeliveryStreamName", Value: "kloudfuse-logs" }],
};

/** Answers one page after another, and keeps the requests. */
function pages(...answers: readonly object[]) {
  const requests = new Array<StubRequest>();
  const cloudWatch = cloudWatchStub((request) => {
    requests.push(request);
    return jsonAnswer(answers[requests.length - 1] ?? {});
  });
  const bodies = (): unknown[] => requests.map(({ body }): unknown => JSON.parse(body.toString()));
  return { cloudWatch, bodies, actions: () => requests.map(actionOf) };
}

describe("the alarms of a region", () => {
  test("have state, actions and metric", async () => {
    const { cloudWatch } = pages({ MetricAlarms: [ALARM] });
    expect(await readAlarms({ cloudWatch })).toEqual({
      metricAlarms: [
        {
          name: "failing",
          description: "Run verify.",
          state: "ALARM",
          reason: "Threshold Crossed",
          since: new Date(1769860000_000),
          isEnabled: true,
          alarmActions: ["arn:a"],
          allActions: ["arn:a", "arn:o", "arn:i"],
          metrics: [
            {
              namespace: "AWS/Firehose",
              name: "ThrottledRecords",
              dimensions: new Map([["DeliveryStreamName", "kloudfuse-logs"]]),
            },
          ],
        },
      ],
      compositeAlarms: [],
    });
  });

  test("have the metrics of metric math, and none of an expression", async () => {
    const { cloudWatch } = pages({
      MetricAlarms: [
        {
          AlarmName: "math",
          Metrics: [
            { Id: "e1", Expression: "FILL(m1, 0)" },
            { Id: "m1", MetricStat: { Metric: { Namespace: "N", MetricName: "M" }, Period: 300, Stat: "Sum" } },
          ],
        },
      ],
    });
    const { metricAlarms } = await readAlarms({ cloudWatch });
    expect(metricAlarms.map(({ metrics }) => metrics)).toEqual([
      [{ namespace: "N", name: "M", dimensions: new Map() }],
    ]);
  });

  test("are in their state since it changed, not since its reason did", async () => {
    const { cloudWatch } = pages({ MetricAlarms: [{ ...ALARM, StateTransitionedTimestamp: 1769850000 }] });
    const { metricAlarms } = await readAlarms({ cloudWatch });
    expect(metricAlarms[0]?.since).toEqual(new Date(1769850000_000));
  });

  test("have actions that are not enabled", async () => {
    const { cloudWatch } = pages({ MetricAlarms: [{ ...ALARM, ActionsEnabled: false }] });
    expect((await readAlarms({ cloudWatch })).metricAlarms[0]?.isEnabled).toBe(false);
  });

  test("are read to the last page, composite alarms too", async () => {
    const { cloudWatch, bodies, actions } = pages(
      { MetricAlarms: [{ AlarmName: "a" }], NextToken: "next" },
      { MetricAlarms: [{ AlarmName: "b" }], CompositeAlarms: [{ AlarmName: "c", AlarmRule: "ALARM(a)" }] },
    );
    const { metricAlarms, compositeAlarms } = await readAlarms({ cloudWatch });
    expect(metricAlarms.map(({ name }) => name)).toEqual(["a", "b"]);
    expect(compositeAlarms.map(({ name, rule }) => [name, rule])).toEqual([["c", "ALARM(a)"]]);
    expect(actions()).toEqual(["DescribeAlarms", "DescribeAlarms"]);
    const first = { AlarmTypes: ["MetricAlarm", "CompositeAlarm"], MaxRecords: 100 };
    expect(bodies()).toEqual([first, { ...first, NextToken: "next" }]);
  });

  test("are undetermined where AWS denies them", async () => {
    const cloudWatch = cloudWatchStub(() => firehoseError(400, "AccessDeniedException"));
    await expect(readAlarms({ cloudWatch })).rejects.toThrow("AWS denied cloudwatch:DescribeAlarms.");
  });
});
