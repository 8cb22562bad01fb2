/** The trust policy of the base's role, of these statements. */
export const trust = (...statements: readonly string[]): string => `
data "aws_iam_policy_document" "trust" {
${statements.join("\n")}
}
`;

/** The base's statement for Firehose. */
export const FIREHOSE = `
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["firehose.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "sts:ExternalId"
      values   = [data.aws_caller_identity.current.account_id]
    }
  }`;

/** The base's statement for CloudWatch Logs. */
export const LOGS = `
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["logs.amazonaws.com"]
    }
    condition {
      test     = "StringLike"
      variable = "aws:SourceArn"
      values   = ["arn:aws:logs:\${data.aws_region.current.id}:\${data.aws_caller_identity.current.account_id}:*"]
    }
  }`;

/** A condition of a statement. */
export const condition = (test: string, variable: string, values: string): string => `
    condition {
      test     = "${test}"
      variable = "${variable}"
      values   = ${values}
    }`;

/** A statement that lets a service assume the role on one condition. */
export const service = (name: string, test: string, variable: string, values: string): string => `
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = ["${name}.amazonaws.com"]
    }${condition(test, variable, values)}
  }`;

/** The account that everything is deployed to. */
export const ACCOUNT = "data.aws_caller_identity.current.account_id";

/** Address of the base's trust policy. */
export const TRUST_DOCUMENT = "data.aws_iam_policy_document.trust";

/** A statement that lets a principal assume the role, with another part such as a condition. */
export const principal = (type: string, id: string, { action = "sts:AssumeRole", more = "" } = {}): string => `
  statement {
    actions = ["${action}"]
    principals {
      type        = "${type}"
      identifiers = [${id}]
    }${more}
  }`;

/** A statement without its condition. */
export const unconditional = (statement: string): string => statement.replace(/ {4}condition \{[^}]*\}\n/, "");
