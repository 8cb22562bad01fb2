/** A change of the module's main.tf.json: a new value at a path, or none to take away what is there. */
export interface Edit {
  readonly path: string;
  readonly value?: unknown;
}

/** What breaks exactly one policy, but for those in `also`. */
export interface Mutation {
  readonly policy: string;
  /** Another policy that such a plan cannot but break. */
  readonly also?: string;
  readonly name: string;
  readonly edits?: readonly Edit[];
  readonly options?: readonly string[];
}

const METRICS = "resource/aws_kinesis_firehose_delivery_stream/metrics";
const HTTP = `${METRICS}/http_endpoint_configuration`;
const LOGS_HTTP = "resource/aws_kinesis_firehose_delivery_stream/logs/http_endpoint_configuration";
const DOCUMENTS = "data/aws_iam_policy_document";
const TRUST = `${DOCUMENTS}/delivery_trust/statement`;
const PUT_RECORDS = `${DOCUMENTS}/delivery_put_records_document/statement/0`;
const DELIVER = `${DOCUMENTS}/delivery_deliver_document`;
const METRIC_STREAM = "resource/aws_cloudwatch_metric_stream/metric_stream";
const METRIC_STREAM_TRUST = `${DOCUMENTS}/metric_stream_role_trust/statement/0`;
const FILTER = "resource/aws_cloudwatch_log_subscription_filter/log_groups";
const CRITERIA = "resource/aws_cloudwatch_log_account_policy/account/selection_criteria";
const SOURCES = "-var=sources=true";
const ALARMS = "-var=alarms=true";
const TOPIC_STATEMENT = `${DOCUMENTS}/alarms_topic_policy_document/statement/0`;
const KEY = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555";

/** One mutation a policy, and more where a policy guards against more than one thing. */
export const MUTATIONS: readonly Mutation[] = [
  {
    policy: "KFF-IAM-001",
    name: "another service is trusted",
    edits: [{ path: `${TRUST}/0/principals/0/identifiers`, value: ["firehose.amazonaws.com", "lambda.amazonaws.com"] }],
  },
  {
    policy: "KFF-IAM-001",
    name: "everybody is trusted",
    edits: [{ path: `${TRUST}/0/principals/1`, value: { type: "AWS", identifiers: ["*"] } }],
  },
  {
    policy: "KFF-IAM-001",
    name: "a documented service is not trusted",
    edits: [{ path: `${TRUST}/1` }],
  },
  { policy: "KFF-IAM-002", name: "a condition is dropped", edits: [{ path: `${TRUST}/0/condition` }] },
  {
    policy: "KFF-IAM-003",
    name: "PutRecordBatch is dropped",
    edits: [{ path: `${PUT_RECORDS}/actions`, value: ["firehose:PutRecord"] }],
  },
  {
    policy: "KFF-IAM-004",
    name: "the S3 permission is dropped",
    edits: [{ path: `${DELIVER}/statement/1/actions`, value: ["s3:AbortMultipartUpload", "s3:GetObject"] }],
  },
  {
    policy: "KFF-IAM-005",
    name: "the log permission is for another group",
    edits: [
      {
        path: `${DELIVER}/statement/2/resources`,
        value: ["arn:aws:logs:us-east-1:123456789012:log-group:other:log-stream:s"],
      },
    ],
  },
  {
    policy: "KFF-IAM-006",
    name: "the key's permission is dropped",
    edits: [{ path: `${DELIVER}/dynamic` }],
    options: [`-var=kms_key_arn=${KEY}`],
  },
  {
    policy: "KFF-IAM-006",
    name: "the key may not be used through Firehose",
    edits: [
      {
        path: `${DELIVER}/dynamic/statement/0/content/condition/0/values`,
        value: ["s3.us-east-1.amazonaws.com", "secretsmanager.us-east-1.amazonaws.com"],
      },
    ],
    options: [`-var=kms_key_arn=${KEY}`],
  },
  { policy: "KFF-IAM-007", name: "a resource is *", edits: [{ path: `${PUT_RECORDS}/resources`, value: ["*"] }] },
  {
    policy: "KFF-IAM-007",
    name: "an action is a wildcard",
    edits: [{ path: `${PUT_RECORDS}/actions`, value: ["firehose:*"] }],
  },
  {
    policy: "KFF-IAM-008",
    name: "another action is allowed",
    edits: [{ path: `${DELIVER}/statement/0/actions/3`, value: "s3:DeleteBucket" }],
  },
  {
    policy: "KFF-IAM-009",
    name: "a managed FullAccess policy is attached",
    edits: [
      {
        path: "resource/aws_iam_role_policy_attachment",
        value: {
          full: {
            role: "${aws_iam_role.delivery[0].name}",
            policy_arn: "arn:aws:iam::aws:policy/AmazonKinesisFirehoseFullAccess",
          },
        },
      },
    ],
  },
  {
    policy: "KFF-IAM-010",
    name: "a partition is hard-coded",
    edits: [
      {
        path: "resource/aws_iam_role_policy/more",
        value: {
          name: "more",
          role: "${aws_iam_role.delivery[0].name}",
          policy:
            '${jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "s3:GetObject", Resource = "arn:aws:s3:::more/x" }] })}',
        },
      },
    ],
    options: ["-var=region=cn-north-1"],
  },
  {
    policy: "KFF-IAM-011",
    name: "a policy is no policy document",
    edits: [
      {
        path: "resource/aws_iam_role_policy/empty",
        value: { name: "empty", role: "${aws_iam_role.delivery[0].name}", policy: '{"Version":"2012-10-17"}' },
      },
    ],
  },
  {
    policy: "KFF-IAM-012",
    name: "the permissions boundary leaves the error log out",
    edits: [
      {
        path: "resource/aws_iam_policy",
        value: {
          boundary: {
            name: "boundary",
            policy:
              '${jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = ["firehose:*", "s3:*"], Resource = "*" }] })}',
          },
        },
      },
      { path: "resource/aws_iam_role/delivery/permissions_boundary", value: "${aws_iam_policy.boundary.arn}" },
    ],
  },
  {
    policy: "KFF-END-001",
    name: "the endpoint has a port",
    edits: [
      { path: `${HTTP}/url`, value: "https://kfuse.example.com:8443/ingester/kinesis/metrics" },
      { path: `${LOGS_HTTP}/url`, value: "https://kfuse.example.com:8443/ingester/kinesis/logs" },
    ],
  },
  {
    policy: "KFF-END-002",
    also: "KFF-DEL-010",
    name: "the two paths are swapped",
    edits: [
      { path: `${HTTP}/url`, value: "https://kfuse.example.com/ingester/kinesis/logs" },
      { path: `${LOGS_HTTP}/url`, value: "https://kfuse.example.com/ingester/kinesis/metrics" },
    ],
  },
  {
    policy: "KFF-END-003",
    name: "one stream delivers to another host",
    edits: [{ path: `${HTTP}/url`, value: "https://other.example.com/ingester/kinesis/metrics" }],
  },
  {
    policy: "KFF-END-004",
    name: "the host is known in a cluster alone",
    edits: [
      { path: `${HTTP}/url`, value: "https://ingester.kfuse.svc.cluster.local/ingester/kinesis/metrics" },
      { path: `${LOGS_HTTP}/url`, value: "https://ingester.kfuse.svc.cluster.local/ingester/kinesis/logs" },
    ],
  },
  {
    policy: "KFF-DEL-001",
    name: "GZIP is off",
    edits: [{ path: `${HTTP}/request_configuration/content_encoding`, value: "NONE" }],
  },
  {
    policy: "KFF-DEL-001",
    name: "the backup is not compressed",
    edits: [{ path: `${HTTP}/s3_configuration/compression_format`, value: "UNCOMPRESSED" }],
  },
  {
    policy: "KFF-DEL-002",
    name: "a buffering of 65 is forced past the validation",
    edits: [{ path: `${HTTP}/buffering_size`, value: 65 }],
  },
  {
    policy: "KFF-DEL-003",
    name: "all data is backed up",
    edits: [{ path: `${HTTP}/s3_backup_mode`, value: "AllData" }],
  },
  {
    policy: "KFF-DEL-004",
    name: "the prefix is changed",
    edits: [{ path: `${HTTP}/s3_configuration/prefix`, value: "kloudfuse-logs-failures/metrics/" }],
  },
  {
    policy: "KFF-DEL-004",
    also: "KFF-DEL-010",
    name: "both streams write to one prefix",
    edits: [{ path: `${HTTP}/s3_configuration/prefix`, value: "kloudfuse-logs-failures/" }],
  },
  {
    policy: "KFF-DEL-004",
    name: "an error output prefix leaves the error's type out",
    edits: [
      { path: `${HTTP}/s3_configuration/error_output_prefix`, value: "kloudfuse-metrics-failures/!{timestamp:yyyy}/" },
    ],
  },
  {
    policy: "KFF-DEL-005",
    name: "logging is off",
    edits: [{ path: `${HTTP}/cloudwatch_logging_options/enabled`, value: false }],
  },
  {
    policy: "KFF-DEL-006",
    name: "the logs never expire",
    edits: [{ path: "resource/aws_cloudwatch_log_group/errors/retention_in_days" }],
  },
  {
    policy: "KFF-DEL-007",
    name: "the backup's buffer is larger than AWS takes",
    edits: [{ path: `${HTTP}/s3_configuration/buffering_size`, value: 129 }],
  },
  {
    policy: "KFF-DEL-008",
    also: "KFF-ENC-001",
    name: "the source is a Kinesis data stream",
    edits: [
      { path: `${METRICS}/server_side_encryption` },
      {
        path: `${METRICS}/kinesis_source_configuration`,
        value: {
          kinesis_stream_arn: "arn:aws:kinesis:us-east-1:123456789012:stream/source",
          role_arn: "${local.role_planned_arn}",
        },
      },
    ],
  },
  {
    policy: "KFF-DEL-009",
    name: "the role may not invoke the Lambda processor",
    edits: [
      {
        path: `${HTTP}/processing_configuration`,
        value: {
          enabled: true,
          processors: {
            type: "Lambda",
            parameters: {
              parameter_name: "LambdaArn",
              parameter_value: "arn:aws:lambda:us-east-1:123456789012:function:scrub:1",
            },
          },
        },
      },
    ],
  },
  {
    policy: "KFF-DEL-010",
    name: "the endpoint's name is that of the other signal",
    edits: [{ path: `${HTTP}/name`, value: "kloudfuse-logs" }],
  },
  {
    policy: "KFF-ENC-001",
    name: "the stream's encryption is off",
    edits: [{ path: `${METRICS}/server_side_encryption`, value: { enabled: false } }],
  },
  {
    policy: "KFF-ENC-002",
    name: "the bucket's encryption is left out",
    edits: [{ path: "resource/aws_s3_bucket_server_side_encryption_configuration" }],
  },
  {
    policy: "KFF-ENC-003",
    name: "an access key is given in plain text",
    options: ["-var=access_key=s3cr3t-4cc3ss-k3y"],
  },
  {
    policy: "KFF-ENC-004",
    also: "KFF-IAM-006",
    name: "the key's policy is closed to the role",
    edits: [
      {
        path: "resource/aws_kms_key",
        value: {
          telemetry: {
            policy:
              '${jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = "arn:aws:iam::123456789012:role/admin" } }] })}',
          },
        },
      },
      { path: `${METRICS}/server_side_encryption/key_arn`, value: "${aws_kms_key.telemetry.arn}" },
      { path: `${METRICS}/server_side_encryption/key_type`, value: "CUSTOMER_MANAGED_CMK" },
    ],
  },
  {
    policy: "KFF-ENC-005",
    name: "everybody can read the secret of the access key",
    edits: [
      {
        path: "resource/aws_secretsmanager_secret",
        value: {
          key: {
            name: "kloudfuse",
            policy:
              '${jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "*", Principal = "*" }] })}',
          },
        },
      },
      {
        path: "resource/aws_iam_role_policy/secret",
        value: {
          name: "secret",
          role: "${aws_iam_role.delivery[0].name}",
          policy:
            '${jsonencode({ Version = "2012-10-17", Statement = [{ Effect = "Allow", Action = "secretsmanager:GetSecretValue", Resource = "arn:aws:secretsmanager:us-east-1:123456789012:secret:kloudfuse-??????" }] })}',
        },
      },
      {
        path: `${HTTP}/secrets_manager_configuration`,
        value: {
          enabled: true,
          secret_arn: "${aws_secretsmanager_secret.key.arn}",
          role_arn: "${local.role_planned_arn}",
        },
      },
      { path: `${HTTP}/dynamic` },
      { path: `${HTTP}/access_key` },
      // The module's own check of a secret that is no longer set.
      { path: `${METRICS}/lifecycle/postcondition` },
    ],
  },
  {
    policy: "KFF-BKT-001",
    name: "a block is lifted",
    edits: [
      { path: "resource/aws_s3_bucket_public_access_block/backup_public_access/block_public_policy", value: false },
    ],
  },
  {
    policy: "KFF-BKT-002",
    name: "ACLs are taken",
    edits: [
      {
        path: "resource/aws_s3_bucket_ownership_controls/backup_ownership/rule/object_ownership",
        value: "BucketOwnerPreferred",
      },
    ],
  },
  {
    policy: "KFF-BKT-003",
    name: "requests without TLS are not denied",
    edits: [{ path: "resource/aws_s3_bucket_policy" }],
  },
  {
    policy: "KFF-BKT-004",
    name: "objects do not expire",
    edits: [{ path: "resource/aws_s3_bucket_lifecycle_configuration/backup_lifecycle/rule/0/expiration" }],
  },
  {
    policy: "KFF-BKT-005",
    name: "versioning is suspended",
    edits: [
      {
        path: "resource/aws_s3_bucket_versioning/backup_versioning/versioning_configuration/status",
        value: "Suspended",
      },
    ],
  },
  {
    policy: "KFF-BKT-006",
    name: "destroying the bucket deletes the data in it",
    edits: [{ path: "resource/aws_s3_bucket/backup/force_destroy", value: true }],
  },
  {
    policy: "KFF-BKT-007",
    name: "the bucket's policy lets everybody read",
    edits: [
      {
        path: `${DOCUMENTS}/backup_tls_only_document/statement/1`,
        value: {
          effect: "Allow",
          actions: ["s3:GetObject"],
          resources: ["arn:aws:s3:::*"],
          principals: [{ type: "*", identifiers: ["*"] }],
        },
      },
    ],
  },
  {
    policy: "KFF-BKT-008",
    name: "two resources write the bucket's policy",
    edits: [
      {
        path: "resource/aws_s3_bucket_policy/second",
        value: {
          bucket: "${aws_s3_bucket.backup[0].bucket}",
          policy: "${data.aws_iam_policy_document.backup_tls_only_document[0].json}",
        },
      },
    ],
  },
  {
    policy: "KFF-SRC-001",
    name: "another service can assume the metric stream's role",
    edits: [
      {
        path: `${METRIC_STREAM_TRUST}/principals/0/identifiers`,
        value: ["streams.metrics.cloudwatch.amazonaws.com", "lambda.amazonaws.com"],
      },
    ],
    options: [SOURCES],
  },
  {
    policy: "KFF-SRC-001",
    name: "the condition of the metric stream's role is dropped",
    edits: [{ path: `${METRIC_STREAM_TRUST}/condition` }],
    options: [SOURCES],
  },
  {
    policy: "KFF-SRC-002",
    name: "the metric stream writes OpenTelemetry",
    edits: [{ path: `${METRIC_STREAM}/output_format`, value: "opentelemetry1.0" }],
    options: [SOURCES],
  },
  {
    policy: "KFF-SRC-003",
    name: "the metric stream has 1,001 namespaces",
    edits: [
      {
        path: `${METRIC_STREAM}/dynamic/include_filter/for_each`,
        value: '${{ for index in range(1001) : format("namespace-%d", index) => [] }}',
      },
    ],
    options: [SOURCES],
  },
  {
    policy: "KFF-SRC-004",
    name: "the account policy does not leave the error log group out",
    edits: [{ path: CRITERIA, value: 'LogGroupName NOT IN ["/ecs/api"]' }],
    options: [SOURCES],
  },
  {
    policy: "KFF-SRC-005",
    name: "the logs of Kloudfuse's own cluster are subscribed",
    options: [SOURCES, "-var=log_group=/aws/eks/kfuse/cluster"],
  },
  {
    policy: "KFF-SRC-006",
    name: "the account policy does not leave the subscribed log group out",
    edits: [{ path: CRITERIA, value: 'LogGroupName NOT IN ["/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs"]' }],
    options: [SOURCES],
  },
  {
    policy: "KFF-SRC-007",
    name: "the log group is subscribed to the metrics stream",
    edits: [{ path: `${FILTER}/destination_arn`, value: "${aws_kinesis_firehose_delivery_stream.metrics[0].arn}" }],
    options: [SOURCES],
  },
  {
    policy: "KFF-ALM-001",
    name: "an alarm has no actions",
    edits: [{ path: "resource/aws_cloudwatch_metric_alarm/alarms_logs_records_backed_up/alarm_actions", value: [] }],
    options: [ALARMS],
  },
  {
    policy: "KFF-ALM-001",
    name: "the actions of an alarm on the error log are not enabled",
    edits: [{ path: "resource/aws_cloudwatch_metric_alarm/alarms_request_too_large/actions_enabled", value: false }],
    options: [ALARMS],
  },
  {
    policy: "KFF-ALM-001",
    name: "an alarm of the metric stream has no actions",
    edits: [{ path: "resource/aws_cloudwatch_metric_alarm/alarms_metric_stream_failing/alarm_actions", value: [] }],
    options: [ALARMS, SOURCES],
  },
  {
    policy: "KFF-ALM-002",
    name: "everybody can publish to the topic",
    edits: [
      { path: `${TOPIC_STATEMENT}/principals/1`, value: { type: "*", identifiers: ["*"] } },
      { path: `${TOPIC_STATEMENT}/condition` },
    ],
    options: [ALARMS],
  },
  {
    policy: "KFF-ALM-002",
    name: "CloudWatch can publish to the topic on behalf of any account",
    edits: [{ path: `${TOPIC_STATEMENT}/condition` }],
    options: [ALARMS],
  },
  {
    policy: "KFF-ALM-003",
    name: "the topic is encrypted with the key that AWS manages",
    edits: [{ path: "resource/aws_sns_topic/alarms_topic/kms_master_key_id", value: "alias/aws/sns" }],
    options: [ALARMS],
  },
  {
    policy: "KFF-ALM-003",
    name: "the topic's policy names another service",
    edits: [{ path: `${TOPIC_STATEMENT}/principals/0/identifiers`, value: ["events.amazonaws.com"] }],
    options: [ALARMS],
  },
];

/** The text of a JSON file with the edits made. */
export function edited(text: string, edits: readonly Edit[]): string {
  const json: unknown = JSON.parse(text);
  return JSON.stringify(edits.reduce(edit, json));
}

function edit(json: unknown, { path, value }: Edit): unknown {
  const [key, ...rest] = path.split("/");
  if (key === undefined || typeof json !== "object" || json === null) {
    throw new Error(`${path} leads to nothing in the module.`);
  }
  const entries = new Map<string, unknown>(Object.entries(json));
  const next = rest.length === 0 ? value : edit(entries.get(key), { path: rest.join("/"), value });
  if (next === undefined && !entries.has(key)) {
    throw new Error(`${key} is not in the module.`);
  }
  if (next === undefined) {
    entries.delete(key);
  } else {
    entries.set(key, next);
  }
  return Array.isArray(json) ? [...entries.values()] : Object.fromEntries(entries);
}
