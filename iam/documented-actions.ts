/** The actions that the role needs, by purpose. Source: the guide, step 1, and Firehose's "Controlling access". */
export const ACTIONS = {
  putRecords: ["firehose:PutRecord", "firehose:PutRecordBatch"],
  findBucket: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
  backUp: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
  logErrors: ["logs:PutLogEvents"],
  /**
   * What AWS requires of the caller of PutRecord and PutRecordBatch on a stream with a customer-managed key: since April
   * 2026 on new streams, from February 2027 on all. CloudWatch Logs calls them with the delivery role.
   */
  useStreamKey: ["kms:Decrypt", "kms:GenerateDataKey"],
  useBackupKey: ["kms:Decrypt", "kms:GenerateDataKey"],
  useSecretKey: ["kms:Decrypt"],
  readSecret: ["secretsmanager:GetSecretValue"],
} as const;

/** The actions that the role needs to transform records. Source: Firehose's "Controlling access". */
export const PROCESSOR_ACTIONS = ["lambda:InvokeFunction", "lambda:GetFunctionConfiguration"] as const;

/** The actions that assume a role. Other actions of STS, such as sts:TagSession, only occur together with one of them. */
export const ASSUME_ACTIONS = {
  assumeRole: "sts:AssumeRole",
  webIdentity: "sts:AssumeRoleWithWebIdentity",
  saml: "sts:AssumeRoleWithSAML",
} as const;
