/** The backup bucket's policy, of these statements. */
export const bucketPolicy = (...statements: readonly string[]): string => `
data "aws_iam_policy_document" "backup" {
${statements.join("\n")}
}
`;

const BUCKET_AND_OBJECTS = '[aws_s3_bucket.backup.arn, "${aws_s3_bucket.backup.arn}/*"]';

/** A statement that denies S3 actions to everybody on a condition. */
export const deny = (
  test: string,
  variable: string,
  values: string,
  { actions = '["s3:*"]', resources = BUCKET_AND_OBJECTS } = {},
): string => `
  statement {
    effect    = "Deny"
    actions   = ${actions}
    resources = ${resources}
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "${test}"
      variable = "${variable}"
      values   = ${values}
    }
  }`;

/** The base's statement of the backup bucket's policy. */
export const DENY_WITHOUT_TLS = deny("Bool", "aws:SecureTransport", '["false"]');

/** The lifecycle of the backup bucket, of these rules. */
export const lifecycle = (...rules: readonly string[]): string => `
resource "aws_s3_bucket_lifecycle_configuration" "backup" {
  bucket = aws_s3_bucket.backup.id
${rules.join("\n")}
}
`;

/** A rule that expires all that it applies to. */
export const rule = (id: string, filter: string, status = "Enabled"): string => `
  rule {
    id     = "${id}"
    status = "${status}"
    ${filter}
    expiration {
      days = 30
    }
    noncurrent_version_expiration {
      noncurrent_days = 7
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }`;
