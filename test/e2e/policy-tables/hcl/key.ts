/** A permission of the base's role to use a key through services. */
export const useKey = (key: string, ...services: readonly string[]): string => `
data "aws_iam_policy_document" "key" {
  statement {
    actions   = ["kms:Decrypt", "kms:GenerateDataKey"]
    resources = [${key}]
    condition {
      test     = "StringEquals"
      variable = "kms:ViaService"
      values   = [${services.map((name) => `"${name}.us-east-1.amazonaws.com"`).join(", ")}]
    }
  }
}
resource "aws_iam_role_policy" "key" {
  name   = "key"
  role   = aws_iam_role.firehose.id
  policy = data.aws_iam_policy_document.key.json
}
`;

/** A key that is managed elsewhere. */
export const KEY = '"arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"';

/** The default encryption of the backup bucket with a key. */
export const bucketKey = (key: string): string => `
resource "aws_s3_bucket_server_side_encryption_configuration" "backup" {
  bucket = aws_s3_bucket.backup.id
  rule {
    bucket_key_enabled = true
    apply_server_side_encryption_by_default {
      sse_algorithm     = "aws:kms"
      kms_master_key_id = ${key}
    }
  }
}
`;

/** Edit that gives the stream a customer-managed key. */
export const streamKey = (key: string): readonly [string, string] => [
  "    enabled = true\n  }\n\n  http_endpoint",
  `    enabled  = true
    key_type = "CUSTOMER_MANAGED_CMK"
    key_arn  = ${key}
  }

  http_endpoint`,
];

/** Edit that gives the S3 backup a key. */
export const backupKey = (key: string): readonly [string, string] => [
  '      compression_format = "GZIP"',
  `      compression_format = "GZIP"
      kms_key_arn        = ${key}`,
];
