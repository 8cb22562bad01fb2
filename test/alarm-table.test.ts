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
import { matchesJsonPattern } from "./helpers/filter-pattern";

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
