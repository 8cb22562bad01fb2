import type { SignalName } from "./signals";

/** Addresses of a delivery stream and its log streams, in the root stack and in the module. */
export interface StreamAddresses {
  readonly stream: string;
  /** Log stream of the HTTP delivery's errors. */
  readonly deliveryLog: string;
  /** Log stream of the S3 backup's errors. */
  readonly backupLog: string;
}

/**
 * Addresses, in the root stack and in the module, of the resources that can be imported. They are part of the public
 * interface: a test synthesizes both and looks up each address.
 */
export const IMPORT_ADDRESSES = {
  role: "aws_iam_role.delivery[0]",
  rolePolicies: {
    put_records: "aws_iam_role_policy.delivery_put_records[0]",
    deliver: "aws_iam_role_policy.delivery_deliver[0]",
  },
  bucket: "aws_s3_bucket.backup[0]",
  /** Settings of the bucket, which have the bucket's name as their import id. */
  bucketSettings: {
    publicAccess: "aws_s3_bucket_public_access_block.backup_public_access[0]",
    ownership: "aws_s3_bucket_ownership_controls.backup_ownership[0]",
    encryption: "aws_s3_bucket_server_side_encryption_configuration.backup_encryption[0]",
    versioning: "aws_s3_bucket_versioning.backup_versioning[0]",
    policy: "aws_s3_bucket_policy.backup_tls_only[0]",
    lifecycle: "aws_s3_bucket_lifecycle_configuration.backup_lifecycle[0]",
  },
  errorLogGroup: "aws_cloudwatch_log_group.errors",
  streams: {
    metrics: {
      stream: "aws_kinesis_firehose_delivery_stream.metrics[0]",
      deliveryLog: "aws_cloudwatch_log_stream.metrics_http_endpoint_delivery[0]",
      backupLog: "aws_cloudwatch_log_stream.metrics_s3_backup[0]",
    },
    logs: {
      stream: "aws_kinesis_firehose_delivery_stream.logs[0]",
      deliveryLog: "aws_cloudwatch_log_stream.logs_http_endpoint_delivery[0]",
      backupLog: "aws_cloudwatch_log_stream.logs_s3_backup[0]",
    },
  } satisfies Record<SignalName, StreamAddresses>,
  metricStream: "aws_cloudwatch_metric_stream.metric_stream[0]",
  metricStreamRole: "aws_iam_role.metric_stream_role[0]",
  metricStreamRolePolicy: "aws_iam_role_policy.metric_stream_put_records[0]",
  accountPolicy: "aws_cloudwatch_log_account_policy.account[0]",
} as const;

/** A setting of the bucket that can be imported. */
export type ImportedBucketSetting = keyof typeof IMPORT_ADDRESSES.bucketSettings;

/** Address of the subscription filter of one log group. */
export const subscriptionFilterAddress = (key: string): string =>
  `aws_cloudwatch_log_subscription_filter.log_groups[${JSON.stringify(key)}]`;

/** The input of the root stack for the region; the module uses the region of its caller's provider. */
export const REGION_VARIABLE = "aws_region";
