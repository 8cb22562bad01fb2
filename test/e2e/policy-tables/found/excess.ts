import { roleWith } from "../hcl/role";
import { ID } from "../ids";
import type { FoundRow } from "../row";

/** A customer-managed policy that goes too far. */
const tooMuch = (statement: string): string => `
resource "aws_iam_policy" "more" {
  name   = "\${var.name}-more"
  policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [${statement}]
  })
}
`;

const ATTACHED = `
resource "aws_iam_role_policy_attachment" "more" {
  role       = aws_iam_role.firehose.name
  policy_arn = aws_iam_policy.more.arn
}
`;

/** Roles that may do too much. */
export const EXCESS_FOUND: readonly FoundRow[] = [
  {
    name: "an inline_policy block allows everything",
    found: [ID.noWildcards],
    hcl: roleWith(`
  inline_policy {
    name   = "all"
    policy = jsonencode({
      Version   = "2012-10-17"
      Statement = [{ Effect = "Allow", Action = "*", Resource = "*" }]
    })
  }`),
  },
  {
    name: "managed_policy_arns names AdministratorAccess",
    found: [ID.noManagedFullAccess],
    hcl: roleWith('  managed_policy_arns = ["arn:aws:iam::aws:policy/AdministratorAccess"]'),
  },
  {
    name: "managed_policy_arns names a policy with a wildcard",
    found: [ID.noWildcards],
    hcl: `${roleWith("  managed_policy_arns = [aws_iam_policy.more.arn]")}${tooMuch(
      '{ Effect = "Allow", Action = "s3:*", Resource = "arn:aws:s3:::${var.name}-backup/*" }',
    )}`,
  },
  {
    name: "an attached policy has a wildcard action",
    found: [ID.noWildcards],
    hcl: `${tooMuch('{ Effect = "Allow", Action = ["firehose:*"], Resource = "arn:aws:firehose:us-east-1:123456789012:deliverystream/x" }')}${ATTACHED}`,
  },
  {
    name: "an attached policy has the resource *",
    found: [ID.noWildcards],
    hcl: `${tooMuch('{ Effect = "Allow", Action = ["s3:PutObject"], Resource = "*" }')}${ATTACHED}`,
  },
  {
    name: "an attached policy allows every bucket",
    found: [ID.noWildcards],
    hcl: `${tooMuch('{ Effect = "Allow", Action = ["s3:GetObject"], Resource = ["arn:aws:s3:::*"] }')}${ATTACHED}`,
  },
  {
    name: "an attached policy grants by NotAction",
    found: [ID.noWildcards],
    hcl: `${tooMuch('{ Effect = "Allow", NotAction = ["iam:*"], Resource = "arn:aws:s3:::${var.name}-backup" }')}${ATTACHED}`,
  },
  {
    name: "an attached policy grants by NotResource",
    found: [ID.noWildcards],
    hcl: `${tooMuch('{ Effect = "Allow", Action = "s3:GetObject", NotResource = "arn:aws:s3:::secret/x" }')}${ATTACHED}`,
  },
  {
    name: "an attached policy allows an action that is not documented",
    found: [ID.documentedActions],
    hcl: `${tooMuch('{ Effect = "Allow", Action = "s3:DeleteObject", Resource = "arn:aws:s3:::${var.name}-backup/kloudfuse-logs-failures/*" }')}${ATTACHED}`,
  },
  {
    name: "aws_iam_policy_attachment attaches AmazonS3FullAccess",
    found: [ID.noManagedFullAccess],
    hcl: `
resource "aws_iam_policy_attachment" "s3" {
  name       = "\${var.name}-s3"
  roles      = [aws_iam_role.firehose.name]
  policy_arn = "arn:aws:iam::aws:policy/AmazonS3FullAccess"
}
`,
  },
  {
    name: "aws_iam_policy_attachment attaches a policy with a wildcard",
    found: [ID.noWildcards],
    hcl: `${tooMuch('{ Effect = "Allow", Action = "logs:Put*", Resource = "arn:aws:logs:us-east-1:123456789012:log-group:/x:log-stream:y" }')}
resource "aws_iam_policy_attachment" "more" {
  name       = "\${var.name}-more"
  roles      = [aws_iam_role.firehose.id]
  policy_arn = aws_iam_policy.more.arn
}
`,
  },
  {
    name: "aws_iam_role_policy_attachment attaches PowerUserAccess by the role's id",
    found: [ID.noManagedFullAccess],
    hcl: `
resource "aws_iam_role_policy_attachment" "power" {
  role       = aws_iam_role.firehose.id
  policy_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
}
`,
  },
  {
    name: "aws_iam_role_policy_attachments_exclusive attaches AmazonKinesisFirehoseFullAccess",
    found: [ID.noManagedFullAccess],
    hcl: `
resource "aws_iam_role_policy_attachments_exclusive" "firehose" {
  role_name   = aws_iam_role.firehose.name
  policy_arns = ["arn:aws:iam::aws:policy/AmazonKinesisFirehoseFullAccess"]
}
`,
  },
  {
    name: "an inline policy of any name has a wildcard",
    found: [ID.noWildcards],
    hcl: `
resource "aws_iam_role_policy" "legacy" {
  name   = "legacy"
  role   = aws_iam_role.firehose.id
  policy = jsonencode({ Version = "2012-10-17", Statement = { Effect = "Allow", Action = "s3:*", Resource = "*" } })
}
`,
  },
];
