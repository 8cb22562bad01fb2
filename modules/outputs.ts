import { TerraformOutput } from "cdktf";
import type { Construct } from "constructs";
import type { KloudfuseFirehose } from "./kloudfuse-firehose";

interface Output {
  readonly description: string;
  readonly value: (firehose: KloudfuseFirehose) => string;
}

/** The outputs of the root stack and of the module, in the order in which they are documented. */
export const OUTPUTS: Readonly<Record<string, Output>> = {
  role_arn: {
    description: "ARN of the delivery role; a second region takes it as role_arn.",
    value: ({ role }) => role.roleArn,
  },
  role_name: { description: "Name of the delivery role.", value: ({ role }) => role.roleName },
  backup_bucket_arn: {
    description: "ARN of the bucket for what could not be delivered.",
    value: ({ backupBucket }) => backupBucket.bucketArn,
  },
  backup_bucket_name: {
    description: "Name of the bucket for what could not be delivered.",
    value: ({ backupBucket }) => backupBucket.bucketName,
  },
  metrics_stream_arn: {
    description: "ARN of the metrics delivery stream; a CloudWatch metric stream takes it as firehose_arn.",
    value: ({ metricsStream }) => metricsStream.streamArn,
  },
  metrics_stream_name: {
    description: "Name of the metrics delivery stream.",
    value: ({ metricsStream }) => metricsStream.streamName,
  },
  metrics_endpoint_url: {
    description: "URL that metrics are delivered to.",
    value: ({ metricsStream }) => metricsStream.endpointUrl,
  },
  logs_stream_arn: {
    description: "ARN of the logs delivery stream; a subscription filter takes it as destination_arn.",
    value: ({ logsStream }) => logsStream.streamArn,
  },
  logs_stream_name: {
    description: "Name of the logs delivery stream.",
    value: ({ logsStream }) => logsStream.streamName,
  },
  logs_endpoint_url: {
    description: "URL that logs are delivered to.",
    value: ({ logsStream }) => logsStream.endpointUrl,
  },
  error_log_group_name: {
    description: "Name of the CloudWatch log group that delivery errors are written to.",
    value: ({ errorLogGroup }) => errorLogGroup.name,
  },
};

/** The Terraform outputs of the root stack and of the module. */
export function declareOutputs(scope: Construct, firehose: KloudfuseFirehose): void {
  for (const [name, { description, value }] of Object.entries(OUTPUTS)) {
    // A construct id of its own: variables such as role_arn have the output's name.
    const output = new TerraformOutput(scope, `output_${name}`, { description, value: value(firehose) });
    output.overrideLogicalId(name);
  }
}
