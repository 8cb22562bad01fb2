import { readFileSync } from "node:fs";
import { join } from "node:path";
import {
  type Alarm,
  alarmDescription,
  alarmName,
  ALARMS,
  MAX_DESCRIPTION_CHARACTERS,
  REQUEST_TOO_LARGE_PATTERN,
  stalledSeconds,
} from "../modules/alarm-table";
import { isInAlarm } from "../scripts/simulation/alarm-evaluation";
import { ALARM_SCENARIOS, firingAlarms, type Reading } from "../scripts/simulation/alarm-scenarios";
import { matchesJsonPattern } from "./helpers/filter-pattern";
import { evaluateExpression, type MathReading, type Points } from "../scripts/simulation/metric-math";

const _ = undefined;

/** Condition, periods and treatment of missing data of each alarm. */
const CONDITIONS: Readonly<Record<string, string>> = {
  delivery_failing: "success LessThanThreshold 1, 3 of 3, notBreaching",
  records_backed_up: "FILL(delivered, 0) + FILL(backedup, 0) GreaterThanThreshold 0, 1 of 3, notBreaching",
  backup_failing: "(1 - FILL(delivered, 1)) + (1 - FILL(backedup, 1)) GreaterThanThreshold 0, 2 of 3, notBreaching",
  delivery_stalled: "freshness GreaterThanThreshold stalled seconds, 3 of 3, notBreaching",
  throttled: "throttled GreaterThanThreshold 0, 2 of 3, notBreaching",
  quota_near:
    "100 * MAX([records / PERIOD(records) / recordslimit, bytes / PERIOD(bytes) / byteslimit, requests / PERIOD(requests) / requestslimit]) GreaterThanThreshold quota percentage, 3 of 5, notBreaching",
  customer_key_unusable:
    "FILL(denied, 0) + FILL(disabled, 0) + FILL(invalid, 0) + FILL(notfound, 0) GreaterThanThreshold 0, 1 of 3, notBreaching",
  request_too_large: "rejected GreaterThanThreshold 0, 1 of 1, notBreaching",
  metric_stream_failing: "errors GreaterThanThreshold 0, 6 of 6, breaching",
  metrics_silent: "records LessThanThreshold 1, 6 of 6, breaching",
};

const METRICS: Readonly<Record<string, string>> = {
  delivery_failing: "Average DeliveryToHttpEndpoint.Success",
  records_backed_up: "Sum DeliveryToS3.Records, Sum BackupToS3.Records",
  backup_failing: "Average DeliveryToS3.Success, Average BackupToS3.Success",
  delivery_stalled: "Maximum DeliveryToHttpEndpoint.DataFreshness",
  throttled: "Sum ThrottledRecords",
  quota_near:
    "Sum IncomingRecords, Average RecordsPerSecondLimit, Sum IncomingBytes, Average BytesPerSecondLimit, Sum IncomingPutRequests, Average PutRequestsPerSecondLimit",
  customer_key_unusable: "Sum KMSKeyAccessDenied, Sum KMSKeyDisabled, Sum KMSKeyInvalidState, Sum KMSKeyNotFound",
  request_too_large: "Sum RequestTooLarge",
  metric_stream_failing: "Average PublishErrorRate",
  metrics_silent: "Sum IncomingRecords",
};

describe("the alarms", () => {
  const alarms: readonly Alarm[] = ALARMS;

  test("have these conditions", () => {
    const conditions = alarms.map(
      ({ id, metrics, expression, comparison, threshold, datapointsToAlarm, evaluationPeriods, missingData }) => [
        id,
        `${expression ?? Object.keys(metrics).join(" ")} ${comparison} ${threshold}, ${datapointsToAlarm} of ${evaluationPeriods}, ${missingData}`,
      ],
    );
    expect(Object.fromEntries(conditions)).toEqual(CONDITIONS);
  });

  test("are over these metrics", () => {
    const metrics = alarms.map((alarm) => [
      alarm.id,
      Object.values(alarm.metrics)
        .map(({ statistic, metric }) => `${statistic} ${metric}`)
        .join(", "),
    ]);
    expect(Object.fromEntries(metrics)).toEqual(METRICS);
  });

  test.each(alarms)("$id has a description that CloudWatch accepts, with a command and without a severity", (alarm) => {
    const description = alarmDescription(alarm);
    expect(description.length).toBeLessThanOrEqual(MAX_DESCRIPTION_CHARACTERS);
    expect(description).toMatch(/^[ -~]+$/);
    expect(description).toMatch(/In a clone of the kloudfuse-firehose repository run npx kloudfuse-firehose verify/);
    expect(description).toMatch(/Causes and fixes: docs\/causes[.]md there[.]$/);
    expect(description).not.toMatch(/critical|warning|severe|urgent|alert|emergency/i);
  });

  test.each(alarms)("$id calls its metrics as CloudWatch allows, beginning with a small letter", ({ metrics }) => {
    expect(Object.keys(metrics).filter((name) => !/^[a-z][a-zA-Z0-9_]*$/.test(name))).toEqual([]);
  });

  test("are named after their stream, the longest of which fits", () => {
    expect(alarmName("kloudfuse-logs", { id: "records_backed_up" })).toBe("kloudfuse-logs-records-backed-up");
    expect(Math.max(...alarms.map((alarm) => alarmName("s".repeat(64), alarm).length))).toBeLessThanOrEqual(255);
  });

  test.each([
    [60, 300, 900],
    [300, 300, 900],
    [301, 300, 901],
    [900, 7200, 8400],
  ])("with an interval of %i and retries of %i seconds stall at %i", (interval, retry, seconds) => {
    expect(stalledSeconds(interval, retry)).toBe(seconds);
  });
});

describe("which alarms fire", () => {
  const FIRING: Readonly<Record<string, object>> = {
    healthy: {},
    "total outage": { delivery_failing: 15, records_backed_up: 15 },
    "slow endpoint": {},
    "413 only": { request_too_large: 5 },
    "backup denied": { delivery_failing: 15, backup_failing: 20, delivery_stalled: 30 },
    "quiet account": {},
    throttled: { throttled: 10, quota_near: 15 },
    "key disabled": { customer_key_unusable: 5 },
    "metric stream stopped": { metric_stream_failing: 40, metrics_silent: 40 },
  };

  test("is simulated for every situation", () => {
    expect(ALARM_SCENARIOS.map(({ name }) => name)).toEqual(Object.keys(FIRING));
  });

  test.each(ALARM_SCENARIOS)("$name", (scenario) => {
    expect(firingAlarms(scenario)).toEqual(FIRING[scenario.name]);
  });

  // No alarm may depend on what is not documented: whether FILL fills a metric that was never published, whether an
  // operator between a number and a series has values in the series' gaps, and whether values come within their period.
  const READINGS: Readonly<Record<string, Partial<Reading>>> = {
    "FILL leaves a metric without data empty": { fillsEmptySeries: false },
    "an operator with a number has values in gaps": { operatorsFillGaps: true },
  };

  describe.each(Object.entries(READINGS))("is the same where %s", (_name, reading) => {
    test.each(ALARM_SCENARIOS)("$name", (scenario) => {
      expect(firingAlarms(scenario, reading)).toEqual(FIRING[scenario.name]);
    });
  });

  test.each(ALARM_SCENARIOS)("$name: the same alarms where the values of the latest period are late", (scenario) => {
    const late = firingAlarms(scenario, { delayPeriods: 1 });
    expect(Object.keys(late)).toEqual(Object.keys(FIRING[scenario.name] ?? {}));
  });
});

describe("the evaluation of missing data", () => {
  const X = 1;
  const state = (points: Points, datapointsToAlarm: number): [boolean, boolean] => {
    const of = (missingData: Alarm["missingData"]): boolean =>
      isInAlarm(
        points,
        { comparison: "GreaterThanThreshold", evaluationPeriods: 3, datapointsToAlarm, missingData },
        0,
      );
    return [of("breaching"), of("notBreaching")];
  };

  // CloudWatch User Guide, "How alarm state is evaluated when data is missing": the tables of examples.
  test.each<[Points, number, boolean, boolean]>([
    [[0, _, X, _, X], 3, false, false],
    [[0, _, _, _, _], 3, false, false],
    [[_, _, _, _, _], 3, true, false],
    [[0, X, X, _, X], 3, true, true],
    [[_, _, X, _, _], 3, true, false],
    [[0, _, X, _, X], 2, true, true],
    [[0, 0, X, 0, X], 2, true, true],
    [[0, _, X, _, _], 2, true, false],
    [[_, _, _, _, 0], 2, true, false],
    [[_, _, _, X, _], 2, true, false],
  ])("of %j, %i of 3: breaching %s, not breaching %s", (points, datapoints, breaching, notBreaching) => {
    expect(state(points, datapoints)).toEqual([breaching, notBreaching]);
  });
});

describe("metric math", () => {
  const evaluate = (expression: string, reading: Partial<MathReading> = {}): Points =>
    evaluateExpression(expression, {
      series: { a: [1, _, 3], b: [_, _, 6], never: [_, _, _] },
      length: 3,
      periodSeconds: 300,
      ...reading,
    });

  test.each<[string, Points]>([
    ["a", [1, _, 3]],
    // The documentation: missing values are treated as 0, a division by zero is dropped.
    ["a + b", [1, _, 9]],
    ["a + never", [1, _, 3]],
    ["b / (a - 1)", [_, _, 3]],
    ["1 - a", [0, _, -2]],
    ["FILL(a, 0) + FILL(b, 0)", [1, 0, 9]],
    ["FILL(never, 0)", [0, 0, 0]],
    ["300 * MAX([a / PERIOD(a), b])", [1, _, 1800]],
    ["(a - 1) * 2", [0, _, 4]],
    ["2 * 3 * a", [6, _, 18]],
  ])("%s", (expression, points) => {
    expect(evaluate(expression)).toEqual(points);
  });

  test("FILL may leave a metric that was never published empty", () => {
    expect(evaluate("FILL(never, 0)", { fillsEmptySeries: false })).toEqual([_, _, _]);
    expect(evaluate("FILL(a, 0)", { fillsEmptySeries: false })).toEqual([1, 0, 3]);
  });

  test("an operator with a number may have values in gaps", () => {
    expect(evaluate("1 - a", { operatorsFillGaps: true })).toEqual([0, 1, -2]);
    expect(evaluate("1 - never", { operatorsFillGaps: true })).toEqual([_, _, _]);
  });

  test.each(["c", "a +", "a b", "SUM(a)", "MIN([a])", "MAX(1)"])("rejects %s", (expression) => {
    expect(() => evaluate(expression)).toThrow(Error);
  });
});

describe("docs/monitoring.md", () => {
  let text = "";

  beforeAll(() => {
    text = readFileSync(join(__dirname, "../docs/monitoring.md"), "utf8");
  });
  const metricsOf = (alarms: readonly Alarm[]): number =>
    alarms.reduce(
      (sum, { scope, metrics }) => sum + Object.keys(metrics).length * (scope === "delivery stream" ? 2 : 1),
      0,
    );
  const all: readonly Alarm[] = ALARMS;
  const withoutMetricStream = all.filter(({ requires }) => requires !== "metric stream");

  test.each<[string, readonly Alarm[]]>([
    ["alarms of both streams", withoutMetricStream],
    ["the same with a metric stream", all],
    [
      "the same without `quota_near` (`alarm_quota_percent = 0`)",
      withoutMetricStream.filter(({ id }) => id !== "quota_near"),
    ],
  ])("counts what AWS bills: %s", (what, alarms) => {
    const count = metricsOf(alarms);
    expect(text).toContain(`| ${what} | ${count} metrics × 0.10`);
    expect(text).toMatch(new RegExp(`[|] ${count} metrics × 0[.]10[^|]*[|] ${(count / 10).toFixed(2)}`));
  });

  test("names the alarms of a stream", () => {
    expect(withoutMetricStream.filter(({ scope }) => scope === "delivery stream")).toHaveLength(7);
    expect(text).toContain("seven alarms of each stream");
  });
});

describe("the filter pattern of requests that are too large", () => {
  // Firehose Developer Guide, "Troubleshooting HTTP endpoints": the record of its example.
  const RECORD = {
    deliveryStreamARN: "arn:aws:firehose:us-east-1:123456789012:deliverystream/kloudfuse-logs",
    destination: "custom.firehose.endpoint.com...",
    message:
      'The following response was received from the endpoint destination. 413: {"requestId": "43b8e724", "errorMessage": "Payload too large"}',
    errorCode: "HttpEndpoint.DestinationException",
  };
  const matches = (record: object): boolean => matchesJsonPattern(REQUEST_TOO_LARGE_PATTERN, { ...RECORD, ...record });

  test("matches the documented record", () => {
    expect(matches({})).toBe(true);
  });

  test.each([
    ["another status", { message: "The following response was received from the endpoint destination. 503: {}" }],
    [
      "413 in the body of another answer",
      { message: 'The following response was received from the endpoint destination. 502: {"errorMessage": "413: x"}' },
    ],
    ["a status that begins with 413", { message: "... from the endpoint destination. 4130: {}" }],
    ["another error", { errorCode: "HttpEndpoint.RequestTimeout" }],
    ["a record without a message", { message: undefined }],
  ])("does not match %s", (_what, record) => {
    expect(matches(record)).toBe(false);
  });

  test("has wildcards at the ends only, where CloudWatch Logs knows them, and at most 1024 characters", () => {
    expect(REQUEST_TOO_LARGE_PATTERN).not.toMatch(/[^"]\*[^"]/);
    expect(REQUEST_TOO_LARGE_PATTERN.length).toBeLessThanOrEqual(1024);
  });
});
