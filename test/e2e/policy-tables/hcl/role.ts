/** Address of the document of the base's permissions. */
export const PERMISSIONS = "data.aws_iam_policy_document.firehose";

/** Address of the base's inline policy. */
export const INLINE_POLICY = "aws_iam_role_policy.firehose";

/** What the base's role may do, as an own customer-managed policy. */
export const MANAGED_POLICY = `
resource "aws_iam_policy" "firehose" {
  name   = "\${var.name}-firehose"
  policy = data.aws_iam_policy_document.firehose.json
}
`;

/** The base's role with an argument or block more. */
export const roleWith = (argument: string): string => `
resource "aws_iam_role" "firehose" {
  name               = "\${var.name}-firehose"
  assume_role_policy = data.aws_iam_policy_document.trust.json
${argument}
}
`;
