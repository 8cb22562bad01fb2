import { TerraformVariable, Token } from "cdktf";
import { KloudfuseFirehose, MetricStreamRole } from "../modules";
import { firehose, inStack, stackWith } from "./helpers/synth";

const STREAM = "aws_cloudwatch_metric_stream.metric_stream";
const ROLE = "aws_iam_role.metric_stream_role";
const POLICY = "aws_iam_role_policy.metric_stream_put_records";
const DOCUMENT = "aws_iam_policy_document.metric_stream_put_records_document";
const HOST = "kfuse.example.com";
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555";

describe("a metric stream", () => {
  test("is not created unless it is asked for", () => {
    expect(firehose().addresses.filter((address) => address.includes("metric_stream"))).toEqual([]);
  });

  test("feeds the metrics stream in JSON, with a role of its own, after both streams and all policies", () => {
    const template = firehose({ metricStream: {} });
    expect(template.resource(STREAM)).toMatchObject({
      name: "kloudfuse-metrics",
      firehose_arn: "${aws_kinesis_firehose_delivery_stream.metrics.arn}",
      role_arn: "${aws_iam_role.metric_stream_role.arn}",
      output_format: "json",
      include_linked_accounts_metrics: false,
      depends_on: [
        "aws_iam_role_policy.metric_stream_put_records",
        "aws_kinesis_firehose_delivery_stream.metrics",
        "aws_kinesis_firehose_delivery_stream.logs",
        "aws_iam_role_policy.delivery_put_records",
        "aws_iam_role_policy.delivery_deliver",
      ],
    });
    for (const block of ["include_filter", "exclude_filter", "statistics_configuration", "count", "lifecycle"]) {
      expect(template.resource(STREAM, block) ?? []).toEqual([]);
    }
  });

  test("is named without the dots of the delivery stream's name, or by metricStreamName", () => {
    expect(firehose({ metricStream: {}, metricsStreamName: "a.b.c" }).resource(STREAM, "name")).toBe("a-b-c");
    expect(firehose({ metricStream: { metricStreamName: "m" } }).resource(STREAM, "name")).toBe("m");
  });

  test("selects metrics and statistics", () => {
    const template = firehose({
      metricStream: {
        includeFilters: { "AWS/EC2": ["CPUUtilization"], "AWS/S3": [] },
        statistics: [{ namespace: "AWS/S3", metricName: "FirstByteLatency", statistics: ["p99", "tm90"] }],
        includeLinkedAccounts: true,
      },
    });
    expect(template.resource(STREAM)).toMatchObject({
      include_filter: [{ namespace: "AWS/EC2", metric_names: ["CPUUtilization"] }, { namespace: "AWS/S3" }],
      statistics_configuration: [
        {
          additional_statistics: ["p99", "tm90"],
          include_metric: [{ namespace: "AWS/S3", metric_name: "FirstByteLatency" }],
        },
      ],
      include_linked_accounts_metrics: true,
    });
    const excluding = firehose({ metricStream: { excludeFilters: { "AWS/EBS": [] } } });
    expect(excluding.resource(STREAM, "exclude_filter")).toEqual([{ namespace: "AWS/EBS" }]);
  });

  test("may put records on the metrics stream and use its key, and nothing else", () => {
    const statement = (template = firehose({ metricStream: {} })): unknown => template.data(DOCUMENT, "statement");
    const putRecords = {
      sid: "PutRecords",
      actions: ["firehose:PutRecord", "firehose:PutRecordBatch"],
      resources: [
        "arn:${data.aws_partition.partition.partition}:firehose:${data.aws_region.region.id}:${data.aws_caller_identity.account.account_id}:deliverystream/kloudfuse-metrics",
      ],
    };
    expect(statement()).toEqual([putRecords]);
    expect(statement(firehose({ metricStream: {}, kmsKeyArn: KEY }))).toMatchObject([
      putRecords,
      {
        sid: "UseKmsKey",
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: [KEY],
        condition: [{ test: "StringEquals", variable: "kms:ViaService" }],
      },
    ]);
  });

  test("has a role that only CloudWatch may assume, for this account, named by the region", () => {
    const template = firehose({ metricStream: {}, tags: { team: "platform" } });
    expect(template.resource(ROLE)).toMatchObject({
      name: 'KloudfuseMetricStreamRole-${element(split(":", aws_cloudwatch_log_group.errors.arn), 3)}',
      path: "/",
      tags: { team: "platform" },
    });
    expect(template.data("aws_iam_policy_document.metric_stream_role_trust", "statement")).toEqual([
      {
        sid: "CloudWatchMetricStreams",
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["streams.metrics.cloudwatch.amazonaws.com"] }],
        condition: [
          {
            test: "StringEquals",
            variable: "aws:SourceAccount",
            values: ["${data.aws_caller_identity.account.account_id}"],
          },
        ],
      },
    ]);
    expect(template.resource(POLICY, "name")).toBe("KloudfuseMetricStreamPermissions");
  });

  test("uses a role that exists, with a policy named by region and stream, or none", () => {
    const arn = "arn:aws:iam::123456789012:role/observability/metric-streams";
    const withRole = (attachPolicies?: boolean): ReturnType<typeof firehose> =>
      firehose({}, (stack) => ({
        metricStream: { role: MetricStreamRole.fromRoleArn(stack, "mine", arn, { attachPolicies }) },
      }));
    const template = withRole();
    expect(template.resource(STREAM, "role_arn")).toBe(arn);
    expect(template.resource(STREAM, "lifecycle", "precondition")).toHaveLength(2);
    expect(template.resource(POLICY)).toMatchObject({
      name: 'KloudfuseMetricStreamPermissions-${element(split(":", aws_cloudwatch_log_group.errors.arn), 3)}-kloudfuse-metrics',
    });
    expect(template.addresses).not.toContain(ROLE);
    expect(withRole(false).addresses).not.toContain(POLICY);
  });

  test("takes a role that is created beside it", () => {
    const template = firehose({}, (stack) => ({
      metricStream: { role: new MetricStreamRole(stack, "mine", { roleName: "metric-streams", rolePath: "/o11y/" }) },
    }));
    expect(template.resource("aws_iam_role.mine")).toMatchObject({ name: "metric-streams", path: "/o11y/" });
    expect(template.resource(STREAM, "role_arn")).toBe("${aws_iam_role.mine.arn}");
  });

  test("follows tokens with dynamic blocks and preconditions", () => {
    const template = stackWith((stack) => {
      const variable = (name: string, type: string): TerraformVariable => new TerraformVariable(stack, name, { type });
      new KloudfuseFirehose(stack, "Default", {
        kloudfuseIngesterHost: HOST,
        metricStream: {
          includeFilters: Token.asAny(variable("include", "map(list(string))").value),
          statistics: [
            { namespace: "AWS/ELB", metricName: variable("metric", "string").stringValue, statistics: ["p9"] },
          ],
        },
      });
    });
    expect(template.resource(STREAM, "dynamic")).toEqual({
      include_filter: {
        for_each: "${var.include}",
        content: { namespace: "${include_filter.key}", metric_names: "${include_filter.value}" },
      },
    });
    const messages = (template.resource(STREAM, "lifecycle", "precondition") as { error_message: string }[]).map(
      ({ error_message }) => error_message.replace(/, got .*/, ""),
    );
    expect(messages).toContain("includeFilters must have at most 1000 namespaces and metric names");
    expect(messages).toContain("statistics must contain only metrics that pass the filters");
    expect(messages).not.toContain("excludeFilters must have a list for every namespace");
    expect(template.json).toMatchObject({
      locals: {
        metric_stream_input_statistics: [{ namespace: "AWS/ELB", metric_name: "${var.metric}", statistics: ["p9"] }],
      },
    });
  });

  test("checks its literals by the names of its properties", () => {
    expect(() =>
      firehose({
        metricStream: {
          metricStreamName: "a.b",
          includeFilters: { "AWS/EC2": [""] },
          excludeFilters: { "AWS/S3": [] },
        },
      }),
    ).toThrow(
      new Error(
        'metricStreamName must be 1 to 255 of the characters a-z A-Z 0-9 _ -, got "a.b". Choose another name, unique among the metric streams of the account and region.\n' +
          'every metric name in includeFilters must not be blank, got "". Use a map such as { "AWS/EC2" = ["CPUUtilization"], "AWS/S3" = [] }, with [] for all metrics of a namespace.\n' +
          'excludeFilters conflicts with includeFilters, got "AWS/S3". Remove one of them: CloudWatch accepts either kind of filter.',
      ),
    );
  });

  test("needs the metrics stream", () => {
    expect(() => firehose({ signals: ["logs"], metricStream: {} })).toThrow(
      new Error(
        'signals must contain "metrics" to use the metrics stream of test/Default, got ["logs"]. Add "metrics".',
      ),
    );
  });

  test("is a property of the construct", () => {
    inStack((stack) => {
      const props = { kloudfuseIngesterHost: HOST };
      expect(new KloudfuseFirehose(stack, "a", { ...props, metricStream: {} }).metricStream.role.node.path).toBe(
        "test/a/metric_stream/role",
      );
      expect(() => new KloudfuseFirehose(stack, "b", props).metricStream).toThrow(
        new Error("metricStream is required to use the metric stream of test/b. Set it, for example to {}."),
      );
    });
  });
});
