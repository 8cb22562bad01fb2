import { DEFAULTS } from "./defaults";
import type { InputName } from "./inputs";

/** Text about an input: its name as the reader types it, a Terraform reference, or its value. */
type InputText = (name: InputName) => string;

/** The inputs as a combination sees them when they are literals. */
export interface CombinationInputs {
  readonly isSet: (name: InputName) => boolean;
  /** The value, or the default of an input that is left out. */
  readonly valueOf: (name: InputName) => unknown;
}

/** Inputs that cannot work together, in the two languages they are checked in. */
export interface Combination {
  /** The inputs involved. */
  readonly inputs: readonly InputName[];
  /**
   * The inputs that must be literals for TypeScript to tell.
   * @default inputs
   */
  readonly literals?: readonly InputName[];
  readonly allows: (inputs: CombinationInputs) => boolean;
  /** The same as a Terraform expression. */
  readonly condition: (reference: InputText) => string;
  /** The error; `label` is an input's name as the reader types it, `value` its value. */
  readonly message: (label: InputText, value: InputText) => string;
  /**
   * The variables that carry the validation: Terraform points at the value that the user wrote, and
   * at nothing where an input was left out. Two variables cannot refer to each other: where neither
   * is sure to be set, the required input carries it.
   */
  readonly reportedOn: readonly ReportedOn[];
}

interface ReportedOn {
  readonly input: InputName;
  /**
   * Terraform expression that is true where another variable carries the validation.
   * @default never
   */
  readonly unless?: (reference: InputText) => string;
}

function requiredUnlessCreated(arn: InputName, create: InputName, thing: string): Combination {
  return {
    inputs: [arn, create],
    allows: ({ isSet, valueOf }) => valueOf(create) !== false || isSet(arn),
    condition: (reference) => `${reference(create)} || ${reference(arn)} != null`,
    message: (label) =>
      `${label(arn)} is required when ${label(create)} is false, got null. Set ${label(arn)} to the ARN of the ${thing} to use.`,
    reportedOn: [{ input: create }],
  };
}

function unusedIfCreated(arn: InputName, create: InputName, thing: string): Combination {
  return {
    inputs: [arn, create],
    allows: ({ isSet, valueOf }) => valueOf(create) !== true || !isSet(arn),
    condition: (reference) => `!${reference(create)} || ${reference(arn)} == null`,
    message: (label, value) =>
      `${label(arn)} conflicts with ${label(create)} = true, got "${value(arn)}". ` +
      `Set ${label(create)} to false to use that ${thing}, or remove ${label(arn)}.`,
    reportedOn: [{ input: "kloudfuseIngesterHost" }],
  };
}

const hasDefaultLogsStreamName = (reference: InputText): string =>
  `${reference("logsStreamName")} == "${DEFAULTS.logsStreamName}"`;

/** Every combination of inputs that cannot work. */
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
    message: (label, value) =>
      `${label("accessKeySecretArn")} conflicts with ${label("accessKey")}, got "${value("accessKeySecretArn")}". ` +
      `Remove ${label("accessKey")} to read the key from the secret.`,
    reportedOn: [{ input: "accessKeySecretArn" }],
  },
  requiredUnlessCreated("roleArn", "createRole", "role"),
  unusedIfCreated("roleArn", "createRole", "role"),
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
  unusedIfCreated("backupBucketArn", "createBackupBucket", "bucket"),
  {
    inputs: ["backupBucketName", "createBackupBucket"],
    allows: ({ isSet, valueOf }) => valueOf("createBackupBucket") !== false || !isSet("backupBucketName"),
    condition: (reference) => `${reference("createBackupBucket")} || ${reference("backupBucketName")} == null`,
    message: (label, value) =>
      `${label("backupBucketName")} conflicts with ${label("createBackupBucket")} = false, got "${value("backupBucketName")}". ` +
      `Remove it: ${label("backupBucketArn")} is the bucket to use.`,
    reportedOn: [{ input: "backupBucketName" }],
  },
];
