/** What the role may do, by purpose. Source: the guide, step 1, and Firehose's "Controlling access". */
export const ACTIONS = {
  putRecords: ["firehose:PutRecord", "firehose:PutRecordBatch"],
  findBucket: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
  backUp: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
  logErrors: ["logs:PutLogEvents"],
  useKey: ["kms:Decrypt", "kms:GenerateDataKey"],
  readSecret: ["secretsmanager:GetSecretValue"],
} as const;
