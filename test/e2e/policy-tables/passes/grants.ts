import { INLINE_POLICY, MANAGED_POLICY, PERMISSIONS, roleWith } from "../hcl/role";
import { STREAM } from "../hcl/stream";
import { ID, ROLE_POLICIES } from "../ids";
import type { PassRow } from "../row";

/** Where permissions can come from, and what may stand beside them. */
export const GRANTS_PASSES: readonly PassRow[] = [
  {
    name: "permissions in an inline_policy block",
    without: [INLINE_POLICY],
    hcl: roleWith(`
  inline_policy {
    name   = "firehose"
    policy = data.aws_iam_policy_document.firehose.json
  }`),
  },
  {
    name: "permissions in managed_policy_arns",
    // Of a list with an unknown ARN, Terraform shows no ARN that is known.
    unknownAtFirst: [ID.noManagedFullAccess],
    without: [INLINE_POLICY],
    hcl: `${MANAGED_POLICY}${roleWith("  managed_policy_arns = [aws_iam_policy.firehose.arn]")}`,
  },
  {
    name: "permissions in an attached policy",
    without: [INLINE_POLICY],
    hcl: `${MANAGED_POLICY}
resource "aws_iam_role_policy_attachment" "firehose" {
  role       = aws_iam_role.firehose.name
  policy_arn = aws_iam_policy.firehose.arn
}
`,
  },
  {
    name: "permissions in a policy of aws_iam_policy_attachment",
    without: [INLINE_POLICY],
    hcl: `${MANAGED_POLICY}
resource "aws_iam_policy_attachment" "firehose" {
  name       = "\${var.name}-firehose"
  roles      = [aws_iam_role.firehose.name]
  policy_arn = aws_iam_policy.firehose.arn
}
`,
  },
  {
    name: "aws_iam_role_policies_exclusive names the inline policy",
    hcl: `
resource "aws_iam_role_policies_exclusive" "firehose" {
  role_name    = aws_iam_role.firehose.name
  policy_names = [aws_iam_role_policy.firehose.name]
}
resource "aws_iam_role_policy_attachments_exclusive" "firehose" {
  role_name   = aws_iam_role.firehose.name
  policy_arns = []
}
`,
  },
  {
    name: "aws_iam_role_policy_attachments_exclusive names the attached policy",
    without: [INLINE_POLICY],
    hcl: `${MANAGED_POLICY}
resource "aws_iam_role_policy_attachment" "firehose" {
  role       = aws_iam_role.firehose.name
  policy_arn = aws_iam_policy.firehose.arn
}
resource "aws_iam_role_policy_attachments_exclusive" "firehose" {
  role_name   = aws_iam_role.firehose.name
  policy_arns = [aws_iam_policy.firehose.arn]
}
`,
  },
  {
    name: "permissions in three policies, inline and managed",
    // Written with jsonencode, a policy of unknown ARNs is unknown as a whole, and may deny.
    unknownByReference: [ID.putRecords, ID.documentedActions],
    without: [INLINE_POLICY, PERMISSIONS],
    hcl: `
resource "aws_iam_role_policy" "put" {
  name = "put-records"
  role = aws_iam_role.firehose.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["firehose:PutRecord", "firehose:PutRecordBatch"]
      Resource = "arn:aws:firehose:us-east-1:\${data.aws_caller_identity.current.account_id}:deliverystream/\${var.name}-logs"
    }]
  })
}
resource "aws_iam_role_policy" "s3" {
  name = "s3"
  role = aws_iam_role.firehose.name
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect   = "Allow"
        Action   = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"]
        Resource = aws_s3_bucket.backup.arn
      },
      {
        Effect   = "Allow"
        Action   = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"]
        Resource = "\${aws_s3_bucket.backup.arn}/kloudfuse-logs-failures/*"
      },
    ]
  })
}
resource "aws_iam_policy" "logs" {
  name = "\${var.name}-logs"
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect = "Allow"
      Action = "logs:PutLogEvents"
      Resource = [
        "\${aws_cloudwatch_log_group.firehose.arn}:log-stream:http-endpoint",
        "\${aws_cloudwatch_log_group.firehose.arn}:log-stream:s3-backup",
      ]
    }]
  })
}
resource "aws_iam_role_policy_attachment" "logs" {
  role       = aws_iam_role.firehose.name
  policy_arn = aws_iam_policy.logs.arn
}
`,
  },
  {
    name: "policies by for_each",
    without: [INLINE_POLICY],
    hcl: `
resource "aws_iam_role_policy" "firehose" {
  for_each = { permissions = data.aws_iam_policy_document.firehose.json }
  name     = each.key
  role     = aws_iam_role.firehose.id
  policy   = each.value
}
`,
  },
  {
    name: "actions in another case",
    edits: [
      [
        'actions   = ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"]',
        'actions   = ["S3:abortmultipartupload", "s3:getObject", "s3:putobject"]',
      ],
    ],
  },
  {
    name: "role and policy by name_prefix",
    unknownAtFirst: [ID.bucketPolicy, ID.partition],
    hcl: `
resource "aws_iam_role" "firehose" {
  name_prefix        = "kloudfuse-"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_iam_role_policy" "firehose" {
  name_prefix = "kloudfuse-"
  role        = aws_iam_role.firehose.id
  policy      = data.aws_iam_policy_document.firehose.json
}
`,
  },
  {
    name: "an error output prefix under the documented one",
    edits: [
      [
        STREAM.prefix,
        `prefix              = "kloudfuse-logs-failures/"
      error_output_prefix = "kloudfuse-logs-failures/!{firehose:error-output-type}/!{timestamp:yyyy/MM/dd}/"`,
      ],
    ],
  },
  {
    name: "permissions for all streams of the own log group",
    edits: [
      [
        `resources = [
      "\${aws_cloudwatch_log_group.firehose.arn}:log-stream:http-endpoint",
      "\${aws_cloudwatch_log_group.firehose.arn}:log-stream:s3-backup",
    ]`,
        'resources = ["${aws_cloudwatch_log_group.firehose.arn}:*"]',
      ],
    ],
  },
  {
    name: "a role that is managed elsewhere",
    unknown: ROLE_POLICIES,
    without: ["aws_iam_role.firehose", INLINE_POLICY, PERMISSIONS, "data.aws_iam_policy_document.trust"],
    edits: [
      [
        "role_arn           = aws_iam_role.firehose.arn\n    buffering_size ",
        'role_arn           = "arn:aws:iam::123456789012:role/telemetry"\n    buffering_size ',
      ],
      [
        "role_arn           = aws_iam_role.firehose.arn\n      bucket_arn ",
        'role_arn           = "arn:aws:iam::123456789012:role/telemetry"\n      bucket_arn ',
      ],
    ],
  },
];
