import type { AcceptedCombination, RejectedCombination } from "./edge-case";

const ROLE_ARN = "arn:aws:iam::123456789012:role/kloudfuse";
const BUCKET_ARN = "arn:aws:s3:::my-bucket";
const SECRET_ARN = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kloudfuse-AbCdEf";

const sameNames =
  (name: string): RejectedCombination["message"] =>
  (label) =>
    `${label("logsStreamName")} must not equal ${label("metricsStreamName")}, got "${name}" for both. Choose a different name for each stream.`;

const roleUnused: RejectedCombination["message"] = (label) =>
  `${label("roleArn")} conflicts with ${label("createRole")} = true, got "${ROLE_ARN}". ` +
  `Set ${label("createRole")} to false to use that role, or remove ${label("roleArn")}.`;

const bucketUnused: RejectedCombination["message"] = (label) =>
  `${label("backupBucketArn")} conflicts with ${label("createBackupBucket")} = true, got "${BUCKET_ARN}". ` +
  `Set ${label("createBackupBucket")} to false to use that bucket, or remove ${label("backupBucketArn")}.`;

export const REJECTED_DELIVERY: readonly RejectedCombination[] = [
  {
    name: "equal stream names",
    reportedOn: "logsStreamName",
    inputs: { metricsStreamName: "kloudfuse", logsStreamName: "kloudfuse" },
    message: sameNames("kloudfuse"),
  },
  {
    name: "the metrics stream named as the logs stream is by default",
    reportedOn: "kloudfuseIngesterHost",
    inputs: { metricsStreamName: "kloudfuse-logs" },
    message: sameNames("kloudfuse-logs"),
  },
  {
    name: "the logs stream named as the metrics stream is by default",
    reportedOn: "logsStreamName",
    inputs: { logsStreamName: "kloudfuse-metrics" },
    message: sameNames("kloudfuse-metrics"),
  },
  {
    name: "both kinds of access key",
    reportedOn: "accessKeySecretArn",
    terraformOnly: true,
    inputs: { accessKey: "key", accessKeySecretArn: SECRET_ARN },
    message: (label) =>
      `${label("accessKeySecretArn")} conflicts with ${label("accessKey")}, got both. ` +
      `Remove ${label("accessKey")} to read the key from the secret.`,
  },
  {
    name: "no role to create and none to use",
    reportedOn: "createRole",
    inputs: { createRole: false },
    message: (label) =>
      `${label("roleArn")} is required when ${label("createRole")} is false, got null. Set ${label("roleArn")} to the ARN of the role to use.`,
  },
  {
    name: "no policies for a role to create",
    reportedOn: "createRolePolicies",
    inputs: { createRolePolicies: false },
    message: (label) =>
      `${label("createRolePolicies")} must be true when ${label("createRole")} is true, got false. ` +
      `Remove ${label("createRolePolicies")}: the streams cannot be created with a role that has no permissions.`,
  },
  {
    name: "neither stream",
    reportedOn: "createLogsStream",
    inputs: { createMetricsStream: false, createLogsStream: false },
    message: (label) =>
      `${label("createLogsStream")} conflicts with ${label("createMetricsStream")} = false, got false for both. Set one of them to true.`,
  },
  {
    name: "a role to use and, by default, one to create",
    reportedOn: "kloudfuseIngesterHost",
    inputs: { roleArn: ROLE_ARN },
    message: roleUnused,
  },
  {
    name: "a role to use and one to create",
    reportedOn: "kloudfuseIngesterHost",
    inputs: { createRole: true, roleArn: ROLE_ARN },
    message: roleUnused,
  },
  {
    name: "no bucket to create and none to use",
    reportedOn: "createBackupBucket",
    inputs: { createBackupBucket: false },
    message: (label) =>
      `${label("backupBucketArn")} is required when ${label("createBackupBucket")} is false, got null. Set ${label("backupBucketArn")} to the ARN of the bucket to use.`,
  },
  {
    name: "a bucket to use and, by default, one to create",
    reportedOn: "kloudfuseIngesterHost",
    inputs: { backupBucketArn: BUCKET_ARN },
    message: bucketUnused,
  },
  {
    name: "a bucket to use and one to create",
    reportedOn: "kloudfuseIngesterHost",
    inputs: { createBackupBucket: true, backupBucketArn: BUCKET_ARN },
    message: bucketUnused,
  },
  {
    name: "a bucket to use and a name for one to create",
    reportedOn: "backupBucketName",
    inputs: { createBackupBucket: false, backupBucketArn: BUCKET_ARN, backupBucketName: "my-failed-data" },
    message: (label) =>
      `${label("backupBucketName")} conflicts with ${label("createBackupBucket")} = false, got "my-failed-data". ` +
      `Remove it: ${label("backupBucketArn")} is the bucket to use.`,
  },
];

export const ACCEPTED_DELIVERY: readonly AcceptedCombination[] = [
  { name: "nothing but what is required", inputs: {} },
  {
    name: "stream names that differ in case only",
    inputs: { metricsStreamName: "Kloudfuse", logsStreamName: "kloudfuse" },
  },
  { name: "an access key without a secret", terraformOnly: true, inputs: { accessKey: "key" } },
  { name: "a secret without an access key", inputs: { accessKeySecretArn: SECRET_ARN } },
  { name: "a role to use", inputs: { createRole: false, roleArn: ROLE_ARN } },
  {
    name: "a role to use without adding policies",
    inputs: { createRole: false, roleArn: ROLE_ARN, createRolePolicies: false },
  },
  { name: "the metrics stream only", inputs: { createLogsStream: false } },
  { name: "the logs stream only", inputs: { createMetricsStream: false } },
  { name: "a role to create, explicitly", inputs: { createRole: true, roleName: "kloudfuse" } },
  { name: "a bucket to use", inputs: { createBackupBucket: false, backupBucketArn: BUCKET_ARN } },
  {
    name: "a bucket to create, by a name",
    inputs: { createBackupBucket: true, backupBucketName: "my-failed-data" },
  },
  {
    name: "a role and a bucket to use",
    inputs: { createRole: false, roleArn: ROLE_ARN, createBackupBucket: false, backupBucketArn: BUCKET_ARN },
  },
];
