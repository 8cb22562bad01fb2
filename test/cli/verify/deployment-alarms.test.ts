import { deploymentAlarms } from "../../../cli/verify/deployment-alarms";
import type { MetricAlarmState, WatchedMetric } from "../../../cli/verify/read-alarms";
import { alarmOf, compositeOf, metricOf } from "../../helpers/alarms";

const SUBJECTS = { streams: ["kloudfuse-metrics", "kloudfuse-logs"], metricStreams: ["all-metrics"] };
const isFound = (fields: Partial<MetricAlarmState>): boolean =>
  deploymentAlarms({ metricAlarms: [alarmOf(fields)], compositeAlarms: [] }, SUBJECTS).metricAlarms.length > 0;
const ofMetric = (fields: Partial<WatchedMetric>): boolean => isFound({ metrics: [metricOf(fields)] });

describe("the alarms of a deployment", () => {
  test("are those on a metric of a stream, whatever their name", () => {
    expect(ofMetric({})).toBe(true);
    expect(ofMetric({ dimensions: new Map([["DeliveryStreamName", "kloudfuse-metrics"]]) })).toBe(true);
  });

  test("are those with one such metric among others", () => {
    expect(isFound({ metrics: [metricOf({ dimensions: new Map() }), metricOf()] })).toBe(true);
  });

  test("are those of a metric stream that feeds a stream", () => {
    expect(ofMetric({ dimensions: new Map([["MetricStreamName", "all-metrics"]]) })).toBe(true);
    expect(ofMetric({ dimensions: new Map([["MetricStreamName", "other"]]) })).toBe(false);
  });

  test("are those of a metric of the error log, which has no dimensions", () => {
    const dimensions = new Map<string, string>();
    const namespace = "KloudfuseFirehose";
    expect(ofMetric({ namespace, name: "kloudfuse-metrics-request-too-large", dimensions })).toBe(true);
    expect(ofMetric({ namespace, name: "kloudfuse-metrics2-request-too-large", dimensions })).toBe(false);
    expect(ofMetric({ namespace: "Other", name: "kloudfuse-metrics-request-too-large", dimensions })).toBe(false);
  });

  test("are those with a name that the module gives, even with other metrics", () => {
    const metrics = [metricOf({ dimensions: new Map() })];
    expect(isFound({ name: "kloudfuse-logs-delivery-failing", metrics })).toBe(true);
    expect(isFound({ name: "kloudfuse-logs-ingester-cpu", metrics })).toBe(false);
  });

  test("are no others", () => {
    expect(ofMetric({ dimensions: new Map([["DeliveryStreamName", "other"]]) })).toBe(false);
    expect(ofMetric({ dimensions: new Map([["DeliveryStreamName", "kloudfuse-logs-2"]]) })).toBe(false);
    expect(ofMetric({ dimensions: new Map() })).toBe(false);
  });

  test("have the composite alarms that tell of them", () => {
    const [ours, other] = [compositeOf(), compositeOf({ rule: "ALARM(other)" })];
    const found = deploymentAlarms({ metricAlarms: [alarmOf()], compositeAlarms: [ours, other] }, SUBJECTS);
    expect(found.compositeAlarms).toEqual([ours]);
  });
});
