import { INLINE_POLICY, PERMISSIONS } from "../hcl/role";
import { STREAM } from "../hcl/stream";
import { ACCOUNT, FIREHOSE, trust } from "../hcl/trust";
import { ID } from "../ids";
import type { FoundRow } from "../row";

const PUT_RECORDS = 'actions   = ["firehose:PutRecord", "firehose:PutRecordBatch"]';
const BACK_UP = 'actions   = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"]';
const STREAM_ARN =
  '"arn:aws:firehose:${data.aws_region.current.id}:${data.aws_caller_identity.current.account_id}:deliverystream';

/** Roles that may do too little. */
export const GRANTS_FOUND: readonly FoundRow[] = [
  {
    name: "the role grants nothing",
    found: [ID.grants],
    also: [ID.putRecords, ID.backUp, ID.logErrors],
    without: [PERMISSIONS, INLINE_POLICY],
  },
  {
    name: "the policy is attached to another role",
    found: [ID.grants],
    also: [ID.putRecords, ID.backUp, ID.logErrors],
    hcl: `
resource "aws_iam_role" "other" {
  name               = "\${var.name}-other"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_iam_role_policy" "firehose" {
  name   = "\${var.name}-firehose"
  role   = aws_iam_role.other.id
  policy = data.aws_iam_policy_document.firehose.json
}
`,
  },
  {
    name: "aws_iam_role_policies_exclusive takes the inline policy away",
    found: [ID.grants],
    also: [ID.putRecords, ID.backUp, ID.logErrors],
    hcl: `
resource "aws_iam_role_policies_exclusive" "firehose" {
  role_name    = aws_iam_role.firehose.name
  policy_names = []
}
`,
  },
  {
    name: "aws_iam_role_policy_attachments_exclusive takes the policy away",
    found: [ID.grants],
    also: [ID.putRecords, ID.backUp, ID.logErrors],
    without: [INLINE_POLICY],
    hcl: `
resource "aws_iam_policy" "firehose" {
  name   = "\${var.name}-firehose"
  policy = data.aws_iam_policy_document.firehose.json
}
resource "aws_iam_role_policy_attachment" "firehose" {
  role       = aws_iam_role.firehose.name
  policy_arn = aws_iam_policy.firehose.arn
}
resource "aws_iam_role_policy_attachments_exclusive" "firehose" {
  role_name   = aws_iam_role.firehose.name
  policy_arns = []
}
`,
  },
  {
    name: "the role may put single records only",
    found: [ID.putRecords],
    edits: [[PUT_RECORDS, 'actions   = ["firehose:PutRecord"]']],
  },
  {
    name: "the stream's ARN is in another region",
    found: [ID.putRecords],
    edits: [[`${STREAM_ARN}/`, `"arn:aws:firehose:eu-west-1:\${${ACCOUNT}}:deliverystream/`]],
  },
  {
    name: "the stream's ARN is in another account",
    found: [ID.putRecords],
    edits: [[`${STREAM_ARN}/`, '"arn:aws:firehose:${data.aws_region.current.id}:210987654321:deliverystream/']],
  },
  {
    name: "the stream's ARN is of another stream",
    found: [ID.putRecords],
    edits: [[`${STREAM_ARN}/\${var.name}-logs"`, `${STREAM_ARN}/\${var.name}-metrics"`]],
  },
  {
    name: "the role may not put objects",
    found: [ID.backUp],
    edits: [[BACK_UP, 'actions   = ["s3:AbortMultipartUpload", "s3:GetObject"]']],
  },
  {
    name: "the role may put objects under another prefix",
    found: [ID.backUp],
    isUnknownByReference: true,
    edits: [["/kloudfuse-logs-failures/*", "/kloudfuse-metrics-failures/*"]],
  },
  {
    name: "the bucket's ARN is in another case",
    found: [ID.backUp],
    edits: [['"${aws_s3_bucket.backup.arn}/kloudfuse-logs', '"arn:aws:s3:::${upper(var.name)}-backup/kloudfuse-logs']],
  },
  {
    name: "another policy denies s3:PutObject",
    found: [ID.backUp],
    hcl: `
resource "aws_iam_role_policy" "guardrail" {
  name = "guardrail"
  role = aws_iam_role.firehose.name
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = "s3:Put*", Resource = "*" }]
  })
}
`,
  },
  {
    name: "the permission is for requests in another region",
    found: [ID.backUp],
    edits: [
      [
        `    ${BACK_UP}`,
        `    ${BACK_UP}
    condition {
      test     = "StringEquals"
      variable = "aws:RequestedRegion"
      values   = ["eu-west-1"]
    }`,
      ],
    ],
  },
  {
    name: "the error output prefix has no permission",
    found: [ID.backUp],
    also: [ID.prefix],
    isUnknownByReference: true,
    edits: [
      [
        STREAM.prefix,
        `prefix              = "kloudfuse-logs-failures/"
      error_output_prefix = "errors/!{firehose:error-output-type}/"`,
      ],
    ],
  },
  {
    name: "the error log's ARN is in another region",
    found: [ID.logErrors],
    edits: [
      [
        '"${aws_cloudwatch_log_group.firehose.arn}:log-stream:http-endpoint"',
        `"arn:aws:logs:eu-west-1:\${${ACCOUNT}}:log-group:/aws/kinesisfirehose/\${var.name}:log-stream:http-endpoint"`,
      ],
      [
        '"${aws_cloudwatch_log_group.firehose.arn}:log-stream:s3-backup"',
        `"arn:aws:logs:eu-west-1:\${${ACCOUNT}}:log-group:/aws/kinesisfirehose/\${var.name}:log-stream:s3-backup"`,
      ],
    ],
  },
  {
    name: "the error log's ARN is the group's without its streams",
    found: [ID.logErrors],
    isUnknownByReference: true,
    edits: [
      [
        `resources = [
      "\${aws_cloudwatch_log_group.firehose.arn}:log-stream:http-endpoint",
      "\${aws_cloudwatch_log_group.firehose.arn}:log-stream:s3-backup",
    ]`,
        "resources = [aws_cloudwatch_log_group.firehose.arn]",
      ],
    ],
  },
  {
    name: "the bucket's ARN is hard-coded in another partition",
    found: [ID.partition],
    also: [ID.backUp],
    edits: [['"${aws_s3_bucket.backup.arn}/kloudfuse-logs', '"arn:aws-cn:s3:::${var.name}-backup/kloudfuse-logs']],
  },
  {
    name: "neither trust nor permissions",
    found: [ID.trustedServices, ID.grants],
    also: [ID.putRecords, ID.backUp, ID.logErrors],
    without: [PERMISSIONS, INLINE_POLICY],
    hcl: trust(FIREHOSE),
  },
];
