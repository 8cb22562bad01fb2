import { roleWith } from "../hcl/role";
import { BACKUP_ROLE, withSecret } from "../hcl/stream";
import { ID } from "../ids";
import type { FoundRow } from "../row";

/** Roles of a single delivery path, and permissions boundaries, that allow too little or too much. */
export const ROLES_FOUND: readonly FoundRow[] = [
  {
    name: "the S3 backup's own role may not put objects",
    found: [ID.backUp],
    // This role writes the S3 backup's error log, too.
    also: [ID.logErrors],
    hcl: `
resource "aws_iam_role" "backup" {
  name               = "\${var.name}-s3-backup"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_iam_role_policy" "backup" {
  name = "find-bucket"
  role = aws_iam_role.backup.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"]
      Resource = "arn:aws:s3:::\${var.name}-backup"
    }]
  })
}
`,
    edits: [BACKUP_ROLE],
  },
  {
    name: "the S3 backup's own role is open to everybody",
    found: [ID.trustedServices],
    also: [ID.confusedDeputy],
    hcl: `
resource "aws_iam_role" "backup" {
  name = "\${var.name}-s3-backup"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = "*" }]
  })
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
    name: "the secret's own role may not read it",
    found: [ID.useKeyAndSecret],
    also: [ID.grants],
    hcl: `
resource "aws_iam_role" "secret" {
  name               = "\${var.name}-secret"
  assume_role_policy = data.aws_iam_policy_document.trust.json
}
resource "aws_iam_role_policy" "secret" {
  name = "describe"
  role = aws_iam_role.secret.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = "secretsmanager:GetSecretValue"
      Resource = "arn:aws:secretsmanager:us-east-1:123456789012:secret:another-AbCdEf"
    }]
  })
}
`,
    edits: [withSecret("aws_iam_role.secret.arn")],
  },
  {
    name: "the role may not read the secret",
    found: [ID.useKeyAndSecret],
    edits: [withSecret("aws_iam_role.firehose.arn")],
  },
  {
    name: "the permissions boundary leaves S3 out",
    found: [ID.boundary],
    also: [ID.backUp],
    hcl: `${roleWith("  permissions_boundary = aws_iam_policy.boundary.arn")}
resource "aws_iam_policy" "boundary" {
  name = "\${var.name}-boundary"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = ["firehose:*", "logs:*"], Resource = "*" }]
  })
}
`,
  },
  {
    name: "the permissions boundary denies the error log",
    found: [ID.boundary],
    also: [ID.logErrors],
    hcl: `${roleWith("  permissions_boundary = aws_iam_policy.boundary.arn")}
data "aws_iam_policy_document" "boundary" {
  statement {
    actions   = ["*"]
    resources = ["*"]
  }
  statement {
    effect    = "Deny"
    actions   = ["logs:*"]
    resources = ["*"]
  }
}
resource "aws_iam_policy" "boundary" {
  name   = "\${var.name}-boundary"
  policy = data.aws_iam_policy_document.boundary.json
}
`,
  },
];
