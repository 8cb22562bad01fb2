import { roleWith } from "../hcl/role";
import { BACKUP_ROLE, SECRET, withSecret } from "../hcl/stream";
import { ID } from "../ids";
import type { PassRow } from "../row";

const READ_SECRET = `
  statement {
    actions   = ["secretsmanager:GetSecretValue"]
    resources = ["${SECRET}"]
  }`;

/** Roles of a single delivery path, denials and permissions boundaries that leave what is needed. */
export const ROLES_PASSES: readonly PassRow[] = [
  {
    name: "a role of its own for the S3 backup",
    hcl: `
resource "aws_iam_role" "backup" {
  name               = "\${var.name}-s3-backup"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_iam_role_policy" "backup" {
  name   = "same"
  role   = aws_iam_role.backup.id
  policy = data.aws_iam_policy_document.firehose.json
}
`,
    edits: [BACKUP_ROLE],
  },
  {
    name: "the role reads the secret",
    // The key that encrypts a secret of another root is not in the plan.
    unknown: [ID.useKeyAndSecret],
    edits: [
      withSecret("aws_iam_role.firehose.arn"),
      ['  statement {\n    sid       = "FindBucket"', `${READ_SECRET}\n  statement {\n    sid       = "FindBucket"`],
    ],
  },
  {
    name: "a role of its own for the secret",
    unknown: [ID.useKeyAndSecret],
    hcl: `
resource "aws_iam_role" "secret" {
  name               = "\${var.name}-secret"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
data "aws_iam_policy_document" "secret" {${READ_SECRET}
}
resource "aws_iam_role_policy" "secret" {
  name   = "read-secret"
  role   = aws_iam_role.secret.id
  policy = data.aws_iam_policy_document.secret.json
}
`,
    edits: [withSecret("aws_iam_role.secret.arn")],
  },
  {
    name: "a Deny of what the role does not need",
    hcl: `
resource "aws_iam_role_policy" "guardrail" {
  name = "guardrail"
  role = aws_iam_role.firehose.id
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Deny", Action = ["s3:Delete*", "iam:*"], Resource = "*" }]
  })
}
`,
  },
  {
    name: "a Deny of everything without TLS",
    hcl: `
resource "aws_iam_role_policy" "tls" {
  name = "tls"
  role = aws_iam_role.firehose.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect    = "Deny"
      Action    = "*"
      Resource  = "*"
      Condition = { Bool = { "aws:SecureTransport" = false } }
    }]
  })
}
`,
  },
  {
    name: "a permissions boundary that allows the services",
    hcl: `${roleWith("  permissions_boundary = aws_iam_policy.boundary.arn")}
resource "aws_iam_policy" "boundary" {
  name = "\${var.name}-boundary"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["firehose:*", "logs:*", "s3:*", "kms:*"], Resource = "*" }]
  })
}
`,
  },
];
