/** Texts of the base's stream, for edits. */
export const STREAM = {
  name: '  name        = "${var.name}-logs"',
  encryption: "  server_side_encryption {\n    enabled = true\n  }\n",
  url: '"https://kfuse.example.com/ingester/kinesis/logs"',
  endpointName: '    name               = "${var.name}-logs"',
  httpRole: "role_arn           = aws_iam_role.firehose.arn\n    buffering_size ",
  backupRole: "role_arn           = aws_iam_role.firehose.arn\n      bucket_arn ",
  request: '    request_configuration {\n      content_encoding = "GZIP"\n    }\n',
  prefix: 'prefix             = "kloudfuse-logs-failures/"',
} as const;

/** ARN of a secret that is managed elsewhere. */
export const SECRET = "arn:aws:secretsmanager:us-east-1:123456789012:secret:kloudfuse-AbCdEf";

/** Edit that takes the access key from the secret. */
export const withSecret = (role: string, more = ""): readonly [string, string] => [
  STREAM.request,
  `${more}    secrets_manager_configuration {
      enabled    = true
      secret_arn = "${SECRET}"
      role_arn   = ${role}
    }

${STREAM.request}`,
];

/** Edit that gives the S3 backup a role of its own. */
export const BACKUP_ROLE: readonly [string, string] = [
  STREAM.backupRole,
  STREAM.backupRole.replace("aws_iam_role.firehose", "aws_iam_role.backup"),
];

/** A Lambda function that transforms the records. */
export const PROCESSOR = `
    processing_configuration {
      enabled = true
      processors {
        type = "Lambda"
        parameters {
          parameter_name  = "LambdaArn"
          parameter_value = "arn:aws:lambda:us-east-1:123456789012:function:scrub:1"
        }
      }
    }
`;

/** A stream beside the base's: metrics, or more logs under the same prefix. */
export function secondStream(label: "metrics" | "more"): string {
  const signal = label === "metrics" ? "metrics" : "logs";
  return `
resource "aws_kinesis_firehose_delivery_stream" "${label}" {
  name        = "\${var.name}-${label === "metrics" ? "metrics" : "more-logs"}"
  destination = "http_endpoint"

  server_side_encryption {
    enabled = true
  }

  http_endpoint_configuration {
    url                = "https://kfuse.example.com/ingester/kinesis/${signal}"
    name               = "\${var.name}-${signal}"
    role_arn           = aws_iam_role.firehose.arn
    buffering_size     = 4
    buffering_interval = 60
    retry_duration     = 300
    s3_backup_mode     = "FailedDataOnly"

    request_configuration {
      content_encoding = "GZIP"
    }

    cloudwatch_logging_options {
      enabled         = true
      log_group_name  = aws_cloudwatch_log_group.firehose.name
      log_stream_name = aws_cloudwatch_log_stream.http_endpoint.name
    }

    s3_configuration {
      role_arn           = aws_iam_role.firehose.arn
      bucket_arn         = aws_s3_bucket.backup.arn
      prefix             = "kloudfuse-${signal}-failures/"
      compression_format = "GZIP"

      cloudwatch_logging_options {
        enabled         = true
        log_group_name  = aws_cloudwatch_log_group.firehose.name
        log_stream_name = aws_cloudwatch_log_stream.s3_backup.name
      }
    }
  }
}
`;
}

/** Edits that let the base's role use the second stream and its prefix. */
export function permissionsOf(label: "metrics" | "more"): readonly (readonly [string, string])[] {
  const arn = "arn:aws:firehose:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}";
  const name = label === "metrics" ? "metrics" : "more-logs";
  return [
    [
      'deliverystream/${var.name}-logs"]',
      `deliverystream/\${var.name}-logs", "${arn}:deliverystream/\${var.name}-${name}"]`,
    ],
    ...(label === "metrics"
      ? ([
          [
            '/kloudfuse-logs-failures/*"]',
            '/kloudfuse-logs-failures/*", "${aws_s3_bucket.backup.arn}/kloudfuse-metrics-failures/*"]',
          ],
        ] as const)
      : []),
  ];
}
