import { backupKey, bucketKey, KEY, streamKey, useKey } from "../hcl/key";
import { ACCOUNT } from "../hcl/trust";
import { ID } from "../ids";
import type { FoundRow } from "../row";

const ALIAS = '"arn:aws:kms:us-east-1:123456789012:alias/telemetry"';

/** Keys that the role may not use, or that nobody can. */
export const KEYS_FOUND: readonly FoundRow[] = [
  {
    name: "the role may not use the bucket's own key",
    found: [ID.useKeyAndSecret],
    hcl: bucketKey(KEY),
  },
  {
    name: "the role may not use the bucket's own key, which is made here",
    found: [ID.useKeyAndSecret],
    hcl: `${bucketKey("aws_kms_key.backup.arn")}
resource "aws_kms_key" "backup" {
  enable_key_rotation = true
}
`,
  },
  {
    name: "the role may use the bucket's key through Firehose alone",
    found: [ID.useKeyAndSecret],
    hcl: `${bucketKey(KEY)}${useKey(KEY, "firehose")}`,
  },
  {
    name: "the role may not use the stream's key",
    found: [ID.useKeyAndSecret],
    edits: [streamKey(KEY)],
  },
  {
    name: "the role may not use the S3 backup's key",
    found: [ID.useKeyAndSecret],
    edits: [backupKey(KEY)],
  },
  {
    name: "the stream's key is an alias",
    found: [ID.usableKey],
    also: [ID.useKeyAndSecret],
    edits: [streamKey(ALIAS)],
    hcl: useKey(ALIAS, "firehose"),
  },
  {
    name: "the S3 backup's key is an alias",
    found: [ID.usableKey],
    also: [ID.useKeyAndSecret],
    edits: [backupKey(ALIAS)],
    hcl: useKey(ALIAS, "s3"),
  },
  {
    name: "the stream's key is disabled",
    found: [ID.usableKey],
    edits: [streamKey("aws_kms_key.stream.arn")],
    hcl: `${useKey("aws_kms_key.stream.arn", "firehose")}
resource "aws_kms_key" "stream" {
  is_enabled = false
}
`,
  },
  {
    name: "the key's policy does not let the role use it",
    found: [ID.usableKey],
    also: [ID.useKeyAndSecret],
    edits: [streamKey("aws_kms_key.stream.arn")],
    hcl: `${useKey("aws_kms_key.stream.arn", "firehose")}
resource "aws_kms_key" "stream" {
  bypass_policy_lockout_safety_check = true
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Allow"
      Action    = "kms:*"
      Resource  = "*"
      Principal = { AWS = "arn:aws:iam::\${${ACCOUNT}}:role/security" }
    }]
  })
}
`,
  },
  {
    name: "the key's policy denies data keys",
    found: [ID.usableKey],
    also: [ID.useKeyAndSecret],
    hcl: `${bucketKey("aws_kms_key.backup.arn")}${useKey("aws_kms_key.backup.arn", "s3")}
resource "aws_kms_key" "backup" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      { Effect = "Allow", Action = "kms:*", Resource = "*", Principal = { AWS = "arn:aws:iam::\${${ACCOUNT}}:root" } },
      { Effect = "Deny", Action = "kms:GenerateDataKey*", Resource = "*", Principal = "*" },
    ]
  })
}
`,
  },
];
