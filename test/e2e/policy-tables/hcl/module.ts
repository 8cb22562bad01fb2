/** The last argument that the rows of the module start from. */
const MODULE_ARGUMENTS = '  logs_stream_name        = "${var.name}-logs"';

/** A role of one's own for the module, trusted as documented and to one statement more. */
export const ownRole = (also = ""): string => `
data "aws_caller_identity" "current" {}

resource "aws_iam_role" "own" {
  name = "\${var.name}-own"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { Service = ["firehose.amazonaws.com", "logs.amazonaws.com"] }
        Condition = { StringEquals = { "aws:SourceAccount" = data.aws_caller_identity.current.account_id } }
      },
${also === "" ? "" : `      { Effect = "Allow", Action = "sts:AssumeRole", ${also} },`}
    ]
  })
}
`;

/** A bucket of one's own for the module, with a statement more in its policy. */
export const ownBucket = (statement = ""): string => `
resource "aws_s3_bucket" "own" {
  bucket = "\${var.name}-own"
}
resource "aws_s3_bucket_public_access_block" "own" {
  bucket                  = aws_s3_bucket.own.id
  block_public_acls       = true
  block_public_policy     = true
  ignore_public_acls      = true
  restrict_public_buckets = true
}
resource "aws_s3_bucket_ownership_controls" "own" {
  bucket = aws_s3_bucket.own.id
  rule {
    object_ownership = "BucketOwnerEnforced"
  }
}
resource "aws_s3_bucket_server_side_encryption_configuration" "own" {
  bucket = aws_s3_bucket.own.id
  rule {
    apply_server_side_encryption_by_default {
      sse_algorithm = "AES256"
    }
  }
}
resource "aws_s3_bucket_versioning" "own" {
  bucket = aws_s3_bucket.own.id
  versioning_configuration {
    status = "Enabled"
  }
}
resource "aws_s3_bucket_lifecycle_configuration" "own" {
  bucket = aws_s3_bucket.own.id
  rule {
    id     = "expire"
    status = "Enabled"
    filter {}
    expiration {
      days = 30
    }
    noncurrent_version_expiration {
      noncurrent_days = 7
    }
    abort_incomplete_multipart_upload {
      days_after_initiation = 7
    }
  }
}
resource "aws_s3_bucket_policy" "own" {
  bucket = aws_s3_bucket.own.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      ${statement}
      {
        Effect    = "Deny"
        Action    = "s3:*"
        Principal = "*"
        Resource  = [aws_s3_bucket.own.arn, "\${aws_s3_bucket.own.arn}/*"]
        Condition = { Bool = { "aws:SecureTransport" = "false" } }
      },
    ]
  })
}
`;

/** Edits that pass more arguments to the module. */
export const withArguments = (...lines: readonly string[]): readonly (readonly [string, string])[] => [
  [MODULE_ARGUMENTS, [MODULE_ARGUMENTS, ...lines].join("\n")],
];

/** Edits that pass the bucket of one's own. */
export const WITH_OWN_BUCKET: readonly (readonly [string, string])[] = [
  ...withArguments("  create_backup_bucket = false", "  backup_bucket_arn = aws_s3_bucket.own.arn"),
  ['  backup_bucket_name      = "${var.name}-backup"\n', ""],
];
