import { conditional, TerraformOutput, Token } from "cdktf";
import type { Construct } from "constructs";
import type { KloudfuseFirehose } from "./kloudfuse-firehose";
import type { Variables } from "./variables";

interface Output {
  readonly description: string;
  /** Comes from a resource wherever one exists, so that a reader of the output waits for the resource. */
  readonly value: (firehose: KloudfuseFirehose, variables: Variables) => unknown;
}

type StreamAttribute = "streamArn" | "streamName" | "endpointUrl";

const ofMetricsStream = (attribute: StreamAttribute): Output["value"] => {
  return ({ metricsStream }, variables) =>
    conditional(variables.flag("createMetricsStream"), metricsStream[attribute], Token.nullValue());
};

const ofLogsStream = (attribute: StreamAttribute): Output["value"] => {
  return ({ logsStream }, variables) =>
    conditional(variables.flag("createLogsStream"), logsStream[attribute], Token.nullValue());
};

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
    description:
      "ARN of the metrics delivery stream; a CloudWatch metric stream uses it as firehose_arn. Null without that stream.",
    value: ofMetricsStream("streamArn"),
  },
  metrics_stream_name: {
    description: "Name of the metrics delivery stream. Null without that stream.",
    value: ofMetricsStream("streamName"),
  },
  metrics_endpoint_url: {
    description: "URL that metrics are delivered to. Null without that stream.",
    value: ofMetricsStream("endpointUrl"),
  },
  logs_stream_arn: {
    description:
      "ARN of the logs delivery stream; a subscription filter uses it as destination_arn. Null without that stream.",
    value: ofLogsStream("streamArn"),
  },
  logs_stream_name: {
    description: "Name of the logs delivery stream. Null without that stream.",
    value: ofLogsStream("streamName"),
  },
  logs_endpoint_url: {
    description: "URL that logs are delivered to. Null without that stream.",
    value: ofLogsStream("endpointUrl"),
  },
  error_log_group_name: {
    description: "Name of the CloudWatch log group that delivery errors are written to.",
    value: ({ errorLogGroup }) => errorLogGroup.name,
  },
};

/** The Terraform outputs of the root stack and of the module. */
export function declareOutputs(scope: Construct, firehose: KloudfuseFirehose, variables: Variables): void {
  for (const [name, { description, value }] of Object.entries(OUTPUTS)) {
    new TerraformOutput(scope, name, { description, value: value(firehose, variables) });
  }
}
