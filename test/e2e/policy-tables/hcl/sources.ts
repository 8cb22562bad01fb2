/** What makes a metrics stream of the base's logs stream. */
export const OF_METRICS = [
  ["ingester/kinesis/logs", "ingester/kinesis/metrics"],
  ["${var.name}-logs", "${var.name}-metrics"],
  ["kloudfuse-logs-failures", "kloudfuse-metrics-failures"],
  ['"aws_kinesis_firehose_delivery_stream" "logs"', '"aws_kinesis_firehose_delivery_stream" "metrics"'],
] as const;

/** The role of a metric stream. */
export const metricRole = ({
  services = '"streams.metrics.cloudwatch.amazonaws.com"',
  condition = `
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }`,
}: { readonly services?: string; readonly condition?: string } = {}): string => `
data "aws_iam_policy_document" "metric_stream" {
  statement {
    actions = ["sts:AssumeRole"]
    principals {
      type        = "Service"
      identifiers = [${services}]
    }${condition}
  }
}

resource "aws_iam_role" "metric_stream" {
  name               = "\${var.name}-metric-stream"
  assume_role_policy = data.aws_iam_policy_document.metric_stream.json
}

resource "aws_iam_role_policy" "metric_stream" {
  name = "put-records"
  role = aws_iam_role.metric_stream.id
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [{
      Effect   = "Allow"
      Action   = ["firehose:PutRecord", "firehose:PutRecordBatch"]
      Resource = "arn:aws:firehose:\${data.aws_region.current.id}:\${data.aws_caller_identity.current.account_id}:deliverystream/\${var.name}-metrics"
    }]
  })
}
`;

/** A metric stream to the metrics stream. */
export const metricStream = ({
  label = "metrics",
  role = "aws_iam_role.metric_stream.arn",
  format = "json",
  filters = `
  include_filter {
    namespace    = "AWS/EC2"
    metric_names = ["CPUUtilization"]
  }`,
}: {
  readonly label?: string;
  readonly role?: string;
  readonly format?: string;
  readonly filters?: string;
} = {}): string => `
resource "aws_cloudwatch_metric_stream" "${label}" {
  name          = "\${var.name}-${label}"
  firehose_arn  = aws_kinesis_firehose_delivery_stream.metrics.arn
  role_arn      = ${role}
  output_format = "${format}"
${filters}
}
`;

/** A subscription filter to the logs stream. */
export const subscription = (label: string, logGroup: string, pattern = ""): string => `
resource "aws_cloudwatch_log_subscription_filter" "${label}" {
  name            = "\${var.name}-${label}"
  log_group_name  = ${logGroup}
  filter_pattern  = "${pattern}"
  destination_arn = aws_kinesis_firehose_delivery_stream.logs.arn
  role_arn        = aws_iam_role.firehose.arn
}
`;

/** A log group of an application: not Kloudfuse's by its name. */
export const logGroup = (label: string): string => `
resource "aws_cloudwatch_log_group" "${label}" {
  name              = "/ecs/\${trimprefix(var.name, "kloudfuse-")}-${label}"
  retention_in_days = 30
}
`;

/** An account-level subscription to the logs stream, which leaves out the log groups of a list. */
export const accountPolicy = (excluded: string): string => `
resource "aws_cloudwatch_log_account_policy" "account" {
  policy_name = "\${var.name}-logs"
  policy_type = "SUBSCRIPTION_FILTER_POLICY"
  policy_document = jsonencode({
    DestinationArn = aws_kinesis_firehose_delivery_stream.logs.arn
    RoleArn        = aws_iam_role.firehose.arn
    FilterPattern  = ""
  })
  selection_criteria = "LogGroupName NOT IN \${jsonencode(${excluded})}"
}
`;
