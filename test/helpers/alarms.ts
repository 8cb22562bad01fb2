import type { CompositeAlarmState, MetricAlarmState, WatchedMetric } from "../../cli/verify/read-alarms";

export const TOPIC_ARN = "arn:aws:sns:eu-west-1:123456789012:alarms";

/** A metric of the logs stream. */
export const metricOf = (fields: Partial<WatchedMetric> = {}): WatchedMetric => ({
  namespace: "AWS/Firehose",
  name: "DeliveryToHttpEndpoint.Success",
  dimensions: new Map([["DeliveryStreamName", "kloudfuse-logs"]]),
  ...fields,
});

const BASE = {
  name: "logs-failing",
  description: "Kloudfuse rejects requests. Run kloudfuse-firehose verify to find the cause.",
  state: "OK",
  reason: "Threshold Crossed",
  since: new Date("2026-01-31T11:40:00Z"),
  isEnabled: true,
  alarmActions: [TOPIC_ARN],
  allActions: [TOPIC_ARN],
};

/** An alarm on the logs stream that is OK. */
export const alarmOf = (fields: Partial<MetricAlarmState> = {}): MetricAlarmState => ({
  ...BASE,
  metrics: [metricOf()],
  ...fields,
});

/** A composite alarm that tells of that alarm. */
export const compositeOf = (fields: Partial<CompositeAlarmState> = {}): CompositeAlarmState => ({
  ...BASE,
  name: "any",
  rule: 'ALARM("logs-failing")',
  ...fields,
});
