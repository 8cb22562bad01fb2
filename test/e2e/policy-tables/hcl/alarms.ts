import { ACCOUNT } from "./trust";

/** An alarm on the logs stream. */
export const alarm = (actions = "[aws_sns_topic.alarms.arn]", label = "failing"): string => `
resource "aws_cloudwatch_metric_alarm" "${label}" {
  alarm_name          = "\${var.name}-${label}"
  comparison_operator = "LessThanThreshold"
  threshold           = 1
  evaluation_periods  = 3
  alarm_actions       = ${actions}
  metric_query {
    id          = "result"
    expression  = "FILL(success, 1)"
    return_data = true
  }
  metric_query {
    id = "success"
    metric {
      namespace   = "AWS/Firehose"
      metric_name = "DeliveryToHttpEndpoint.Success"
      period      = 300
      stat        = "Average"
      dimensions  = { DeliveryStreamName = aws_kinesis_firehose_delivery_stream.logs.name }
    }
  }
}
`;

/** The topic of the alarms. */
export const topic = (more = ""): string => `
resource "aws_sns_topic" "alarms" {
  name = "\${var.name}-alarms"
${more}
}
`;

const OF_ACCOUNT = `
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [${ACCOUNT}]
    }`;

/** What the topic allows. */
export const topicPolicy = ({
  principal = 'type = "Service"\n      identifiers = ["cloudwatch.amazonaws.com"]',
  condition = OF_ACCOUNT,
}: { readonly principal?: string; readonly condition?: string } = {}): string => `
data "aws_iam_policy_document" "alarms" {
  statement {
    actions   = ["sns:Publish"]
    resources = [aws_sns_topic.alarms.arn]
    principals {
      ${principal}
    }${condition}
  }
}

resource "aws_sns_topic_policy" "alarms" {
  arn    = aws_sns_topic.alarms.arn
  policy = data.aws_iam_policy_document.alarms.json
}
`;

/** A key for the topic. */
export const topicKey = (principal: string): string => `
resource "aws_kms_key" "alarms" {
  policy = jsonencode({
    Version = "2012-10-17"
    Statement = [
      {
        Effect    = "Allow"
        Action    = "kms:*"
        Resource  = "*"
        Principal = { AWS = "arn:aws:iam::\${${ACCOUNT}}:root" }
      },
      {
        Effect    = "Allow"
        Action    = ["kms:Decrypt", "kms:GenerateDataKey*"]
        Resource  = "*"
        Principal = { Service = "${principal}" }
      },
    ]
  })
}
`;
