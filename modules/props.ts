import type { IResolvable } from "cdktf";

/**
 * What `KloudfuseFirehose` takes. Each property is also a Terraform variable of the root stack and
 * of the module, in snake_case, with the same default and the same rules.
 *
 * A literal is checked when the construct is made, a token (a Terraform variable, a resource's
 * attribute) by Terraform when it plans.
 */
export interface KloudfuseFirehoseProps {
  /** DNS name or IPv4 address of the Kloudfuse ingester, at most 253 characters: no scheme, port or path. */
  readonly kloudfuseIngesterHost: string;
  /**
   * Name of the metrics delivery stream: 1 to 64 of `a-zA-Z0-9_.-`, not the logs stream's name.
   * @default "kloudfuse-metrics"
   */
  readonly metricsStreamName?: string | undefined;
  /**
   * Name of the logs delivery stream: 1 to 64 of `a-zA-Z0-9_.-`, not the metrics stream's name.
   * @default "kloudfuse-logs"
   */
  readonly logsStreamName?: string | undefined;
  /**
   * Buffering hint of both streams in MiB, whole, 1 to 64.
   * @default 4
   */
  readonly bufferingSizeMb?: number | undefined;
  /**
   * Buffering hint of both streams in seconds, whole, 15 to 900.
   * @default 60
   */
  readonly bufferingIntervalSeconds?: number | undefined;
  /**
   * Buffering hint of the metrics stream in MiB, whole, 1 to 64.
   * @default bufferingSizeMb
   */
  readonly metricsBufferingSizeMb?: number | undefined;
  /**
   * Buffering hint of the metrics stream in seconds, whole, 15 to 900.
   * @default bufferingIntervalSeconds
   */
  readonly metricsBufferingIntervalSeconds?: number | undefined;
  /**
   * Buffering hint of the logs stream in MiB, whole, 1 to 64.
   * @default bufferingSizeMb
   */
  readonly logsBufferingSizeMb?: number | undefined;
  /**
   * Buffering hint of the logs stream in seconds, whole, 15 to 900.
   * @default bufferingIntervalSeconds
   */
  readonly logsBufferingIntervalSeconds?: number | undefined;
  /**
   * How long Firehose retries a delivery before it writes the data to the backup bucket, in
   * seconds, whole, 0 to 7200.
   * @default 300
   */
  readonly retryDurationSeconds?: number | undefined;
  /**
   * Access key that Firehose sends to the ingester: 1 to 4096 bytes without white space. Must be a
   * token, such as a sensitive `TerraformVariable`: a literal would stand in the synthesized JSON.
   * It is plain text in the state; prefer `accessKeySecretArn`.
   * @default none
   */
  readonly accessKey?: string | undefined;
  /**
   * ARN of the Secrets Manager secret, `{"api_key": "..."}`, that holds the access key, in the
   * streams' region. Not beside `accessKey`.
   * @default none
   */
  readonly accessKeySecretArn?: string | undefined;
  /**
   * Attributes that Firehose sends with every request: at most 50, names of 1 to 256 characters and
   * not blank, values of at most 1024.
   * @default {}
   */
  readonly commonAttributes?: Record<string, string> | undefined;
  /**
   * Whether to create the delivery role.
   * @default true
   */
  readonly createRole?: boolean | IResolvable | undefined;
  /**
   * ARN of the role to deliver with when `createRole` is false.
   * @default none
   */
  readonly roleArn?: string | undefined;
  /**
   * Name of the role to create: 1 to 64 of `a-zA-Z0-9_+=,.@-`.
   * @default "KloudfuseFirehoseRole"
   */
  readonly roleName?: string | undefined;
  /**
   * IAM path of the role to create, beginning and ending with `/`, at most 512 characters.
   * @default "/"
   */
  readonly rolePath?: string | undefined;
  /**
   * ARN of the policy that bounds the permissions of the role to create.
   * @default none
   */
  readonly permissionsBoundaryArn?: string | undefined;
  /**
   * Whether to create the backup bucket.
   * @default true
   */
  readonly createBackupBucket?: boolean | IResolvable | undefined;
  /**
   * ARN of the backup bucket when `createBackupBucket` is false.
   * @default none
   */
  readonly backupBucketArn?: string | undefined;
  /**
   * Name of the backup bucket to create, by S3's naming rules and without dots: 3 to 63 characters.
   * @default "kloudfuse-firehose-backup-<account>-<region>"
   */
  readonly backupBucketName?: string | undefined;
  /**
   * Days after which failed data expires from the created bucket, whole, at least 1.
   * @default 30
   */
  readonly backupRetentionDays?: number | undefined;
  /**
   * Whether destroying the created bucket deletes the failed data in it.
   * @default false
   */
  readonly backupForceDestroy?: boolean | IResolvable | undefined;
  /**
   * ARN of the KMS key (not of an alias) for the streams and the backup, in the streams' region.
   * @default none: an AWS-owned key for the streams, SSE-S3 for the backup
   */
  readonly kmsKeyArn?: string | undefined;
  /**
   * Days that CloudWatch Logs keeps the delivery errors: one of the values that
   * `PutRetentionPolicy` accepts.
   * @default 30
   */
  readonly errorLogRetentionDays?: number | undefined;
  /**
   * Tags of every resource that takes tags: at most 50, without the prefix `aws:`.
   * @default {}
   */
  readonly tags?: Record<string, string> | undefined;
}
