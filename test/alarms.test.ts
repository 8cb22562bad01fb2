import { TerraformOutput, TerraformVariable } from "cdktf";
import { KloudfuseFirehose, KloudfuseFirehoseModule } from "../modules";
import { alarmDescription, ALARMS } from "../modules/alarm-table";
import { firehose, inStack, stackWith, synthesize, type Template } from "./helpers/synth";

const TOPIC_ARN = "arn:aws:sns:eu-west-1:123456789012:on-call";
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/k";
const ALARM = "aws_cloudwatch_metric_alarm.alarms";
const FILTER = "aws_cloudwatch_log_metric_filter.alarms_request_too_large_filter";
const HOST = "kfuse.example.com";

const PER_STREAM = [
  "backup_failing",
  "delivery_failing",
  "delivery_stalled",
  "quota_near",
  "records_backed_up",
  "throttled",
];

const alarmIds = (template: ReturnType<typeof firehose>): string[] =>
  template.addresses
    .filter((address) => address.startsWith("aws_cloudwatch_metric_alarm"))
    .map((address) => address.replace(`${ALARM}_`, ""));

/** The messages of the preconditions, without the values received. */
const messagesOf = (template: Template): string[] =>
  (template.resource(FILTER, "lifecycle", "precondition") as { error_message: string }[]).map(({ error_message }) =>
    error_message.replace(/, got [^]*/, ""),
  );

const description = (id: string): string => {
  const [alarm] = ALARMS.filter((one) => one.id === id);
  return alarm === undefined ? "" : alarmDescription(alarm);
};

describe("alarms", () => {
  test("are not created unless they are asked for", () => {
    expect(firehose().addresses.filter((address) => /alarm|sns|metric_filter/.test(address))).toEqual([]);
  });

  test("are of each stream, and of the error log", () => {
    const expected = [...PER_STREAM.flatMap((id) => [`metrics_${id}`, `logs_${id}`]), "request_too_large"];
    expect(alarmIds(firehose({ alarms: {} }))).toEqual(expected.sort());
  });

  test("are of one stream where there is one", () => {
    const expected = [...PER_STREAM.map((id) => `logs_${id}`), "request_too_large"];
    expect(alarmIds(firehose({ alarms: {}, signals: ["logs"] }))).toEqual(expected.sort());
  });

  test("are of the key and of the metric stream where there are these, and not of the quota at 0", () => {
    const template = firehose({ alarms: { quotaPercent: 0 }, kmsKeyArn: KEY, metricStream: {} });
    const expected = [...PER_STREAM.filter((id) => id !== "quota_near").concat("customer_key_unusable")].flatMap(
      (id) => [`metrics_${id}`, `logs_${id}`],
    );
    expect(alarmIds(template)).toEqual(
      [...expected, "request_too_large", "metric_stream_failing", "metrics_silent"].sort(),
    );
    expect(template.resource(`${ALARM}_metric_stream_failing`)).toMatchObject({
      alarm_name: "kloudfuse-metrics-metric-stream-failing",
      treat_missing_data: "breaching",
      metric_query: [
        {
          metric: {
            namespace: "AWS/CloudWatch/MetricStreams",
            metric_name: "PublishErrorRate",
            dimensions: { MetricStreamName: "${aws_cloudwatch_metric_stream.metric_stream.name}" },
          },
        },
      ],
    });
  });

  test("have a condition, a description, and no actions without a topic", () => {
    const metric = (metric_name: string): object => ({
      namespace: "AWS/Firehose",
      metric_name,
      dimensions: { DeliveryStreamName: "${aws_kinesis_firehose_delivery_stream.logs.name}" },
      period: 300,
      stat: "Sum",
    });
    expect(firehose({ alarms: {}, tags: { team: "a" } }).resource(`${ALARM}_logs_records_backed_up`)).toEqual({
      "//": expect.anything() as unknown,
      alarm_name: "kloudfuse-logs-records-backed-up",
      alarm_description: description("records_backed_up"),
      comparison_operator: "GreaterThanThreshold",
      threshold: 0,
      evaluation_periods: 3,
      datapoints_to_alarm: 1,
      treat_missing_data: "notBreaching",
      metric_query: [
        {
          id: "result",
          expression: "FILL(delivered, 0) + FILL(backedup, 0)",
          label: "records_backed_up",
          return_data: true,
        },
        { id: "delivered", metric: metric("DeliveryToS3.Records") },
        { id: "backedup", metric: metric("BackupToS3.Records") },
      ],
      alarm_actions: [],
      ok_actions: [],
      tags: { team: "a" },
    });
  });

  test.each([
    [{}, 900],
    [{ logsBufferingIntervalSeconds: 400 }, 1000],
    [{ retryDurationSeconds: 7200 }, 7560],
    [{ alarms: { stalledSeconds: 500 } }, 500],
  ])("of stalled delivery with %j fire above %i seconds", (props, threshold) => {
    const template = firehose({ alarms: {}, ...props });
    expect(template.resource(`${ALARM}_logs_delivery_stalled`, "threshold")).toBe(threshold);
  });

  test.each([
    [{}, 80],
    [{ quotaPercent: 60 }, 60],
  ])("of a stream near its quota with %j fire above %i percent", (alarms, threshold) => {
    expect(firehose({ alarms }).resource(`${ALARM}_logs_quota_near`, "threshold")).toBe(threshold);
  });

  test("of silent metrics watch the delivery stream, not the metric stream", () => {
    const template = firehose({ alarms: {}, metricStream: {} });
    expect(template.resource(`${ALARM}_metrics_silent`)).toMatchObject({
      alarm_name: "kloudfuse-metrics-metrics-silent",
      metric_query: [
        {
          metric: {
            metric_name: "IncomingRecords",
            dimensions: { DeliveryStreamName: "${aws_kinesis_firehose_delivery_stream.metrics.name}" },
          },
        },
      ],
    });
  });

  test("have their names in an attribute", () => {
    const template = stackWith((stack) => {
      const props = { kloudfuseIngesterHost: HOST, alarms: { quotaPercent: 0 }, signals: ["logs" as const] };
      const { alarms } = new KloudfuseFirehose(stack, "Default", props);
      new TerraformOutput(stack, "names", { value: alarms.alarmNames });
    });
    const expected = [...PER_STREAM.filter((id) => id !== "quota_near").map((id) => `logs_${id}`), "request_too_large"];
    const names = template.output("names", "value") as string[];
    expect([...names].sort()).toEqual(expected.map((id) => `\${${ALARM}_${id}.alarm_name}`).sort());
  });

  test("count the requests that are too large in the error log, by a metric of the deployment's own", () => {
    const template = firehose({ alarms: {}, metricsStreamName: "team.metrics" });
    expect(template.resource(FILTER)).toMatchObject({
      name: "team.metrics-request-too-large",
      log_group_name: "${aws_cloudwatch_log_group.errors.name}",
      pattern: '{ ($.errorCode = "HttpEndpoint.DestinationException") && ($.message = "*destination. 413:*") }',
      metric_transformation: { namespace: "KloudfuseFirehose", name: "team.metrics-request-too-large", value: "1" },
    });
    expect(template.resource(`${ALARM}_request_too_large`, "metric_query")).toEqual([
      {
        id: "rejected",
        return_data: true,
        metric: {
          namespace: "KloudfuseFirehose",
          metric_name: "team.metrics-request-too-large",
          dimensions: {},
          period: 300,
          stat: "Sum",
        },
      },
    ]);
  });
});

describe("the topic of the alarms", () => {
  test("may exist, and gets recoveries too where that is asked for", () => {
    const template = firehose({ alarms: { topicArn: TOPIC_ARN, okActions: true } });
    expect(template.resource(`${ALARM}_logs_throttled`)).toMatchObject({
      alarm_actions: [TOPIC_ARN],
      ok_actions: [TOPIC_ARN],
    });
    expect(template.addresses.filter((address) => address.includes("sns"))).toEqual([]);
  });

  test("is created with its key, its addresses, and a policy for this account's alarms only", () => {
    const template = firehose({
      alarms: { topic: { emails: ["on-call@example.com"], kmsKeyArn: KEY } },
      metricsStreamName: "team.metrics",
    });
    expect(template.resource("aws_sns_topic.alarms_topic")).toMatchObject({
      name: "team-metrics-alarms",
      kms_master_key_id: KEY,
    });
    expect(template.resource("aws_sns_topic_subscription.alarms_topic_email")).toMatchObject({
      for_each: '${toset(["on-call@example.com"])}',
      topic_arn: "${aws_sns_topic.alarms_topic.arn}",
      protocol: "email",
      endpoint: "${each.value}",
    });
    expect(template.data("aws_iam_policy_document.alarms_topic_policy_document", "statement")).toEqual([
      {
        sid: "CloudWatchAlarms",
        actions: ["sns:Publish"],
        resources: ["${aws_sns_topic.alarms_topic.arn}"],
        principals: [{ type: "Service", identifiers: ["cloudwatch.amazonaws.com"] }],
        condition: [
          {
            test: "StringEquals",
            variable: "aws:SourceAccount",
            values: ["${data.aws_caller_identity.account.account_id}"],
          },
          {
            test: "ArnLike",
            variable: "aws:SourceArn",
            values: [
              'arn:${data.aws_partition.partition.partition}:cloudwatch:${element(split(":", aws_cloudwatch_log_group.errors.arn), 3)}:${data.aws_caller_identity.account.account_id}:alarm:*',
            ],
          },
        ],
      },
    ]);
    expect(template.resource(`${ALARM}_logs_throttled`, "alarm_actions")).toEqual([
      "${aws_sns_topic_policy.alarms_topic_policy.arn}",
    ]);
  });
});

describe("the properties of alarms", () => {
  test.each([
    [{ topicArn: `${TOPIC_ARN}.fifo` }, /^topicArn must be the ARN of an SNS topic that is not a FIFO topic, got/],
    [{ topicArn: TOPIC_ARN, topic: {} }, /^topicArn conflicts with topic, got/],
    [{ topic: { kmsKeyArn: "alias/aws/sns" } }, /^kmsKeyArn must be the ARN of a KMS key, not of an alias, got/],
    [{ stalledSeconds: 60 }, /^stalledSeconds must be above the buffering intervals, got 60[.]/],
    [{ quotaPercent: 101 }, /^quotaPercent must be a whole number from 0 to 100, got 101[.]/],
  ])("%j are rejected", (alarms, message) => {
    expect(() => firehose({ alarms })).toThrow(message);
  });

  test("are checked when Terraform plans where they are tokens", () => {
    const template = stackWith((stack) => {
      const topicArn = new TerraformVariable(stack, "topic", { type: "string" }).stringValue;
      new KloudfuseFirehose(stack, "Default", { kloudfuseIngesterHost: HOST, alarms: { topicArn } });
    });
    expect(messagesOf(template)).toEqual([
      "topicArn must be the ARN of an SNS topic that is not a FIFO topic",
      "topicArn conflicts with topic",
      "topicArn must be in the partition that the streams are deployed to, ${data.aws_partition.partition.partition}",
      "topicArn must be in the streams' region, ${data.aws_region.region.id}",
    ]);
  });

  test("are compared with buffering intervals that are tokens, which the streams check by themselves", () => {
    const template = stackWith((stack) => {
      const bufferingIntervalSeconds = new TerraformVariable(stack, "interval", { type: "number" }).numberValue;
      new KloudfuseFirehose(stack, "Default", {
        kloudfuseIngesterHost: HOST,
        bufferingIntervalSeconds,
        alarms: { stalledSeconds: 1000 },
      });
    });
    expect(messagesOf(template)).toEqual(["stalledSeconds must be above the buffering intervals"]);
  });

  test("may be a quota percentage that Terraform knows when it plans: 0 leaves the alarm out", () => {
    const template = stackWith((stack) => {
      const quotaPercent = new TerraformVariable(stack, "percent", { type: "number" }).numberValue;
      const kloudfuse = new KloudfuseFirehose(stack, "Default", {
        kloudfuseIngesterHost: HOST,
        alarms: { quotaPercent },
      });
      new TerraformOutput(stack, "names", { value: kloudfuse.alarms.alarmNames });
    });
    expect(template.resource(`${ALARM}_logs_quota_near`, "count")).toBe("${(var.percent >= 1) ? 1 : 0}");
    expect(template.resource(`${ALARM}_logs_throttled`, "count")).toBeUndefined();
    expect(template.output("names", "value")).toContain(`${ALARM}_logs_quota_near[*].alarm_name`);
  });

  test("are required to use the alarms", () => {
    inStack((stack) => {
      const kloudfuse = new KloudfuseFirehose(stack, "Default", { kloudfuseIngesterHost: HOST });
      expect(() => kloudfuse.alarms).toThrow(
        new Error("alarms is required to use the alarms of test/Default. Set it, for example to {}."),
      );
    });
  });
});

describe("the module's alarms", () => {
  let template: Template;

  beforeAll(() => {
    template = synthesize((app) => new KloudfuseFirehoseModule(app, "kloudfuse-firehose"));
  });

  test("exist by what is known when Terraform plans", () => {
    const stream = "(var.create_alarms && var.create_logs_stream)";
    const count = (id: string): unknown => template.resource(`${ALARM}_${id}`, "count");
    expect(count("logs_throttled")).toBe(`\${${stream} ? 1 : 0}`);
    expect(count("logs_quota_near")).toBe(`\${(${stream} && (var.alarm_quota_percent >= 1)) ? 1 : 0}`);
    // The ARN of a key may be unknown then.
    expect(count("logs_customer_key_unusable")).toBe(`\${${stream} ? 1 : 0}`);
    expect(count("metric_stream_failing")).toBe("${(var.create_alarms && var.create_metric_stream) ? 1 : 0}");
    expect(count("request_too_large")).toBe("${var.create_alarms ? 1 : 0}");
    expect(template.resource(FILTER, "count")).toBe("${var.create_alarms ? 1 : 0}");
  });

  test("have the thresholds of the variables", () => {
    expect(template.resource(`${ALARM}_logs_quota_near`, "threshold")).toBe("${var.alarm_quota_percent}");
  });

  test("check what depends on the location, as the variables check the rest", () => {
    expect(messagesOf(template)).toEqual([
      "alarm_topic_arn must be in the partition that the streams are deployed to, ${data.aws_partition.partition.partition}",
      "alarm_topic_arn must be in the streams' region, ${data.aws_region.region.id}",
      "alarm_topic_kms_key_arn must be in the partition that the streams are deployed to, ${data.aws_partition.partition.partition}",
      "alarm_topic_kms_key_arn must be in the streams' region, ${data.aws_region.region.id}",
    ]);
  });

  test("publish to the topic that is created, or to the one that exists, or to none", () => {
    const topic = "var.create_alarm_topic ? aws_sns_topic_policy.alarms_topic_policy[0].arn : var.alarm_topic_arn";
    expect(template.resource(`${ALARM}_logs_throttled`)).toMatchObject({
      alarm_actions: `\${compact([${topic}])}`,
      ok_actions: `\${var.alarm_ok_actions ? compact([${topic}]) : []}`,
    });
  });
});
