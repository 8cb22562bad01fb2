import { permissionsOf, PROCESSOR, secondStream, STREAM } from "../hcl/stream";
import { ID } from "../ids";
import type { PassRow } from "../row";

/** Every policy about the endpoint's URL. */
const URL_POLICIES = [ID.https, ID.path, ID.oneHost, ID.reachableHost, ID.signal] as const;

const HOSTS: readonly PassRow[] = [
  { name: "the host in another case", edits: [[STREAM.url, '"https://Kfuse.Example.COM/ingester/kinesis/logs"']] },
  { name: "a public address", edits: [[STREAM.url, '"https://34.120.10.20/ingester/kinesis/logs"']] },
  {
    name: "a host that is made here",
    unknownAtFirst: URL_POLICIES,
    edits: [[STREAM.url, '"https://${terraform_data.host.output}/ingester/kinesis/logs"']],
    hcl: `
resource "terraform_data" "host" {
  input = "kfuse.example.com"
}
`,
  },
];

const LIMITS: readonly PassRow[] = [
  {
    name: "every limit at its maximum",
    edits: [
      ["buffering_size     = 4", "buffering_size     = 64"],
      ["buffering_interval = 60", "buffering_interval = 900"],
      ["retry_duration     = 300", "retry_duration     = 7200"],
      [
        STREAM.prefix,
        'buffering_size     = 128\n      buffering_interval = 900\n      prefix             = "kloudfuse-logs-failures/"',
      ],
      [
        STREAM.request,
        `    request_configuration {
      content_encoding = "GZIP"
      dynamic "common_attributes" {
        for_each = range(50)
        content {
          name  = "attribute-\${common_attributes.value}"
          value = format("%01024d", 0)
        }
      }
    }
`,
      ],
    ],
  },
  {
    name: "every limit at its minimum",
    edits: [
      ["buffering_size     = 4", "buffering_size     = 1"],
      ["buffering_interval = 60", "buffering_interval = 15"],
      ["retry_duration     = 300", "retry_duration     = 0"],
    ],
  },
];

const STREAMS: readonly PassRow[] = [
  { name: "metrics beside logs", hcl: secondStream("metrics"), edits: permissionsOf("metrics") },
  {
    name: "a deployment's own prefix",
    edits: [
      [STREAM.prefix, 'prefix             = "us-east-1/kloudfuse-logs-failures/"'],
      ["/kloudfuse-logs-failures/*", "/us-east-1/kloudfuse-logs-failures/*"],
    ],
  },
  {
    name: "a Lambda processor that the role may invoke",
    edits: [[STREAM.request, `${STREAM.request}${PROCESSOR}`]],
    hcl: `
resource "aws_iam_role_policy" "processor" {
  name = "processor"
  role = aws_iam_role.firehose.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["lambda:InvokeFunction", "lambda:GetFunctionConfiguration"]
      Resource = "arn:aws:lambda:us-east-1:123456789012:function:scrub:1"
    }]
  })
}
`,
  },
  {
    name: "an error log that is managed elsewhere",
    unknown: [ID.errorLogGroup],
    without: [
      "aws_cloudwatch_log_group.firehose",
      "aws_cloudwatch_log_stream.http_endpoint",
      "aws_cloudwatch_log_stream.s3_backup",
    ],
    edits: [
      [
        `log_group_name  = aws_cloudwatch_log_group.firehose.name
      log_stream_name = aws_cloudwatch_log_stream.http_endpoint.name`,
        `log_group_name  = "/telemetry/errors"
      log_stream_name = "http-endpoint"`,
      ],
      [
        `log_group_name  = aws_cloudwatch_log_group.firehose.name
        log_stream_name = aws_cloudwatch_log_stream.s3_backup.name`,
        `log_group_name  = "/telemetry/errors"
        log_stream_name = "s3-backup"`,
      ],
      [
        `resources = [
      "\${aws_cloudwatch_log_group.firehose.arn}:log-stream:http-endpoint",
      "\${aws_cloudwatch_log_group.firehose.arn}:log-stream:s3-backup",
    ]`,
        `resources = [
      "arn:aws:logs:us-east-1:\${data.aws_caller_identity.current.account_id}:log-group:/telemetry/errors:log-stream:http-endpoint",
      "arn:aws:logs:us-east-1:\${data.aws_caller_identity.current.account_id}:log-group:/telemetry/errors:log-stream:s3-backup",
    ]`,
      ],
    ],
  },
];

const OTHERS: readonly PassRow[] = [
  {
    name: "a stream to another vendor is left alone",
    hcl: `
resource "aws_iam_role" "honeycomb" {
  name = "\${var.name}-hny"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "firehose.amazonaws.com" } }]
  })
}
resource "aws_s3_bucket" "honeycomb" {
  bucket        = "\${var.name}-hny"
  force_destroy = true
}
resource "aws_kinesis_firehose_delivery_stream" "honeycomb" {
  name        = "honeycomb-logs"
  destination = "http_endpoint"
  http_endpoint_configuration {
    url            = "https://api.honeycomb.io/1/kinesis_events/logs"
    name           = "honeycomb"
    access_key     = "s3cr3t-4cc3ss-k3y"
    role_arn       = aws_iam_role.honeycomb.arn
    s3_backup_mode = "AllData"
    s3_configuration {
      role_arn   = aws_iam_role.honeycomb.arn
      bucket_arn = aws_s3_bucket.honeycomb.arn
    }
  }
}
`,
  },
  {
    name: "a stream to S3 is left alone",
    hcl: `
resource "aws_s3_bucket" "archive" {
  bucket = "\${var.name}-archive"
}
resource "aws_kinesis_firehose_delivery_stream" "archive" {
  name        = "archive"
  destination = "extended_s3"
  extended_s3_configuration {
    role_arn   = "arn:aws:iam::123456789012:role/archive"
    bucket_arn = aws_s3_bucket.archive.arn
  }
}
`,
  },
];

/** Right streams, and those that are none of Kloudfuse's. */
export const DELIVERY_PASSES: readonly PassRow[] = [...HOSTS, ...LIMITS, ...STREAMS, ...OTHERS];
