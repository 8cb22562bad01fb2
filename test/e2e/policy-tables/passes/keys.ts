import { backupKey, bucketKey, KEY, streamKey, useKey } from "../hcl/key";
import { ACCOUNT } from "../hcl/trust";
import { ID } from "../ids";
import type { PassRow } from "../row";

const OWN_KEY = `
resource "aws_kms_key" "telemetry" {
  enable_key_rotation = true
}
`;

/** What a plan does not show of a key that the same plan makes. */
const KEY_IS_MADE = [ID.useKeyAndSecret, ID.usableKey, ID.noWildcards, ID.partition] as const;

/** Keys that can be used. */
export const KEYS_PASSES: readonly PassRow[] = [
  {
    name: "one key of another root for stream, backup and bucket",
    unknown: [ID.usableKey],
    hcl: `${bucketKey(KEY)}${useKey(KEY, "firehose", "s3")}`,
    edits: [streamKey(KEY), backupKey(KEY)],
  },
  {
    name: "one key that is made here",
    unknownAtFirst: KEY_IS_MADE,
    hcl: `${OWN_KEY}${bucketKey("aws_kms_key.telemetry.arn")}${useKey("aws_kms_key.telemetry.arn", "firehose", "s3")}`,
    edits: [streamKey("aws_kms_key.telemetry.arn"), backupKey("aws_kms_key.telemetry.arn")],
  },
  {
    name: "the key's own policy lets the role use it",
    unknownAtFirst: KEY_IS_MADE,
    hcl: `${bucketKey("aws_kms_key.backup.arn")}${useKey("aws_kms_key.backup.arn", "s3")}
resource "aws_kms_key" "backup" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "kms:*"
        Resource  = "*"
        Principal = { AWS = "arn:aws:iam::\${${ACCOUNT}}:root" }
      },
      {
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey"]
        Resource  = "*"
        Principal = { AWS = aws_iam_role.firehose.arn }
      },
    ]
  })
}
`,
  },
  {
    name: "the key by its alias's target",
    unknownAtFirst: KEY_IS_MADE,
    hcl: `${OWN_KEY}${useKey("aws_kms_key.telemetry.arn", "firehose")}
resource "aws_kms_alias" "telemetry" {
  name          = "alias/\${var.name}"
  target_key_id = aws_kms_key.telemetry.key_id
}
`,
    edits: [streamKey("aws_kms_alias.telemetry.target_key_arn")],
  },
  {
    name: "a bucket key by its id",
    unknownAtFirst: KEY_IS_MADE,
    hcl: `${OWN_KEY}${bucketKey("aws_kms_key.telemetry.id")}${useKey("aws_kms_key.telemetry.arn", "s3")}`,
  },
];
