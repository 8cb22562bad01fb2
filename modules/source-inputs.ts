import { flag, type Input } from "./input";
import { LIMITS } from "./limits";
import { rangeOf } from "./rules";
import { SOURCE_LIMITS, STATISTICS_PER_ENTRY } from "./source-limits";

const grouped = (number: number): string => number.toLocaleString("en-US");

const metricFilters = {
  type: "map(list(string))",
  rules: SOURCE_LIMITS.metricStreamFilters,
  advice:
    'Use a map such as { "AWS/EC2" = ["CPUUtilization"], "AWS/S3" = [] }, with [] for all metrics of a namespace.',
} as const;

/** The inputs of the sources that feed the delivery streams, in the order in which they are documented. */
export const SOURCE_INPUTS = {
  createMetricStream: {
    ...flag,
    default: false,
    description:
      "Whether to create the CloudWatch metric stream that feeds the metrics delivery stream. AWS bills each metric update.",
  },
  metricStreamName: {
    type: "string",
    default: null,
    description: "Name of the metric stream. Null: metrics_stream_name with dots as hyphens.",
    rules: SOURCE_LIMITS.metricStreamName,
    advice: "Choose another name, unique among the metric streams of the account and region.",
  },
  metricStreamIncludeFilters: {
    ...metricFilters,
    default: {},
    description:
      "The only metrics to stream: metric names by namespace, [] for all metrics of the namespace. Empty: all metrics except the excluded ones.",
  },
  metricStreamExcludeFilters: {
    ...metricFilters,
    default: {},
    description:
      "The metrics not to stream: metric names by namespace, [] for all metrics of the namespace. Conflicts with metric_stream_include_filters.",
  },
  metricStreamStatistics: {
    type: "list(object({ namespace = string, metric_name = string, statistics = set(string) }))",
    default: [],
    description: `Statistics to stream besides minimum, maximum, sum and sample count, by metric: at most ${SOURCE_LIMITS.metricStreamStatistics[0].maximum} entries of ${rangeOf(STATISTICS_PER_ENTRY)} statistics. AWS bills every five statistics as one more metric update.`,
    rules: SOURCE_LIMITS.metricStreamStatistics,
    advice: 'Use entries such as { namespace = "AWS/ELB", metric_name = "Latency", statistics = ["p99"] }.',
  },
  metricStreamIncludeLinkedAccounts: {
    ...flag,
    default: false,
    description: "Whether to stream the metrics of linked source accounts too. For monitoring accounts only.",
  },
  createMetricStreamRole: {
    ...flag,
    default: true,
    description: "Whether to create the role of the metric stream. False: metric_stream_role_arn is the role to use.",
  },
  metricStreamRoleArn: {
    type: "string",
    default: null,
    description:
      "ARN of the existing role of the metric stream when create_metric_stream_role is false, in the same account; an inline policy is added to it.",
    rules: LIMITS.roleArn,
    advice: "Use a role that streams.metrics.cloudwatch.amazonaws.com may assume.",
  },
  metricStreamRoleName: {
    type: "string",
    default: null,
    description: "Name of the metric stream's role to create. Null: KloudfuseMetricStreamRole-<region>.",
    rules: LIMITS.roleName,
    advice: "Choose another name, unique among the account's roles.",
  },
  logGroups: {
    type: "map(string)",
    default: {},
    description:
      "Log groups to subscribe: log group names by keys of your choice, which are part of the resource addresses.",
    rules: SOURCE_LIMITS.logGroups,
    advice: "Use the name of each log group once, without its ARN.",
  },
  logFilterPattern: {
    type: "string",
    default: "",
    description: `Filter pattern of the log events to send, at most ${grouped(SOURCE_LIMITS.logFilterPattern[0].maximum)} characters. Empty: all events.`,
    rules: SOURCE_LIMITS.logFilterPattern,
    advice: "Use a shorter pattern.",
  },
  subscribeAccount: {
    ...flag,
    default: false,
    description:
      "Whether to subscribe every log group of the account and region, including new ones, with an account-level policy.",
  },
  accountExcludedLogGroups: {
    type: "set(string)",
    default: [],
    description:
      "Exact names of the log groups that the account-level policy excludes, besides the error log group. A change replaces the policy.",
    rules: SOURCE_LIMITS.accountExcludedLogGroups,
    advice: "Use exact log group names; the policy supports neither prefixes nor patterns.",
  },
  accountPolicyName: {
    type: "string",
    default: null,
    description: "Name of the account-level policy. Null: logs_stream_name.",
    rules: SOURCE_LIMITS.accountPolicyName,
    advice: "Choose another name.",
  },
} as const satisfies Readonly<Record<string, Input>>;
