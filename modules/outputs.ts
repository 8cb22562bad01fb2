import { conditional, TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { KloudfuseFirehose } from "./kloudfuse-firehose";
import type { FlagName, Literals } from "./literals";
import type { Variables } from "./variables";

interface StackOutput {
  readonly description: string;
  /**
   * The flag that creates the stream; if it is false, the output has no value.
   * @default the output always has a value
   */
  readonly flag?: FlagName;
  /**
   * What the flag creates.
   * @default "stream"
   */
  readonly subject?: string;
  /**
   * The flag that a stack with literals needs to have the output.
   * @default flag
   */
  readonly literalFlag?: FlagName;
  /** Comes from a resource wherever one exists, so that a reader of the output waits for the resource. */
  readonly value: (firehose: KloudfuseFirehose) => unknown;
}

/** The outputs of the root stack and of the module, in the order in which they are documented. */
export const OUTPUTS: Readonly<Record<string, StackOutput>> = {
  role_arn: {
    description: "ARN of the delivery role; a second region uses it as role_arn.",
    value: ({ role }) => role.roleArn,
  },
  role_name: { description: "Name of the delivery role.", value: ({ role }) => role.roleName },
  role_policies: {
    description: "Policy documents that the delivery role needs, as JSON by policy name.",
    value: ({ rolePolicies }) => rolePolicies,
  },
  backup_bucket_arn: {
    description: "ARN of the bucket for failed records.",
    value: ({ backupBucket }) => backupBucket.bucketArn,
  },
  backup_bucket_name: {
    description: "Name of the bucket for failed records.",
    value: ({ backupBucket }) => backupBucket.bucketName,
  },
  metrics_stream_arn: {
    description: "ARN of the metrics delivery stream; a CloudWatch metric stream uses it as firehose_arn.",
    flag: "createMetricsStream",
    value: ({ metricsStream }) => metricsStream.streamArn,
  },
  metrics_stream_name: {
    description: "Name of the metrics delivery stream.",
    flag: "createMetricsStream",
    value: ({ metricsStream }) => metricsStream.streamName,
  },
  metrics_endpoint_url: {
    description: "URL that metrics are delivered to.",
    flag: "createMetricsStream",
    value: ({ metricsStream }) => metricsStream.endpointUrl,
  },
  logs_stream_arn: {
    description: "ARN of the logs delivery stream; a subscription filter uses it as destination_arn.",
    flag: "createLogsStream",
    value: ({ logsStream }) => logsStream.streamArn,
  },
  logs_stream_name: {
    description: "Name of the logs delivery stream.",
    flag: "createLogsStream",
    value: ({ logsStream }) => logsStream.streamName,
  },
  logs_endpoint_url: {
    description: "URL that logs are delivered to.",
    flag: "createLogsStream",
    value: ({ logsStream }) => logsStream.endpointUrl,
  },
  error_log_group_name: {
    description: "Name of the CloudWatch log group that delivery errors are written to.",
    value: ({ errorLogGroup }) => errorLogGroup.name,
  },
  metric_stream_arn: {
    description: "ARN of the CloudWatch metric stream.",
    flag: "createMetricStream",
    value: ({ metricStream }) => metricStream.metricStreamArn,
  },
  metric_stream_name: {
    description: "Name of the CloudWatch metric stream.",
    flag: "createMetricStream",
    value: ({ metricStream }) => metricStream.metricStreamName,
  },
  metric_stream_role_arn: {
    description: "ARN of the role that the metric stream puts records with.",
    flag: "createMetricStream",
    value: ({ metricStream }) => metricStream.role.roleArn,
  },
  subscribed_log_group_names: {
    description: "Names of the log groups that have a subscription filter of their own.",
    value: ({ subscribedLogGroupNames }) => subscribedLogGroupNames,
  },
  alarm_topic_arn: {
    description: "ARN of the SNS topic that is created for the alarms.",
    flag: "createAlarmTopic",
    subject: "topic",
    value: ({ alarms }) => alarms.createdTopicArn,
  },
  alarm_names: {
    description: "Names of the CloudWatch alarms.",
    literalFlag: "createAlarms",
    value: ({ alarms }) => alarms.alarmNames,
  },
  dashboard_name: {
    description: "Name of the CloudWatch dashboard.",
    flag: "createDashboard",
    subject: "dashboard",
    value: ({ dashboard }) => dashboard.dashboardName,
  },
};

/** The description of an output, with its value if the stream is not created. */
export const describeOutput = (
  { description, flag, subject = "stream" }: StackOutput,
  withoutStream: string,
): string => (flag === undefined ? description : `${description} ${withoutStream} if that ${subject} is not created.`);

/**
 * The Terraform outputs of the root stack and of the module.
 *
 * @param withoutStream value of an output whose stream is not created, and its name in descriptions
 */
export function declareOutputs(
  scope: Construct,
  firehose: KloudfuseFirehose,
  variables: Variables,
  withoutStream: { readonly value: unknown; readonly name: string },
): void {
  for (const [name, output] of Object.entries(OUTPUTS)) {
    const value = output.value(firehose);
    new TerraformOutput(scope, name, {
      description: describeOutput(output, withoutStream.name),
      value: output.flag === undefined ? value : conditional(variables.flag(output.flag), value, withoutStream.value),
    });
  }
}

/** The Terraform outputs of a stack with literals, without those of what the flags disable. */
export function declareLiteralOutputs(scope: Construct, firehose: KloudfuseFirehose, literals: Literals): void {
  for (const [name, { description, flag, literalFlag = flag, value }] of Object.entries(OUTPUTS)) {
    if (literalFlag === undefined || literals.flag(literalFlag)) {
      new TerraformOutput(scope, name, { description, value: value(firehose) });
    }
  }
}
