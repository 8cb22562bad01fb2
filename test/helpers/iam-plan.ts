import type { JsonObject } from "../../iam/json";
import { findKloudfuse } from "../../policies/kloudfuse";
import type { Policy } from "../../policies/policy";
import { ACCOUNT, type PlannedChange, planOf, type PlanParts } from "./plan";
import { allow, document, when } from "./statements";

export { SECRET_ARN } from "./account";
export { allow, document } from "./statements";

export const REGION = "eu-west-1";
export const ROLE_ARN = `arn:aws:iam::${ACCOUNT}:role/firehose`;
export const STREAM_ARN = `arn:aws:firehose:${REGION}:${ACCOUNT}:deliverystream/kloudfuse-logs`;
export const BUCKET_ARN = "arn:aws:s3:::backup";
export const LOG_GROUP = "/aws/kinesisfirehose/kloudfuse";
export const LOG_GROUP_ARN = `arn:aws:logs:${REGION}:${ACCOUNT}:log-group:${LOG_GROUP}`;
export const KEY_ARN = `arn:aws:kms:${REGION}:${ACCOUNT}:key/1`;

export const ROLE = "aws_iam_role.firehose";
export const INLINE = "aws_iam_role_policy.firehose";
export const STREAM = "aws_kinesis_firehose_delivery_stream.logs";
export const KEY = "aws_kms_key.k";

const trusts = (name: string, Condition: JsonObject): JsonObject => ({
  Effect: "Allow",
  Action: "sts:AssumeRole",
  Principal: { Service: `${name}.amazonaws.com` },
  Condition,
});

export const TRUSTS_FIREHOSE = trusts("firehose", { StringEquals: { "sts:ExternalId": ACCOUNT } });
export const TRUSTS_LOGS = trusts("logs", { StringLike: { "aws:SourceArn": `arn:aws:logs:*:${ACCOUNT}:*` } });

/** What the role of the good plan may do, by purpose. */
export const GRANTS = {
  putRecords: allow(["firehose:PutRecord", "firehose:PutRecordBatch"], STREAM_ARN, { Sid: "PutRecords" }),
  findBucket: allow(["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"], BUCKET_ARN, {
    Sid: "FindBucket",
  }),
  backUp: allow(
    ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
    `${BUCKET_ARN}/kloudfuse-logs-failures/*`,
    { Sid: "BackUp" },
  ),
  logErrors: allow(
    "logs:PutLogEvents",
    ["http", "s3"].map((name) => `${LOG_GROUP_ARN}:log-stream:${name}`),
    { Sid: "LogErrors" },
  ),
} as const;

/** The policy document of the good plan, with other statements for some purposes; `undefined` leaves one out. */
export const grants = (other: Partial<Record<keyof typeof GRANTS, JsonObject | undefined>> = {}): string =>
  document(...Object.values({ ...GRANTS, ...other }).filter((statement) => statement !== undefined));

const logging = (name: string): readonly JsonObject[] => [
  { enabled: true, log_group_name: LOG_GROUP, log_stream_name: name },
];

/** Settings of a stream. */
export interface StreamSettings {
  readonly name?: string;
  readonly signal?: "logs" | "metrics";
  readonly http?: JsonObject;
  readonly backup?: JsonObject;
  readonly encryption?: JsonObject;
  readonly values?: JsonObject;
}

export const streamValues = ({
  signal = "logs",
  name = `kloudfuse-${signal}`,
  http = {},
  backup = {},
  encryption = { enabled: true, key_type: "AWS_OWNED_CMK" },
  values = {},
}: StreamSettings = {}): JsonObject => ({
  region: REGION,
  name,
  destination: "http_endpoint",
  server_side_encryption: [encryption],
  http_endpoint_configuration: [
    {
      url: `https://kfuse.example.com/ingester/kinesis/${signal}`,
      name,
      role_arn: ROLE_ARN,
      cloudwatch_logging_options: logging("http"),
      s3_configuration: [
        {
          role_arn: ROLE_ARN,
          bucket_arn: BUCKET_ARN,
          prefix: `kloudfuse-${signal}-failures/`,
          cloudwatch_logging_options: logging("s3"),
          ...backup,
        },
      ],
      ...http,
    },
  ],
  ...values,
});

/** The parts of the good plan. */
export interface DeploymentParts {
  readonly role: PlannedChange | undefined;
  readonly inline: PlannedChange | undefined;
  readonly bucket: PlannedChange | undefined;
  readonly logGroup: PlannedChange | undefined;
  readonly stream: PlannedChange | undefined;
}

export const change = (address: string, values: JsonObject, more: Partial<PlannedChange> = {}): PlannedChange => ({
  address,
  values,
  ...more,
});

export const roleChange = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(
    ROLE,
    { name: "firehose", arn: ROLE_ARN, assume_role_policy: document(TRUSTS_FIREHOSE, TRUSTS_LOGS), ...values },
    more,
  );

export const inlineChange = (policy: string = grants(), more: Partial<PlannedChange> = {}): PlannedChange =>
  change(INLINE, { name: "permissions", role: "firehose", policy }, more);

export const streamChange = (settings: StreamSettings = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(STREAM, streamValues(settings), more);

/** A key that can be used. */
export const keyChange = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(KEY, { arn: KEY_ARN, key_id: "1", is_enabled: true, region: REGION, ...values }, more);

/** A grant of KMS that lets the role use the key. */
export const kmsGrant = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(
    "aws_kms_grant.g",
    { key_id: "1", grantee_principal: ROLE_ARN, operations: ["Decrypt", "GenerateDataKey"], ...values },
    more,
  );

/** The condition of a statement that allows the key through services. */
export const viaService = (...services: readonly string[]): JsonObject =>
  when(
    "StringEquals",
    "kms:ViaService",
    services.map((name) => `${name}.${REGION}.amazonaws.com`),
  );

/** A plan in which every rule about roles holds, with other parts; `undefined` leaves one out. */
export function planWith(
  parts: Partial<DeploymentParts> = {},
  more: readonly PlannedChange[] = [],
): readonly PlannedChange[] {
  const good: DeploymentParts = {
    role: roleChange(),
    inline: inlineChange(),
    bucket: change("aws_s3_bucket.backup", { bucket: "backup", arn: BUCKET_ARN, region: REGION }),
    logGroup: change("aws_cloudwatch_log_group.errors", { name: LOG_GROUP }),
    stream: streamChange(),
  };
  return [...Object.values({ ...good, ...parts }), ...more].filter((part) => part !== undefined);
}

/** What a policy says of a plan, a line each: kind, address, what was found, what to do. */
export const check = (policy: Policy, changes: readonly PlannedChange[], parts: PlanParts = {}): string[] =>
  policy
    .check(findKloudfuse(planOf(changes, parts)))
    .map(({ kind, address, found, remedy }) => `${kind} ${address}: ${found} | ${remedy}`);

/** The finding that no policy of the role allows it actions. */
export const missing = (actions: string, on: string, address = STREAM): string =>
  `finding ${address}: the role cannot perform ${actions} on ${on} | Allow ${actions} on it.`;

export const AFTER = "Evaluate the plan again after the apply.";
export const ELSEWHERE = "Evaluate the plan of the root module that manages it.";
