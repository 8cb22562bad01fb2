import { streamKey, useKey } from "../hcl/key";
import { INLINE_POLICY, MANAGED_POLICY, PERMISSIONS } from "../hcl/role";
import { withSecret } from "../hcl/stream";
import { FIREHOSE, LOGS, trust } from "../hcl/trust";
import { ID } from "../ids";
import type { FoundRow } from "../row";

const STREAM = "aws_kinesis_firehose_delivery_stream";
const RENAMED_ROLE = [
  ["aws_iam_role.firehose.", "aws_iam_role.delivery."],
  ['"aws_iam_role" "firehose"', '"aws_iam_role" "delivery"'],
] as const;
const GRANTS_NOTHING = { found: [ID.grants], also: [ID.putRecords, ID.backUp, ID.logErrors] } as const;
const ATTACHMENT = `
resource "aws_iam_role_policy_attachment" "firehose" {
  role       = aws_iam_role.firehose.name
  policy_arn = aws_iam_policy.firehose.arn
}
`;

/** The stream keeps the key that it has, whatever becomes of the configuration's. */
const KEPT_KEY: readonly [string, string] = [
  "  http_endpoint_configuration {",
  "  lifecycle {\n    ignore_changes = [server_side_encryption]\n  }\n\n  http_endpoint_configuration {",
];

const key = (isMultiRegion: boolean): string => `
resource "aws_kms_key" "stream" {
  multi_region = ${isMultiRegion}
}
${useKey("aws_kms_key.stream.arn", "firehose")}`;

/** Changes of what is deployed that lose data. */
export const CHANGES_FOUND: readonly FoundRow[] = [
  {
    name: "a stream is renamed without moved",
    found: [ID.rename],
    also: [ID.changeStream],
    before: {},
    edits: [[`"${STREAM}" "logs"`, `"${STREAM}" "telemetry"`]],
  },
  {
    name: "a stream gets for_each without moved",
    found: [ID.rename],
    also: [ID.changeStream],
    before: {},
    edits: [[`"${STREAM}" "logs" {`, `"${STREAM}" "logs" {\n  for_each = toset(["logs"])`]],
  },
  {
    name: "the role is renamed without moved",
    found: [ID.rename],
    also: [ID.changeRole],
    before: {},
    edits: RENAMED_ROLE,
  },
  {
    name: "the bucket is renamed without moved",
    found: [ID.rename],
    also: [ID.changeBucket],
    before: {},
    edits: [
      ["aws_s3_bucket.backup.", "aws_s3_bucket.failed."],
      ['"aws_s3_bucket" "backup"', '"aws_s3_bucket" "failed"'],
    ],
  },
  {
    name: "a stream gets another name",
    found: [ID.changeStream],
    before: {},
    edits: [["${var.name}-logs", "${var.name}-all-logs"]],
  },
  {
    name: "a stream gets its key from a secret",
    found: [ID.changeStream],
    before: {},
    hcl: `
resource "aws_iam_role_policy" "secret" {
  name = "secret"
  role = aws_iam_role.firehose.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "secretsmanager:GetSecretValue"
      Resource = "arn:aws:secretsmanager:us-east-1:123456789012:secret:kloudfuse-AbCdEf"
    }]
  })
}
`,
    edits: [withSecret("aws_iam_role.firehose.arn")],
  },
  { name: "a stream is destroyed", found: [ID.changeStream], before: {}, without: [`${STREAM}.logs`] },
  {
    name: "the role gets a path",
    found: [ID.changeRole],
    before: {},
    edits: [
      [
        '  name               = "${var.name}-firehose"',
        '  name               = "${var.name}-firehose"\n  path = "/telemetry/"',
      ],
    ],
  },
  {
    name: "the bucket gets another name",
    found: [ID.changeBucket],
    before: {},
    edits: [["${var.name}-backup", "${var.name}-failed"]],
  },
  {
    name: "the role is deleted for a new one that everybody may assume",
    found: [ID.changeRole, ID.trustedServices],
    also: [ID.rename, ID.confusedDeputy],
    before: {},
    edits: RENAMED_ROLE,
    hcl: trust(FIREHOSE, LOGS, FIREHOSE.replace(/type {8}= .*\n.*\n/, 'type = "AWS"\n      identifiers = ["*"]\n')),
  },
  {
    name: "the role loses its only policy",
    ...GRANTS_NOTHING,
    before: {},
    without: [INLINE_POLICY, PERMISSIONS],
  },
  {
    name: "the role loses its only attachment",
    ...GRANTS_NOTHING,
    before: { without: [INLINE_POLICY], hcl: `${MANAGED_POLICY}${ATTACHMENT}` },
    without: [INLINE_POLICY],
    hcl: MANAGED_POLICY,
  },
  {
    name: "the bucket loses its policy",
    found: [ID.tlsOnly],
    before: {},
    without: ["aws_s3_bucket_policy.backup"],
  },
  {
    name: "the stream keeps a key that is deleted",
    found: [ID.usableKey],
    also: [ID.useKeyAndSecret],
    before: { hcl: key(false), edits: [streamKey("aws_kms_key.stream.arn"), KEPT_KEY] },
    hcl: key(true),
    edits: [streamKey("aws_kms_key.stream.arn"), KEPT_KEY],
  },
];
