import { evaluate } from "../../policies";
import { ACCOUNT } from "./account";
import { type PlannedChange, planOf, type PlanParts } from "./plan-json";
import { document } from "./statements";

export { ACCOUNT } from "./account";
export { inAccount, type PlannedChange, planJson, planOf, type PlanParts, unknownAt } from "./plan-json";

/** What differs in a deployment from the module's default in eu-west-1. */
export interface Deployment {
  readonly module?: string;
  readonly partition?: string;
  readonly region?: string;
  readonly signals?: readonly ("metrics" | "logs")[];
  /** Set: everything that a flag counts has an index in its address. */
  readonly index?: string;
  readonly backupPrefix?: string;
  readonly bucket?: string;
  readonly logsPrincipal?: string;
  readonly keyArn?: string;
  readonly secretArn?: string;
  /** Conditions of the statement that allows the key. */
  readonly keyConditions?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
  readonly keyActions?: readonly string[];
}

/** The resources of a deployment by this project's module, as far as the policies read them. */
export function deployment({
  module = "module.kloudfuse",
  partition = "aws",
  region = "eu-west-1",
  signals = ["metrics", "logs"],
  index = "",
  backupPrefix = "",
  bucket = "failures",
  logsPrincipal = "logs.amazonaws.com",
  keyArn,
  secretArn,
  keyConditions = {},
  keyActions = ["kms:Decrypt", "kms:GenerateDataKey"],
}: Deployment = {}): PlannedChange[] {
  const roleName = "KloudfuseFirehoseRole";
  const roleArn = `arn:${partition}:iam::${ACCOUNT}:role/${roleName}`;
  const bucketArn = `arn:${partition}:s3:::${bucket}`;
  const group = "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs";
  const prefixOf = (signal: string): string => `${backupPrefix}kloudfuse-${signal}-failures/`;
  const logStream = (signal: string, path: string): string => `kloudfuse-${signal}/${path}`;
  const logging = (signal: string, path: string): unknown => [
    { enabled: true, log_group_name: group, log_stream_name: logStream(signal, path) },
  ];
  const allow = (Sid: string, Action: readonly string[], Resource: unknown, Condition?: unknown): object => ({
    Sid,
    Effect: "Allow",
    Action,
    Resource,
    ...(Condition === undefined ? {} : { Condition }),
  });
  const trust = (Service: string, Condition: unknown): object => ({
    Effect: "Allow",
    Action: "sts:AssumeRole",
    Principal: { Service },
    Condition,
  });
  const change = (type: string, name: string, values: PlannedChange["values"]): PlannedChange => ({
    address: `${module}.${type}.${name}`,
    type,
    values,
  });
  return [
    change("aws_iam_role", "delivery[0]", {
      name: roleName,
      assume_role_policy: document(
        trust("firehose.amazonaws.com", { StringEquals: { "sts:ExternalId": ACCOUNT } }),
        trust(logsPrincipal, { StringLike: { "aws:SourceArn": `arn:${partition}:logs:*:${ACCOUNT}:*` } }),
      ),
    }),
    change("aws_iam_role_policy", `delivery_put_records${index}`, {
      name: "KloudfuseFirehosePermissions",
      role: roleName,
      policy: document(
        allow(
          "PutRecords",
          ["firehose:PutRecord", "firehose:PutRecordBatch"],
          signals.map((signal) => `arn:${partition}:firehose:${region}:${ACCOUNT}:deliverystream/kloudfuse-${signal}`),
        ),
      ),
    }),
    change("aws_iam_role_policy", `delivery_deliver${index}`, {
      name: "KloudfuseFirehoseDelivery",
      role: roleName,
      policy: document(
        allow(
          "FindBackupBucket",
          ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
          bucketArn,
        ),
        allow(
          "BackUpFailedData",
          ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
          signals.map((signal) => `${bucketArn}/${prefixOf(signal)}*`),
        ),
        allow(
          "LogDeliveryErrors",
          ["logs:PutLogEvents"],
          `arn:${partition}:logs:${region}:${ACCOUNT}:log-group:${group}:log-stream:kloudfuse-metrics/*`,
        ),
        allow(
          "LogMoreErrors",
          ["logs:PutLogEvents"],
          `arn:${partition}:logs:${region}:${ACCOUNT}:log-group:${group}:log-stream:kloudfuse-logs/*`,
        ),
        ...(keyArn === undefined ? [] : [allow("UseKmsKey", keyActions, keyArn, keyConditions)]),
        ...(secretArn === undefined ? [] : [allow("ReadAccessKey", ["secretsmanager:GetSecretValue"], secretArn)]),
      ),
    }),
    ...bucketWithGuards(change, bucket, bucketArn),
    change("aws_cloudwatch_log_group", "errors", { region, name: group, retention_in_days: 30 }),
    ...signals.flatMap((signal) => [
      ...["http-endpoint-delivery", "s3-backup"].map((path) =>
        change("aws_cloudwatch_log_stream", `${signal}_${path.replaceAll("-", "_")}${index}`, {
          region,
          name: logStream(signal, path),
          log_group_name: group,
        }),
      ),
      change("aws_kinesis_firehose_delivery_stream", `${signal}${index}`, {
        region,
        name: `kloudfuse-${signal}`,
        destination: "http_endpoint",
        server_side_encryption: [
          keyArn === undefined
            ? { enabled: true, key_type: "AWS_OWNED_CMK" }
            : { enabled: true, key_type: "CUSTOMER_MANAGED_CMK", key_arn: keyArn },
        ],
        http_endpoint_configuration: [
          {
            url: `https://kfuse.example.com/ingester/kinesis/${signal}`,
            name: `kloudfuse-${signal}`,
            role_arn: roleArn,
            buffering_size: 4,
            buffering_interval: 60,
            retry_duration: 300,
            s3_backup_mode: "FailedDataOnly",
            request_configuration: [{ content_encoding: "GZIP" }],
            cloudwatch_logging_options: logging(signal, "http-endpoint-delivery"),
            secrets_manager_configuration:
              secretArn === undefined ? [] : [{ enabled: true, secret_arn: secretArn, role_arn: roleArn }],
            s3_configuration: [
              {
                role_arn: roleArn,
                bucket_arn: bucketArn,
                prefix: prefixOf(signal),
                compression_format: "GZIP",
                ...(keyArn === undefined ? {} : { kms_key_arn: keyArn }),
                cloudwatch_logging_options: logging(signal, "s3-backup"),
              },
            ],
          },
        ],
      }),
    ]),
  ];
}

function bucketWithGuards(
  change: (type: string, name: string, values: PlannedChange["values"]) => PlannedChange,
  bucket: string,
  arn: string,
): PlannedChange[] {
  const tlsOnly = {
    Effect: "Deny",
    Action: "s3:*",
    Principal: "*",
    Resource: [arn, `${arn}/*`],
    Condition: { Bool: { "aws:SecureTransport": "false" } },
  };
  const rule = {
    status: "Enabled",
    expiration: [{ days: 30 }],
    noncurrent_version_expiration: [{ noncurrent_days: 7 }],
    abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
  };
  const guards = {
    aws_s3_bucket: { force_destroy: false },
    aws_s3_bucket_public_access_block: {
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    },
    aws_s3_bucket_ownership_controls: { rule: [{ object_ownership: "BucketOwnerEnforced" }] },
    aws_s3_bucket_policy: { policy: JSON.stringify({ Statement: [tlsOnly] }) },
    aws_s3_bucket_lifecycle_configuration: { rule: [rule] },
    aws_s3_bucket_versioning: { versioning_configuration: [{ status: "Enabled" }] },
    aws_s3_bucket_server_side_encryption_configuration: {
      rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "AES256" }] }],
    },
  };
  return Object.entries(guards).map(([type, values]) => change(type, "backup[0]", { bucket, ...values }));
}

/** What the policies say of a plan, a line each: policy, kind, address without its module, what was found. */
export function outcomesOf(changes: readonly PlannedChange[], parts: PlanParts = {}): string[] {
  return evaluate(planOf(changes, parts)).verdicts.flatMap(({ policy, outcomes }) =>
    outcomes.map(({ kind, address, found }) => `${policy.id} ${kind} ${address}: ${found}`),
  );
}
