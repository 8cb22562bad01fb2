import { bucketPolicy, deny, DENY_WITHOUT_TLS, lifecycle, rule } from "../hcl/bucket";
import { ACCOUNT } from "../hcl/trust";
import { BUCKET_POLICIES } from "../ids";
import type { PassRow } from "../row";

const TLS: readonly PassRow[] = [
  {
    name: "TLS in two statements, for bucket and objects",
    hcl: bucketPolicy(
      deny("Bool", "aws:SecureTransport", '["false"]', { resources: "[aws_s3_bucket.backup.arn]" }),
      deny("Bool", "aws:SecureTransport", '["false"]', { resources: '["${aws_s3_bucket.backup.arn}/*"]' }),
    ),
  },
  {
    name: "TLS by one pattern for bucket and objects",
    hcl: bucketPolicy(
      deny("Bool", "aws:SecureTransport", '["false"]', { resources: '["${aws_s3_bucket.backup.arn}*"]' }),
    ),
  },
  {
    name: "TLS by BoolIfExists, of every action",
    hcl: bucketPolicy(deny("BoolIfExists", "aws:securetransport", '["false"]', { actions: '["*"]' })),
  },
  {
    name: "TLS by a boolean, of AWS *",
    without: ["data.aws_iam_policy_document.backup"],
    hcl: `
resource "aws_s3_bucket_policy" "backup" {
  bucket = aws_s3_bucket.backup.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Action    = "s3:*"
      Principal = { AWS = "*" }
      Resource  = [aws_s3_bucket.backup.arn, "\${aws_s3_bucket.backup.arn}/*"]
      Condition = { Bool = { "aws:SecureTransport" = false } }
    }]
  })
}
`,
  },
  {
    name: "TLS in jsonencode, beside an upload of the role that it names",
    without: ["data.aws_iam_policy_document.backup"],
    hcl: `
resource "aws_s3_bucket_policy" "backup" {
  bucket = aws_s3_bucket.backup.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Deny"
        Action    = "s3:*"
        Principal = "*"
        Resource  = [aws_s3_bucket.backup.arn, "\${aws_s3_bucket.backup.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
      {
        Effect    = "Allow"
        Action    = "s3:PutObject"
        Principal = { AWS = aws_iam_role.firehose.arn }
        Resource  = "\${aws_s3_bucket.backup.arn}/*"
      },
    ]
  })
}
`,
  },
  {
    name: "TLS 1.2 beside TLS",
    hcl: bucketPolicy(DENY_WITHOUT_TLS, deny("NumericLessThan", "s3:TlsVersion", '["1.2"]')),
  },
];

const POLICY: readonly PassRow[] = [
  {
    name: "the bucket's policy allows the role",
    hcl: bucketPolicy(
      DENY_WITHOUT_TLS,
      `
  statement {
    actions   = ["s3:PutObject", "s3:AbortMultipartUpload"]
    resources = ["\${aws_s3_bucket.backup.arn}/*"]
    principals {
      type        = "AWS"
      identifiers = [aws_iam_role.firehose.arn]
    }
  }`,
    ),
  },
  {
    name: "the bucket's policy denies all but the role",
    hcl: bucketPolicy(
      DENY_WITHOUT_TLS,
      deny("ArnNotLike", "aws:PrincipalArn", `["arn:aws:iam::\${${ACCOUNT}}:role/\${var.name}-firehose"]`, {
        actions: '["s3:PutObject"]',
        resources: '["${aws_s3_bucket.backup.arn}/*"]',
      }),
    ),
  },
  {
    name: "the bucket's policy denies other accounts",
    hcl: bucketPolicy(DENY_WITHOUT_TLS, deny("StringNotEquals", "aws:PrincipalAccount", `[${ACCOUNT}]`)),
  },
];

const LIFECYCLE: readonly PassRow[] = [
  { name: "a lifecycle without a filter", hcl: lifecycle(rule("all", "")) },
  { name: "a lifecycle for the empty prefix", hcl: lifecycle(rule("all", 'filter {\n      prefix = ""\n    }')) },
  {
    name: "a lifecycle for the stream's own prefix",
    hcl: lifecycle(rule("logs", 'filter {\n      prefix = "kloudfuse-logs-failures/"\n    }')),
  },
  {
    name: "the sixth lifecycle rule expires",
    hcl: lifecycle(
      ...["a", "b", "c", "d", "e"].map((id) => rule(id, `filter {\n      prefix = "${id}/"\n    }`)),
      rule("all", "filter {}"),
    ),
  },
  {
    name: "a lifecycle rule for each kind",
    hcl: lifecycle(
      `
  rule {
    id     = "objects"
    status = "Enabled"
    filter {}
    expiration {
      days = 14
    }
  }
  rule {
    id     = "versions"
    status = "Enabled"
    filter {}
    noncurrent_version_expiration {
      noncurrent_days = 1
    }
  }
  rule {
    id     = "uploads"
    status = "Enabled"
    filter {}
    abort_incomplete_multipart_upload {
      days_after_initiation = 1
    }
  }`,
    ),
  },
];

const ELSEWHERE: readonly PassRow[] = [
  {
    name: "a bucket that is managed elsewhere",
    unknown: BUCKET_POLICIES,
    without: [
      "aws_s3_bucket.backup",
      "aws_s3_bucket_public_access_block.backup",
      "aws_s3_bucket_ownership_controls.backup",
      "aws_s3_bucket_server_side_encryption_configuration.backup",
      "aws_s3_bucket_versioning.backup",
      "aws_s3_bucket_lifecycle_configuration.backup",
      "aws_s3_bucket_policy.backup",
      "data.aws_iam_policy_document.backup",
    ],
    edits: [
      ["resources = [aws_s3_bucket.backup.arn]\n", 'resources = ["arn:aws:s3:::telemetry"]\n'],
      ['"${aws_s3_bucket.backup.arn}/kloudfuse-logs', '"arn:aws:s3:::telemetry/kloudfuse-logs'],
      ["= aws_s3_bucket.backup.arn\n      prefix", '= "arn:aws:s3:::telemetry"\n      prefix'],
    ],
  },
];

/** Right backup buckets. */
export const BUCKET_PASSES: readonly PassRow[] = [...TLS, ...POLICY, ...LIFECYCLE, ...ELSEWHERE];
