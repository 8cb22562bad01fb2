import { conditional, TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { KloudfuseFirehose } from "./kloudfuse-firehose";
import type { SignalName } from "./signals";
import type { Variables } from "./variables";

interface Output {
  readonly description: string;
  /**
   * The signal without whose stream the output has no value.
   * @default the output always has a value
   */
  readonly signal?: SignalName;
  /** Comes from a resource wherever one exists, so that a reader of the output waits for the resource. */
  readonly value: (firehose: KloudfuseFirehose) => unknown;
}

/** The outputs of the root stack and of the module, in the order in which they are documented. */
export const OUTPUTS: Readonly<Record<string, Output>> = {
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
    signal: "metrics",
    value: ({ metricsStream }) => metricsStream.streamArn,
  },
  metrics_stream_name: {
    description: "Name of the metrics delivery stream.",
    signal: "metrics",
    value: ({ metricsStream }) => metricsStream.streamName,
  },
  metrics_endpoint_url: {
    description: "URL that metrics are delivered to.",
    signal: "metrics",
    value: ({ metricsStream }) => metricsStream.endpointUrl,
  },
  logs_stream_arn: {
    description: "ARN of the logs delivery stream; a subscription filter uses it as destination_arn.",
    signal: "logs",
    value: ({ logsStream }) => logsStream.streamArn,
  },
  logs_stream_name: {
    description: "Name of the logs delivery stream.",
    signal: "logs",
    value: ({ logsStream }) => logsStream.streamName,
  },
  logs_endpoint_url: {
    description: "URL that logs are delivered to.",
    signal: "logs",
    value: ({ logsStream }) => logsStream.endpointUrl,
  },
  error_log_group_name: {
    description: "Name of the CloudWatch log group that delivery errors are written to.",
    value: ({ errorLogGroup }) => errorLogGroup.name,
  },
};

/** What an output is in words, with what it is without the stream of its signal. */
export const describeOutput = ({ description, signal }: Output, withoutStream: string): string =>
  signal === undefined ? description : `${description} ${withoutStream} without that stream.`;

/**
 * The Terraform outputs of the root stack and of the module.
 *
 * @param withoutStream value of an output whose stream is not created, and its name
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
      value:
        output.signal === undefined
          ? value
          : conditional(variables.flag(CREATE_FLAGS[output.signal]), value, withoutStream.value),
    });
  }
}

const CREATE_FLAGS = { metrics: "createMetricsStream", logs: "createLogsStream" } as const;
