import type { InputName } from "./inputs";

/** The provider's account, partition and region as Terraform references. */
export interface LocationReferences {
  readonly accountId: string;
  readonly partition: string;
  readonly region: string;
}

/** A part of an ARN that must match the account, partition or region of the deployment. */
export interface LocationRule {
  readonly input: InputName;
  /** Completes the sentence "<input> must …". */
  readonly text: string;
  /** Index of the part in the ARN split at its colons. */
  readonly part: number;
  readonly expected: keyof LocationReferences;
  /** Values of the part that are valid everywhere. */
  readonly alsoAllowed: readonly string[];
  readonly advice: string;
}

const PARTITION = 1;
const REGION = 3;
const ACCOUNT = 4;

const inPartition = (input: InputName): LocationRule => ({
  input,
  text: "be in the partition that the streams are deployed to",
  part: PARTITION,
  expected: "partition",
  alsoAllowed: [],
  advice: "ARNs begin with arn:aws:, arn:aws-cn: in China, arn:aws-us-gov: in GovCloud.",
});

/**
 * The rules that need the account and the region that Terraform deploys to. They are checked when
 * Terraform plans, and again at apply where account and region are unknown until then.
 */
export const LOCATION_RULES: readonly LocationRule[] = [
  inPartition("accessKeySecretArn"),
  {
    // Amazon Data Firehose Developer Guide, "Authenticate with AWS Secrets Manager".
    input: "accessKeySecretArn",
    text: "be in the streams' region",
    part: REGION,
    expected: "region",
    alsoAllowed: [],
    advice: "Replicate the secret to the streams' region, or create one there.",
  },
  inPartition("kmsKeyArn"),
  {
    // Amazon Data Firehose Developer Guide, "Data protection": the key is in the stream's region.
    input: "kmsKeyArn",
    text: "be in the streams' region",
    part: REGION,
    expected: "region",
    alsoAllowed: [],
    advice: "Use a key of the streams' region, such as a replica of a multi-Region key.",
  },
  inPartition("roleArn"),
  {
    // IAM User Guide, "Grant a user permissions to pass a role": not to a service in another account.
    input: "roleArn",
    text: "be in the account that the streams are deployed to",
    part: ACCOUNT,
    expected: "accountId",
    alsoAllowed: [],
    advice: "A role cannot be passed to Firehose across accounts: use a role of this account.",
  },
  inPartition("metricStreamRoleArn"),
  {
    // CloudWatch User Guide, "Trust between CloudWatch and Firehose": the stream, the role and Firehose are in one account.
    input: "metricStreamRoleArn",
    text: "be in the account that the streams are deployed to",
    part: ACCOUNT,
    expected: "accountId",
    alsoAllowed: [],
    advice: "A role cannot be passed to CloudWatch across accounts: use a role of this account.",
  },
  inPartition("permissionsBoundaryArn"),
  {
    // IAM API, CreateRole.PermissionsBoundary: a managed policy of the account or of AWS.
    input: "permissionsBoundaryArn",
    text: "be in the account that the role is created in",
    part: ACCOUNT,
    expected: "accountId",
    alsoAllowed: ["aws"],
    advice: "Use a policy of this account or one that AWS manages.",
  },
  inPartition("backupBucketArn"),
  inPartition("alarmTopicArn"),
  {
    // CloudWatch User Guide, "Notify users on alarm changes": the topic is in the region of the alarm.
    input: "alarmTopicArn",
    text: "be in the streams' region",
    part: REGION,
    expected: "region",
    alsoAllowed: [],
    advice: "Use a topic of the streams' region.",
  },
  inPartition("alarmTopicKmsKeyArn"),
  {
    // SNS Developer Guide, "Managing encryption keys": the key is in the topic's region.
    input: "alarmTopicKmsKeyArn",
    text: "be in the streams' region",
    part: REGION,
    expected: "region",
    alsoAllowed: [],
    advice: "Use a key of the streams' region.",
  },
];
