import { INLINE_POLICY, MANAGED_POLICY } from "../hcl/role";
import type { PassRow } from "../row";

const STREAM = "aws_kinesis_firehose_delivery_stream";

const OTHER_VENDOR = `
resource "aws_kinesis_firehose_delivery_stream" "other" {
  name        = "new-relic"
  destination = "http_endpoint"
  http_endpoint_configuration {
    url      = "https://aws-api.newrelic.com/firehose/v1"
    name     = "New Relic"
    role_arn = aws_iam_role.firehose.arn
    s3_configuration {
      role_arn   = aws_iam_role.firehose.arn
      bucket_arn = "arn:aws:s3:::elsewhere"
    }
  }
}
`;

/** Changes of what is deployed that lose nothing. */
export const CHANGES_PASSES: readonly PassRow[] = [
  { name: "nothing changes" },
  {
    name: "a stream is renamed with moved",
    before: {},
    edits: [[`"${STREAM}" "logs"`, `"${STREAM}" "telemetry"`]],
    hcl: `
moved {
  from = ${STREAM}.logs
  to   = ${STREAM}.telemetry
}
`,
  },
  {
    name: "the role is renamed with moved",
    before: {},
    edits: [
      ["aws_iam_role.firehose.", "aws_iam_role.delivery."],
      ['"aws_iam_role" "firehose"', '"aws_iam_role" "delivery"'],
    ],
    hcl: `
moved {
  from = aws_iam_role.firehose
  to   = aws_iam_role.delivery
}
`,
  },
  {
    name: "the buffering changes",
    before: {},
    edits: [["buffering_size     = 4", "buffering_size     = 8"]],
  },
  {
    name: "bucket and role get tags",
    before: {},
    edits: [
      ['  bucket = "${var.name}-backup"\n', '  bucket = "${var.name}-backup"\n  tags   = { team = "telemetry" }\n'],
      ['"${var.name}-firehose"\n  assume', '"${var.name}-firehose"\n  tags = { team = "telemetry" }\n  assume'],
    ],
  },
  {
    name: "the inline policy gets another name",
    before: {},
    edits: [['  name   = "${var.name}-firehose"', '  name   = "${var.name}-delivery"']],
  },
  {
    name: "the permissions move from an inline to an attached policy",
    before: {},
    without: [INLINE_POLICY],
    hcl: `${MANAGED_POLICY}
resource "aws_iam_role_policy_attachment" "firehose" {
  role       = aws_iam_role.firehose.name
  policy_arn = aws_iam_policy.firehose.arn
}
`,
  },
  {
    name: "a stream to another vendor is destroyed",
    before: { hcl: OTHER_VENDOR },
  },
];
