import type { KloudfuseFirehoseProps } from "./props";

type InputName = keyof KloudfuseFirehoseProps;
type Wording = (name: InputName) => string;

/** The inputs as a combination sees them. */
export interface CombinationInputs {
  readonly isGiven: (name: InputName) => boolean;
  /** The value given, or the default. */
  readonly valueOf: (name: InputName) => unknown;
}

/** Inputs that cannot work together, in the two languages they are checked in. */
export interface Combination {
  /** The inputs involved; the first one's variable carries the validation. */
  readonly inputs: readonly [InputName, ...InputName[]];
  /**
   * The inputs that must be literals for TypeScript to tell.
   * @default inputs
   */
  readonly literals?: readonly InputName[];
  readonly allows: (inputs: CombinationInputs) => boolean;
  /** The same as a Terraform expression. */
  readonly condition: (reference: Wording) => string;
  /** The refusal; `label` names an input as the reader types it, `value` shows one. */
  readonly message: (label: Wording, value: Wording) => string;
}

function neededUnlessCreated(arn: InputName, create: InputName, thing: string): Combination {
  return {
    inputs: [arn, create],
    allows: ({ isGiven, valueOf }) => valueOf(create) !== false || isGiven(arn),
    condition: (reference) => `${reference(create)} || ${reference(arn)} != null`,
    message: (label) =>
      `${label(arn)} must be given when ${label(create)} is false, got none. Give the ARN of the ${thing} to use.`,
  };
}

function unusedIfCreated(arn: InputName, create: InputName, thing: string): Combination {
  return {
    inputs: [arn, create],
    allows: ({ isGiven, valueOf }) => valueOf(create) !== true || !isGiven(arn),
    condition: (reference) => `!${reference(create)} || ${reference(arn)} == null`,
    message: (label, value) =>
      `${label(arn)} must not be given when ${label(create)} is true, got "${value(arn)}". ` +
      `Set ${label(create)} to false to use that ${thing}, or leave ${label(arn)} out.`,
  };
}

/** Every combination of inputs that cannot work. */
export const COMBINATIONS: readonly Combination[] = [
  {
    inputs: ["logsStreamName", "metricsStreamName"],
    allows: ({ valueOf }) => valueOf("logsStreamName") !== valueOf("metricsStreamName"),
    condition: (reference) => `${reference("logsStreamName")} != ${reference("metricsStreamName")}`,
    message: (label, value) =>
      `${label("logsStreamName")} must not equal ${label("metricsStreamName")}, got "${value("logsStreamName")}" for both. ` +
      "Give each stream a name of its own.",
  },
  {
    inputs: ["accessKeySecretArn", "accessKey"],
    // An access key is never a literal.
    literals: ["accessKeySecretArn"],
    allows: ({ isGiven }) => !isGiven("accessKeySecretArn") || !isGiven("accessKey"),
    condition: (reference) => `${reference("accessKeySecretArn")} == null || ${reference("accessKey")} == null`,
    message: (label, value) =>
      `${label("accessKeySecretArn")} must not be given beside ${label("accessKey")}, got "${value("accessKeySecretArn")}". ` +
      `Leave ${label("accessKey")} out to read the key from the secret.`,
  },
  neededUnlessCreated("roleArn", "createRole", "role"),
  unusedIfCreated("roleArn", "createRole", "role"),
  neededUnlessCreated("backupBucketArn", "createBackupBucket", "bucket"),
  unusedIfCreated("backupBucketArn", "createBackupBucket", "bucket"),
  {
    inputs: ["backupBucketName", "createBackupBucket"],
    allows: ({ isGiven, valueOf }) => valueOf("createBackupBucket") !== false || !isGiven("backupBucketName"),
    condition: (reference) => `${reference("createBackupBucket")} || ${reference("backupBucketName")} == null`,
    message: (label, value) =>
      `${label("backupBucketName")} must not be given when ${label("createBackupBucket")} is false, got "${value("backupBucketName")}". ` +
      `Leave it out: ${label("backupBucketArn")} names the bucket.`,
  },
];
