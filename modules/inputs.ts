import { ALARM_INPUTS } from "./alarm-inputs";
import { flag, type Input } from "./input";
import { LIMITS } from "./limits";
import { rangeOf } from "./rules";
import { SIGNALS } from "./signals";
import { SOURCE_INPUTS } from "./source-inputs";

export type { Input } from "./input";

const bufferingSize = {
  type: "number",
  rules: LIMITS.bufferingSizeMb,
  advice: "Firehose accepts no other buffering size for an HTTP endpoint.",
} as const;

const bufferingInterval = {
  type: "number",
  rules: LIMITS.kloudfuseBufferingIntervalSeconds,
  advice: "Shorter intervals cause more requests to the ingester, longer ones delay the data.",
} as const;

const streamName = {
  type: "string",
  rules: LIMITS.streamName,
  advice: "Choose another name, unique among the Firehose streams of the account and region.",
} as const;

/** The inputs in the order in which they are documented. */
export const INPUTS = {
  kloudfuseIngesterHost: {
    type: "string",
    description:
      "DNS name or IPv4 address of the Kloudfuse ingester: no scheme, port or path. Firehose must reach it from the internet, on port 443.",
    rules: LIMITS.ingesterHost,
    advice: "Use the host name only, such as kfuse.example.com; Firehose delivers to port 443.",
  },
  createMetricsStream: {
    ...flag,
    default: true,
    description: "Whether to create the metrics delivery stream.",
  },
  metricsStreamName: {
    ...streamName,
    default: SIGNALS.metrics.streamName,
    description: "Name of the metrics delivery stream and of its endpoint.",
  },
  createLogsStream: {
    ...flag,
    default: true,
    description: "Whether to create the logs delivery stream.",
  },
  logsStreamName: {
    ...streamName,
    default: SIGNALS.logs.streamName,
    description: "Name of the logs delivery stream and of its endpoint.",
  },
  bufferingSizeMb: {
    ...bufferingSize,
    /** Kloudfuse's guide, steps 2 and 3. */
    default: 4,
    description: `Buffering hint of both streams, in MiB: ${rangeOf(LIMITS.bufferingSizeMb[0])}.`,
  },
  bufferingIntervalSeconds: {
    ...bufferingInterval,
    /** Kloudfuse's guide, steps 2 and 3. */
    default: 60,
    description: `Buffering hint of both streams, in seconds: ${rangeOf(LIMITS.kloudfuseBufferingIntervalSeconds[0])}.`,
  },
  metricsBufferingSizeMb: {
    ...bufferingSize,
    default: null,
    description: "Buffering hint of the metrics stream, in MiB. Null: buffering_size_mb.",
  },
  metricsBufferingIntervalSeconds: {
    ...bufferingInterval,
    default: null,
    description: "Buffering hint of the metrics stream, in seconds. Null: buffering_interval_seconds.",
  },
  logsBufferingSizeMb: {
    ...bufferingSize,
    default: null,
    description: "Buffering hint of the logs stream, in MiB. Null: buffering_size_mb.",
  },
  logsBufferingIntervalSeconds: {
    ...bufferingInterval,
    default: null,
    description: "Buffering hint of the logs stream, in seconds. Null: buffering_interval_seconds.",
  },
  retryDurationSeconds: {
    type: "number",
    /** Firehose's own default for an HTTP endpoint. */
    default: 300,
    description: `How long Firehose retries a delivery before it writes the data to the backup bucket, in seconds: ${rangeOf(LIMITS.retryDurationSeconds[0])}.`,
    rules: LIMITS.retryDurationSeconds,
    advice: "0 writes to the backup bucket after the first failure.",
  },
  accessKey: {
    type: "string",
    default: null,
    sensitive: true,
    description:
      "Access key that Firehose sends to the ingester. It is plain text in the state: prefer access_key_secret_arn.",
    rules: LIMITS.accessKey,
    advice: "Check that the whole key was copied and nothing else, or use a Secrets Manager secret.",
  },
  accessKeySecretArn: {
    type: "string",
    default: null,
    description:
      'ARN of the Secrets Manager secret, {"api_key": "..."}, that holds the access key, in the streams\' region. Conflicts with access_key.',
    rules: LIMITS.secretArn,
    advice: "Use the secret's full ARN, as Secrets Manager shows it.",
  },
  commonAttributes: {
    type: "map(string)",
    default: {},
    description: `Attributes that Firehose sends with every request: at most ${LIMITS.commonAttributes[0].maximum}. An attribute whose value is null is omitted. Not for secrets.`,
    rules: LIMITS.commonAttributes,
    advice: "Shorten, rename or remove these attributes.",
  },
  createRole: {
    ...flag,
    default: true,
    description: "Whether to create the delivery role. False: role_arn is the role to use.",
  },
  roleArn: {
    type: "string",
    default: null,
    description:
      "ARN of the existing role to deliver with when create_role is false, in the same account; inline policies are added to it.",
    rules: LIMITS.roleArn,
    advice: "Use a role that firehose.amazonaws.com may assume, such as the role_arn output of another region.",
  },
  createRolePolicies: {
    ...flag,
    default: true,
    description:
      "Whether to add the inline policies to the existing roles. False: the roles' owner attaches them; the role_policies output has the policies of the delivery role.",
  },
  roleName: {
    type: "string",
    /** Kloudfuse's guide, step 1. */
    default: "KloudfuseFirehoseRole",
    description: "Name of the role to create.",
    rules: LIMITS.roleName,
    advice: "Choose another name, unique among the account's roles.",
  },
  rolePath: {
    type: "string",
    default: "/",
    description: "IAM path of the roles to create.",
    rules: LIMITS.rolePath,
    advice: "Use / or a path such as /observability/.",
  },
  permissionsBoundaryArn: {
    type: "string",
    default: null,
    description: "ARN of the managed policy that is the permissions boundary of the roles to create.",
    rules: LIMITS.permissionsBoundaryArn,
    advice: "Use the ARN of a managed policy.",
  },
  createBackupBucket: {
    ...flag,
    default: true,
    description: "Whether to create the backup bucket. False: backup_bucket_arn is the bucket to use.",
  },
  backupBucketArn: {
    type: "string",
    default: null,
    description: "ARN of the existing backup bucket when create_backup_bucket is false.",
    rules: LIMITS.bucketArn,
    advice: "Use the bucket's ARN, such as arn:aws:s3:::my-bucket.",
  },
  backupPrefix: {
    type: "string",
    default: "",
    description:
      "Prefix in the backup bucket in front of the failure prefixes, such as eu-west-1/. Deployments that share a bucket need different ones.",
    rules: LIMITS.backupPrefix,
    advice: "Use a prefix such as eu-west-1/.",
  },
  backupBucketName: {
    type: "string",
    default: null,
    description: "Name of the backup bucket to create. Null: kloudfuse-firehose-backup-<account>-<region>.",
    rules: LIMITS.bucketName,
    advice: "Choose another name, unique in all of AWS.",
  },
  backupRetentionDays: {
    type: "number",
    default: 30,
    description: "Days after which failed data expires from the created bucket.",
    rules: LIMITS.backupRetentionDays,
    advice: "Allow enough time to notice and replay failed data.",
  },
  backupForceDestroy: {
    ...flag,
    default: false,
    description: "Whether destroying the created bucket deletes the failed data in it. Apply it before the destroy.",
  },
  kmsKeyArn: {
    type: "string",
    default: null,
    description:
      "ARN of the KMS key for the streams and the backup, in the streams' region. Null: an AWS-owned key and SSE-S3.",
    rules: LIMITS.kmsKeyArn,
    advice: "Use the ARN of the key itself: arn:aws:kms:<region>:<account>:key/<id>.",
  },
  errorLogRetentionDays: {
    type: "number",
    default: 30,
    description: "Days that CloudWatch Logs keeps the delivery errors.",
    rules: LIMITS.logRetentionDays,
    advice: "CloudWatch Logs accepts no other retention.",
  },
  ...SOURCE_INPUTS,
  ...ALARM_INPUTS,
  tags: {
    type: "map(string)",
    default: {},
    description: `Tags of every resource that supports tags: at most ${LIMITS.tags[0].maximum}. A tag whose value is null is omitted.`,
    rules: LIMITS.tags,
    advice: "Shorten, rename or remove tags.",
  },
} as const satisfies Readonly<Record<string, Input>>;

/** Name of an input as a property: `bufferingSizeMb`. */
export type InputName = keyof typeof INPUTS;

/** Values of inputs, not checked yet. */
export type InputValues = Readonly<Partial<Record<InputName, unknown>>>;

/** The input of each property of a construct, by the property's name. */
export type InputNames<Props> = Readonly<Partial<Record<keyof Props, InputName>>>;

/** Pairs of a construct's property and its input; in a list of inputs, both have one name. */
export const inputEntries = (
  inputs: readonly InputName[] | Readonly<Record<string, InputName>>,
): readonly (readonly [property: string, name: InputName])[] =>
  isList(inputs) ? inputs.map((name) => [name, name]) : Object.entries(inputs);

const isList = (value: readonly InputName[] | Readonly<Record<string, InputName>>): value is readonly InputName[] =>
  Array.isArray(value);

const isInput = (name: string): name is InputName => Object.hasOwn(INPUTS, name);

/** The names of the inputs in the order in which they are documented. */
export const INPUT_NAMES: readonly InputName[] = Object.keys(INPUTS).filter(isInput);

/** One input of the table, with the common type. */
export function inputOf(name: InputName): Input {
  return INPUTS[name];
}

/** Name of an input as a Terraform variable: `buffering_size_mb`. */
export function variableName(input: string): string {
  return input.replace(/[A-Z]/g, (letter) => `_${letter.toLowerCase()}`);
}
