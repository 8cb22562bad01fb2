import type { Policy } from "../../policies/policy";
import type { JsonObject } from "../../iam/json";
import { BUCKET_ARN, change, check, document, LOG_GROUP, planWith, REGION, streamValues } from "./iam-plan";
import type { PlannedChange, PlanParts } from "./plan";

export const BUCKET = "aws_s3_bucket.backup";
export const GROUP = "aws_cloudwatch_log_group.errors";
export const STREAM = "aws_kinesis_firehose_delivery_stream.logs";
export const HTTP = "http_endpoint_configuration.0";
export const BACKUP = `${HTTP}.s3_configuration.0`;

/** What the good plan's stream has beside what the rules about roles read. */
const HTTP_VALUES = {
  s3_backup_mode: "FailedDataOnly",
  buffering_size: 4,
  buffering_interval: 60,
  retry_duration: 300,
  request_configuration: [{ content_encoding: "GZIP" }],
};

/** Settings of the good plan's stream that differ. */
export interface StreamBlocks {
  readonly http?: JsonObject;
  readonly backup?: JsonObject;
  readonly values?: JsonObject;
  readonly signal?: "logs" | "metrics";
  readonly address?: string;
  readonly encryption?: JsonObject;
}

/** The good plan's stream. */
export const goodStream = (
  { http = {}, backup = {}, values = {}, signal = "logs", address = STREAM, encryption }: StreamBlocks = {},
  more: Partial<PlannedChange> = {},
): PlannedChange =>
  change(
    address,
    streamValues({
      signal,
      http: { ...HTTP_VALUES, ...http },
      backup: { compression_format: "GZIP", ...backup },
      values,
      ...(encryption === undefined ? {} : { encryption }),
    }),
    more,
  );

export const DENY_PLAIN_HTTP: JsonObject = {
  Sid: "Tls",
  Effect: "Deny",
  Action: "s3:*",
  Principal: "*",
  Resource: [BUCKET_ARN, `${BUCKET_ARN}/*`],
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

export const RULE: JsonObject = {
  status: "Enabled",
  expiration: [{ days: 30 }],
  noncurrent_version_expiration: [{ noncurrent_days: 7 }],
  abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
};

/** The values of the good plan's resources that configure the bucket, by type. */
export const GUARDS = {
  aws_s3_bucket_public_access_block: {
    block_public_acls: true,
    block_public_policy: true,
    ignore_public_acls: true,
    restrict_public_buckets: true,
  },
  aws_s3_bucket_ownership_controls: { rule: [{ object_ownership: "BucketOwnerEnforced" }] },
  aws_s3_bucket_policy: { policy: document(DENY_PLAIN_HTTP) },
  aws_s3_bucket_lifecycle_configuration: { rule: [RULE] },
  aws_s3_bucket_versioning: { versioning_configuration: [{ status: "Enabled" }] },
  aws_s3_bucket_server_side_encryption_configuration: {
    rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "AES256" }] }],
  },
} as const satisfies Readonly<Record<string, JsonObject>>;

export type Guard = keyof typeof GUARDS;

/** A resource that configures the backup bucket. */
export const guard = (type: Guard, values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(`${type}.backup`, { bucket: "backup", ...GUARDS[type], ...values }, more);

/** The good plan's parts with another bucket policy. */
export const bucketPolicyWith = (
  statements: readonly JsonObject[],
  more: Partial<PlannedChange> = {},
): Pick<GoodParts, "guards"> => ({
  guards: { aws_s3_bucket_policy: guard("aws_s3_bucket_policy", { policy: document(...statements) }, more) },
});

/** The parts of the good plan that tests replace; `undefined` leaves one out. */
export interface GoodParts {
  readonly stream?: PlannedChange | undefined;
  readonly bucket?: PlannedChange | undefined;
  readonly logGroup?: PlannedChange | undefined;
  readonly role?: PlannedChange | undefined;
  readonly inline?: PlannedChange | undefined;
  readonly guards?: Partial<Record<Guard, PlannedChange | undefined>>;
  readonly logStreams?: readonly PlannedChange[];
}

export const bucketChange = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(BUCKET, { bucket: "backup", arn: BUCKET_ARN, region: REGION, ...values }, more);

export const logStream = (name: string, values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  change(`aws_cloudwatch_log_stream.${name}`, { region: REGION, log_group_name: LOG_GROUP, name, ...values }, more);

/** A plan in which every rule holds, with other parts and more resources. */
export function goodPlan(
  { guards = {}, logStreams = [logStream("http"), logStream("s3")], ...parts }: GoodParts = {},
  more: readonly PlannedChange[] = [],
): readonly PlannedChange[] {
  const all = {
    ...Object.fromEntries(
      Object.entries(GUARDS).map(([type, values]) => [type, change(`${type}.backup`, { bucket: "backup", ...values })]),
    ),
    ...guards,
  };
  return planWith(
    {
      stream: goodStream(),
      bucket: bucketChange(),
      logGroup: change(GROUP, { region: REGION, name: LOG_GROUP, retention_in_days: 30 }),
      ...parts,
    },
    [...Object.values(all).filter((one) => one !== undefined), ...logStreams, ...more],
  );
}

/** What a policy says of the good plan with other parts. */
export const checkGood = (
  policy: Policy,
  parts: GoodParts = {},
  more: readonly PlannedChange[] = [],
  planParts: PlanParts = {},
): string[] => check(policy, goodPlan(parts, more), planParts);
