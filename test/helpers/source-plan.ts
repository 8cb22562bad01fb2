import type { Policy } from "../../policies/policy";
import { ACCOUNT, type PlannedChange, type PlanParts } from "./plan";
import type { JsonObject } from "../../iam/json";
import { change, check, document, LOG_GROUP, planWith, REGION, ROLE_ARN, roleChange, STREAM_ARN } from "./iam-plan";
import { goodPlan, goodStream } from "./rule-plan";

export const FILTER = "aws_cloudwatch_log_subscription_filter.api";
export const ACCOUNT_POLICY = "aws_cloudwatch_log_account_policy.account";
export const METRIC_STREAM = "aws_cloudwatch_metric_stream.metrics";
export const METRIC_ROLE = "aws_iam_role.metric_stream";
export const METRICS = "aws_kinesis_firehose_delivery_stream.metrics";
export const METRICS_ARN = STREAM_ARN.replace("-logs", "-metrics");
export const METRIC_ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/metric-stream`;

/** A subscription filter of the good plan's logs stream. */
export const filterChange = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(
    FILTER,
    {
      region: REGION,
      name: "kloudfuse-logs",
      log_group_name: "/ecs/api",
      filter_pattern: "",
      destination_arn: STREAM_ARN,
      role_arn: ROLE_ARN,
      ...values,
    },
    more,
  );

export const criteria = (...names: readonly string[]): string => `LogGroupName NOT IN ${JSON.stringify(names)}`;

/** The document of an account policy. */
export const accountDocument = (values: JsonObject = {}): string =>
  JSON.stringify({ DestinationArn: STREAM_ARN, FilterPattern: "", RoleArn: ROLE_ARN, ...values });

/** An account policy to the good plan's logs stream, which leaves its error log group out. */
export const accountPolicyChange = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(
    ACCOUNT_POLICY,
    {
      region: REGION,
      policy_name: "kloudfuse-logs",
      policy_type: "SUBSCRIPTION_FILTER_POLICY",
      policy_document: accountDocument(),
      selection_criteria: criteria(LOG_GROUP),
      ...values,
    },
    more,
  );

/** A metric stream to the metrics stream of `planOfMetrics`. */
export const metricStreamChange = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(
    METRIC_STREAM,
    {
      region: REGION,
      name: "kloudfuse-metrics",
      firehose_arn: METRICS_ARN,
      role_arn: METRIC_ROLE_ARN,
      output_format: "json",
      include_filter: [],
      exclude_filter: [],
      statistics_configuration: [],
      ...values,
    },
    more,
  );

const SERVICE = "streams.metrics.cloudwatch.amazonaws.com";

/** A statement of trust in CloudWatch metric streams. */
export const trustsMetricStreams = (more: JsonObject = {}): JsonObject => ({
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Principal: { Service: SERVICE },
  Condition: { StringEquals: { "aws:SourceAccount": ACCOUNT } },
  ...more,
});

/** The role of the metric stream. */
export const metricRoleChange = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange => ({
  ...roleChange(
    {
      name: "metric-stream",
      arn: METRIC_ROLE_ARN,
      assume_role_policy: document(trustsMetricStreams()),
      ...values,
    },
    more,
  ),
  address: METRIC_ROLE,
});

/** A plan with a metrics stream, a metric stream that feeds it, and the role of that. */
export const planOfMetrics = (
  metricStream: PlannedChange = metricStreamChange(),
  role: PlannedChange = metricRoleChange(),
  more: readonly PlannedChange[] = [],
): readonly PlannedChange[] =>
  planWith({ stream: goodStream({ signal: "metrics", address: METRICS, values: { arn: METRICS_ARN } }) }, [
    metricStream,
    role,
    ...more,
  ]);

/** What a policy says of the good plan with sources of logs. */
export const checkLogs = (
  policy: Policy,
  sources: readonly PlannedChange[],
  parts: Parameters<typeof goodPlan>[0] = {},
  planParts: PlanParts = {},
): string[] => check(policy, goodPlan(parts, sources), planParts);
