import { ALARM_COMBINATIONS } from "./alarm-combinations";
import { type Combination, type InputText, rejectedIfCreated, requiredUnlessCreated } from "./combination";
import { INPUTS } from "./inputs";
import { SOURCE_COMBINATIONS } from "./source-combinations";

const hasDefaultLogsStreamName = (reference: InputText): string =>
  `${reference("logsStreamName")} == "${INPUTS.logsStreamName.default}"`;

/** Every rule about several inputs together. */
export const COMBINATIONS: readonly Combination[] = [
  {
    inputs: ["createMetricsStream", "createLogsStream"],
    allows: ({ valueOf }) => valueOf("createMetricsStream") !== false || valueOf("createLogsStream") !== false,
    condition: (reference) => `${reference("createMetricsStream")} || ${reference("createLogsStream")}`,
    message: (label) =>
      `${label("createLogsStream")} conflicts with ${label("createMetricsStream")} = false, got false for both. ` +
      "Set one of them to true.",
    reportedOn: [{ input: "createLogsStream" }],
  },
  {
    inputs: ["logsStreamName", "metricsStreamName"],
    allows: ({ valueOf }) => valueOf("logsStreamName") !== valueOf("metricsStreamName"),
    condition: (reference) => `${reference("logsStreamName")} != ${reference("metricsStreamName")}`,
    message: (label, value) =>
      `${label("logsStreamName")} must not equal ${label("metricsStreamName")}, got "${value("logsStreamName")}" for both. ` +
      "Choose a different name for each stream.",
    reportedOn: [
      { input: "logsStreamName", unless: hasDefaultLogsStreamName },
      { input: "kloudfuseIngesterHost", unless: (reference) => `!(${hasDefaultLogsStreamName(reference)})` },
    ],
  },
  {
    inputs: ["accessKeySecretArn", "accessKey"],
    // An access key is never a literal.
    literals: ["accessKeySecretArn"],
    allows: ({ isSet }) => !isSet("accessKeySecretArn") || !isSet("accessKey"),
    condition: (reference) => `${reference("accessKeySecretArn")} == null || ${reference("accessKey")} == null`,
    // The value of the ARN is not shown: it may be the key itself.
    message: (label) =>
      `${label("accessKeySecretArn")} conflicts with ${label("accessKey")}, got both. ` +
      `Remove ${label("accessKey")} to read the key from the secret.`,
    reportedOn: [{ input: "accessKeySecretArn" }],
  },
  requiredUnlessCreated("roleArn", "createRole", "role"),
  rejectedIfCreated("roleArn", "createRole", "role"),
  {
    inputs: ["createRolePolicies", "createRole"],
    allows: ({ valueOf }) => valueOf("createRolePolicies") !== false || valueOf("createRole") !== true,
    condition: (reference) => `${reference("createRolePolicies")} || !${reference("createRole")}`,
    message: (label) =>
      `${label("createRolePolicies")} must be true when ${label("createRole")} is true, got false. ` +
      `Remove ${label("createRolePolicies")}: the streams cannot be created with a role that has no permissions.`,
    reportedOn: [{ input: "createRolePolicies" }],
  },
  requiredUnlessCreated("backupBucketArn", "createBackupBucket", "bucket"),
  rejectedIfCreated("backupBucketArn", "createBackupBucket", "bucket"),
  {
    inputs: ["backupBucketName", "createBackupBucket"],
    allows: ({ isSet, valueOf }) => valueOf("createBackupBucket") !== false || !isSet("backupBucketName"),
    condition: (reference) => `${reference("createBackupBucket")} || ${reference("backupBucketName")} == null`,
    message: (label, value) =>
      `${label("backupBucketName")} conflicts with ${label("createBackupBucket")} = false, got "${value("backupBucketName")}". ` +
      `Remove it: ${label("backupBucketArn")} is the bucket to use.`,
    reportedOn: [{ input: "backupBucketName" }],
  },
  ...SOURCE_COMBINATIONS,
  ...ALARM_COMBINATIONS,
];
