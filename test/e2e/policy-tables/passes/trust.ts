import { ACCOUNT, FIREHOSE, LOGS, service, trust, TRUST_DOCUMENT, unconditional } from "../hcl/trust";
import type { PassRow } from "../row";

/** Ways of saying that the two services, on behalf of this account, may assume the role. */
export const TRUST_PASSES: readonly PassRow[] = [
  { name: "the trust policy of the base" },
  {
    name: "both services in one statement, by aws:SourceAccount",
    hcl: trust(
      service("firehose", "StringEquals", "aws:SourceAccount", `[${ACCOUNT}]`).replace(
        '["firehose.amazonaws.com"]',
        '["firehose.amazonaws.com", "logs.amazonaws.com"]',
      ),
    ),
  },
  {
    name: "by ArnLike on the source's ARN",
    hcl: trust(
      service(
        "firehose",
        "ArnLike",
        "aws:SourceArn",
        `["arn:aws:firehose:\${data.aws_region.current.id}:\${${ACCOUNT}}:deliverystream/*"]`,
      ),
      service("logs", "ArnLike", "aws:SourceArn", `["arn:aws:logs:*:\${${ACCOUNT}}:*"]`),
    ),
  },
  {
    name: "actions and keys in another case",
    hcl: trust(
      service("firehose", "StringEquals", "STS:externalid", `[${ACCOUNT}]`).replace("sts:AssumeRole", "STS:assumerole"),
      service("logs", "StringLike", "AWS:sourcearn", `["arn:aws:logs:*:\${${ACCOUNT}}:*"]`),
    ),
  },
  {
    name: "a StringLike without a wildcard",
    hcl: trust(service("firehose", "StringLike", "sts:ExternalId", `[${ACCOUNT}]`), LOGS),
  },
  {
    name: "sts:TagSession beside sts:AssumeRole",
    hcl: trust(FIREHOSE.replace('["sts:AssumeRole"]', '["sts:AssumeRole", "sts:TagSession"]'), LOGS),
  },
  {
    name: "two statements for Firehose, each of the own account",
    hcl: trust(FIREHOSE, service("firehose", "StringEquals", "aws:SourceAccount", `[${ACCOUNT}]`), LOGS),
  },
  {
    name: "CloudWatch Logs by its name in the region",
    hcl: trust(FIREHOSE, LOGS.replace('"logs.amazonaws.com"', '"logs.${data.aws_region.current.id}.amazonaws.com"')),
  },
  {
    name: "a Deny keeps other accounts out",
    hcl: trust(
      unconditional(FIREHOSE),
      LOGS,
      `
  statement {
    effect  = "Deny"
    actions = ["sts:AssumeRole"]
    principals {
      type        = "*"
      identifiers = ["*"]
    }
    condition {
      test     = "StringNotEquals"
      variable = "aws:SourceAccount"
      values   = [${ACCOUNT}]
    }
  }`,
    ),
  },
  {
    name: "a Deny of a foreign account",
    hcl: trust(
      FIREHOSE,
      LOGS,
      `
  statement {
    effect  = "Deny"
    actions = ["sts:*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:aws:iam::210987654321:root"]
    }
  }`,
    ),
  },
  {
    name: "in jsonencode, single values instead of lists",
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
        Principal = { Service = "firehose.amazonaws.com" }
        Condition = { StringEquals = { "sts:ExternalId" = ${ACCOUNT} } }
      },
      {
        Effect    = "Allow"
        Action    = "sts:AssumeRole"
        Principal = { Service = "logs.amazonaws.com" }
        Condition = { StringEquals = { "aws:SourceAccount" = ${ACCOUNT} } }
      },
    ]
  })
}
`,
  },
  {
    name: "in a heredoc",
    without: [TRUST_DOCUMENT],
    hcl: `
resource "aws_iam_role" "firehose" {
  name               = "\${var.name}-firehose"
  assume_role_policy = <<-JSON
    {
      "Version": "2012-10-17",
      "Statement": {
        "Effect": "Allow",
        "Action": ["sts:AssumeRole"],
        "Principal": { "Service": ["firehose.amazonaws.com", "logs.amazonaws.com"] },
        "Condition": { "StringEquals": { "aws:SourceAccount": ["\${${ACCOUNT}}"] } }
      }
    }
  JSON
}
`,
  },
  {
    name: "merged of two documents",
    hcl: `
data "aws_iam_policy_document" "trust_firehose" {${FIREHOSE}
}

data "aws_iam_policy_document" "trust_logs" {${LOGS}
}

data "aws_iam_policy_document" "trust" {
  source_policy_documents = [
    data.aws_iam_policy_document.trust_firehose.json,
    data.aws_iam_policy_document.trust_logs.json,
  ]
}
`,
  },
];
