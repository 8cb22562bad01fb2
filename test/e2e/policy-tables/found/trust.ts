import {
  ACCOUNT,
  condition,
  FIREHOSE,
  LOGS,
  principal,
  service,
  trust,
  TRUST_DOCUMENT,
  unconditional,
} from "../hcl/trust";
import { ID } from "../ids";
import type { FoundRow } from "../row";

const OTHERS = { found: [ID.trustedServices] } as const;
const DEPUTY = { found: [ID.confusedDeputy] } as const;

/** Roles that somebody beside the two services, or they on behalf of another account, may assume. */
export const TRUST_FOUND: readonly FoundRow[] = [
  {
    name: "everybody may assume the role",
    ...OTHERS,
    also: [ID.confusedDeputy],
    hcl: trust(FIREHOSE, LOGS, principal("*", '"*"')),
  },
  {
    name: "every AWS principal may assume the role, in jsonencode",
    ...OTHERS,
    also: [ID.confusedDeputy],
    without: [TRUST_DOCUMENT],
    hcl: `
resource "aws_iam_role" "firehose" {
  name = "\${var.name}-firehose"
  assume_role_policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { Service = ["firehose.amazonaws.com", "logs.amazonaws.com"] }
        Condition = { StringEquals = { "aws:SourceAccount" = ${ACCOUNT} } }
      },
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { AWS = "*" }
      },
    ]
  })
}
`,
  },
  {
    name: "everybody with the external id may assume the role",
    ...OTHERS,
    also: [ID.confusedDeputy],
    hcl: trust(
      FIREHOSE,
      LOGS,
      principal("AWS", '"*"', { more: condition("StringEquals", "sts:ExternalId", '["kloudfuse"]') }),
    ),
  },
  {
    name: "a foreign account may assume the role",
    ...OTHERS,
    hcl: trust(FIREHOSE, LOGS, principal("AWS", '"arn:aws:iam::210987654321:root"')),
  },
  {
    name: "a foreign account, by its number alone, may assume the role",
    ...OTHERS,
    hcl: trust(FIREHOSE, LOGS, principal("AWS", '"210987654321"')),
  },
  {
    name: "the whole account may assume the role",
    ...OTHERS,
    hcl: trust(FIREHOSE, LOGS, principal("AWS", `"arn:aws:iam::\${${ACCOUNT}}:root"`)),
  },
  {
    name: "another role may assume the role",
    ...OTHERS,
    hcl: `
resource "aws_iam_role" "developers" {
  name               = "\${var.name}-developers"
  assume_role_policy = jsonencode({
    Version   = "2012-10-17"
    Statement = [{ Effect = "Allow", Action = "sts:AssumeRole", Principal = { Service = "ec2.amazonaws.com" } }]
  })
}
${trust(FIREHOSE, LOGS, principal("AWS", "aws_iam_role.developers.arn"))}`,
  },
  {
    name: "another service may assume the role",
    ...OTHERS,
    edits: [
      ['identifiers = ["firehose.amazonaws.com"]', 'identifiers = ["firehose.amazonaws.com", "lambda.amazonaws.com"]'],
    ],
  },
  {
    name: "anyone who signs in with GitHub may assume the role",
    ...OTHERS,
    hcl: trust(
      FIREHOSE,
      LOGS,
      principal("Federated", `"arn:aws:iam::\${${ACCOUNT}}:oidc-provider/token.actions.githubusercontent.com"`, {
        action: "sts:AssumeRoleWithWebIdentity",
        more: condition("StringEquals", "token.actions.githubusercontent.com:aud", '["sts.amazonaws.com"]'),
      }),
    ),
  },
  {
    name: "anyone who signs in with SAML may assume the role",
    ...OTHERS,
    hcl: trust(
      FIREHOSE,
      LOGS,
      principal("Federated", `"arn:aws:iam::\${${ACCOUNT}}:saml-provider/corporate"`, {
        action: "sts:AssumeRoleWithSAML",
        more: condition("StringEquals", "SAML:aud", '["https://signin.aws.amazon.com/saml"]'),
      }),
    ),
  },
  {
    name: "everybody whom NotPrincipal does not name may assume the role",
    ...OTHERS,
    also: [ID.confusedDeputy],
    hcl: trust(
      FIREHOSE,
      LOGS,
      `
  statement {
    actions = ["sts:AssumeRole"]
    not_principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::210987654321:root"]
    }
  }`,
    ),
  },
  {
    name: "every STS action is allowed to every AWS principal",
    ...OTHERS,
    also: [ID.confusedDeputy],
    hcl: trust(FIREHOSE, LOGS, principal("AWS", '"*"', { action: "STS:assume*" })),
  },
  {
    name: "CloudWatch Logs may not assume the role",
    ...OTHERS,
    hcl: trust(FIREHOSE),
  },
  {
    name: "Firehose has sts:TagSession alone",
    ...OTHERS,
    hcl: trust(FIREHOSE.replace("sts:AssumeRole", "sts:TagSession"), LOGS),
  },
  {
    name: "a Deny takes Firehose's trust away",
    ...OTHERS,
    hcl: trust(
      FIREHOSE,
      LOGS,
      `
  statement {
    effect  = "Deny"
    actions = ["sts:*"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "StringNotEquals"
      variable = "aws:SourceAccount"
      values   = ["210987654321"]
    }
  }`,
    ),
  },
  {
    name: "a wildcard in StringEquals is none",
    ...OTHERS,
    hcl: trust(FIREHOSE, service("logs", "StringEquals", "aws:SourceArn", `["arn:aws:logs:*:\${${ACCOUNT}}:*"]`)),
  },
  {
    name: "Firehose is trusted without a condition",
    ...DEPUTY,
    hcl: trust(unconditional(FIREHOSE), LOGS),
  },
  {
    name: "a second statement trusts Firehose without a condition",
    ...DEPUTY,
    hcl: trust(FIREHOSE, LOGS, unconditional(FIREHOSE)),
  },
  {
    name: "the external id is of the own or a foreign account",
    ...DEPUTY,
    hcl: trust(service("firehose", "StringEquals", "sts:ExternalId", `[${ACCOUNT}, "210987654321"]`), LOGS),
  },
  {
    name: "the external id is of a foreign account",
    ...DEPUTY,
    also: [ID.trustedServices],
    hcl: trust(service("firehose", "StringEquals", "sts:ExternalId", `["210987654321"]`), LOGS),
  },
  {
    name: "the source's ARN is StringLike *",
    ...DEPUTY,
    hcl: trust(FIREHOSE, service("logs", "StringLike", "aws:SourceArn", `["*"]`)),
  },
  {
    name: "the source's ARN is of any account",
    ...DEPUTY,
    hcl: trust(FIREHOSE, service("logs", "ArnLike", "aws:SourceArn", `["arn:aws:logs:*:*:*"]`)),
  },
  {
    name: "the source's ARN is of the own or a foreign account",
    ...DEPUTY,
    hcl: trust(
      FIREHOSE,
      service(
        "logs",
        "StringLike",
        "aws:SourceArn",
        `["arn:aws:logs:*:\${${ACCOUNT}}:*", "arn:aws:logs:*:210987654321:*"]`,
      ),
    ),
  },
  {
    name: "the source account is any but one",
    ...DEPUTY,
    hcl: trust(FIREHOSE, service("logs", "StringNotEquals", "aws:SourceAccount", `["210987654321"]`)),
  },
  {
    name: "ForAllValues is true where the key is absent",
    ...DEPUTY,
    hcl: trust(FIREHOSE, service("logs", "ForAllValues:StringEquals", "aws:SourceAccount", `[${ACCOUNT}]`)),
  },
  {
    name: "IfExists is true where the key is absent",
    ...DEPUTY,
    hcl: trust(FIREHOSE, service("logs", "StringEqualsIfExists", "aws:SourceAccount", `[${ACCOUNT}]`)),
  },
];
