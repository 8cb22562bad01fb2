/** What the role may do, by purpose. Source: the guide, step 1, and Firehose's "Controlling access". */
export const ACTIONS = {
  putRecords: ["firehose:PutRecord", "firehose:PutRecordBatch"],
  findBucket: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
  backUp: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
  logErrors: ["logs:PutLogEvents"],
  /** Required of the writer that puts records on a stream with a customer-managed key: CloudWatch Logs does so with this role. */
  useStreamKey: ["kms:Decrypt", "kms:GenerateDataKey"],
  useBackupKey: ["kms:Decrypt", "kms:GenerateDataKey"],
  useSecretKey: ["kms:Decrypt"],
  readSecret: ["secretsmanager:GetSecretValue"],
} as const;

/** What Firehose does with the role to transform records. Source: Firehose's "Controlling access". */
export const PROCESSOR_ACTIONS = ["lambda:InvokeFunction", "lambda:GetFunctionConfiguration"] as const;
