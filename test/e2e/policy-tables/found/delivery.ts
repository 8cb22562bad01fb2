import { permissionsOf, PROCESSOR, secondStream, STREAM } from "../hcl/stream";
import { ID } from "../ids";
import type { FoundRow } from "../row";

const SOURCES: readonly FoundRow[] = [
  {
    name: "the source is a Kinesis data stream",
    found: [ID.directPut],
    // A stream with this source has no server-side encryption of its own.
    also: [ID.streamEncryption],
    hcl: `
resource "aws_kinesis_stream" "logs" {
  name        = "\${var.name}-source"
  shard_count = 1
}
`,
    edits: [
      [
        STREAM.encryption,
        `  kinesis_source_configuration {
    kinesis_stream_arn = aws_kinesis_stream.logs.arn
    role_arn           = aws_iam_role.firehose.arn
  }
`,
      ],
    ],
  },
  {
    name: "the source is a topic of MSK",
    found: [ID.directPut],
    also: [ID.streamEncryption],
    edits: [
      [
        STREAM.encryption,
        `  msk_source_configuration {
    msk_cluster_arn = "arn:aws:kafka:us-east-1:123456789012:cluster/telemetry/11111111-2222-3333-4444-555555555555-1"
    topic_name      = "logs"
    authentication_configuration {
      connectivity = "PRIVATE"
      role_arn     = aws_iam_role.firehose.arn
    }
  }
`,
      ],
    ],
  },
  {
    name: "the role may not invoke the Lambda processor",
    found: [ID.lambdaProcessor],
    edits: [[STREAM.request, `${STREAM.request}${PROCESSOR}`]],
  },
];

const DELIVERY: readonly FoundRow[] = [
  { name: "no request_configuration", found: [ID.gzip], edits: [[STREAM.request, ""]] },
  {
    name: "requests without GZIP",
    found: [ID.gzip],
    edits: [['content_encoding = "GZIP"', 'content_encoding = "NONE"']],
  },
  { name: "a backup without GZIP", found: [ID.gzip], edits: [['      compression_format = "GZIP"\n', ""]] },
  { name: "all data is backed up", found: [ID.failedDataOnly], edits: [['"FailedDataOnly"', '"AllData"']] },
  { name: "no server-side encryption", found: [ID.streamEncryption], edits: [[STREAM.encryption, ""]] },
  {
    name: "the access key in plain text",
    found: [ID.accessKey],
    edits: [[STREAM.request, `    access_key = "s3cr3t-4cc3ss-k3y"\n${STREAM.request}`]],
  },
  {
    name: "the S3 backup's errors are not logged",
    found: [ID.errorLogging],
    edits: [
      [
        `
      cloudwatch_logging_options {
        enabled         = true
        log_group_name  = aws_cloudwatch_log_group.firehose.name
        log_stream_name = aws_cloudwatch_log_stream.s3_backup.name
      }
`,
        "",
      ],
    ],
  },
  { name: "the error log never expires", found: [ID.errorLogGroup], edits: [["  retention_in_days = 30\n", ""]] },
  {
    name: "a log stream of another group",
    found: [ID.errorLogGroup],
    hcl: `
resource "aws_cloudwatch_log_group" "other" {
  name              = "/aws/kinesisfirehose/\${var.name}-other"
  retention_in_days = 30
}
resource "aws_cloudwatch_log_stream" "s3_backup" {
  name           = "s3-backup"
  log_group_name = aws_cloudwatch_log_group.other.name
}
`,
  },
  {
    name: "the log stream is missing in the group that is made here",
    found: [ID.errorLogGroup],
    without: ["aws_cloudwatch_log_stream.s3_backup"],
    edits: [["aws_cloudwatch_log_stream.s3_backup.name", '"s3-backup"']],
  },
  {
    name: "an error output prefix without the error's type",
    found: [ID.prefix],
    edits: [
      [STREAM.prefix, `${STREAM.prefix}\n      error_output_prefix = "kloudfuse-logs-failures/!{timestamp:yyyy}/"`],
    ],
  },
  {
    name: "two streams write under one prefix",
    found: [ID.prefix],
    hcl: secondStream("more"),
    edits: permissionsOf("more"),
  },
  {
    name: "logs and metrics of one environment go to two hosts",
    found: [ID.oneHost],
    hcl: secondStream("metrics").replace("kfuse.example.com", "other.example.com"),
    edits: permissionsOf("metrics"),
  },
];

/** Streams that deliver nothing, or that lose what they cannot deliver. */
export const DELIVERY_FOUND: readonly FoundRow[] = [...SOURCES, ...DELIVERY];
