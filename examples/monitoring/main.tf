terraform {
  required_version = ">= 1.9.0"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}

provider "aws" {
  region = var.region
}

variable "region" {
  description = "AWS region whose metrics and logs are sent."
  type        = string
  default     = "us-east-1"
}

variable "kloudfuse_ingester_host" {
  description = "DNS name or IPv4 address of the Kloudfuse ingester."
  type        = string
}

variable "alarm_emails" {
  description = "E-mail addresses of the on-call engineers. Each one confirms by the link that SNS sends."
  type        = set(string)
  default     = ["on-call@example.com"]
}

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# CloudWatch publishes to an encrypted topic only where the key's policy allows it. That of alias/aws/sns does
# not, and cannot be changed: alarms fire, and nobody is notified.
data "aws_iam_policy_document" "key" {
  statement {
    sid       = "LetIamPoliciesDecide"
    actions   = ["kms:*"]
    resources = ["*"]
    principals {
      type        = "AWS"
      identifiers = ["arn:${data.aws_partition.current.partition}:iam::${data.aws_caller_identity.current.account_id}:root"]
    }
  }

  statement {
    sid       = "CloudWatchAlarms"
    actions   = ["kms:Decrypt", "kms:GenerateDataKey*"]
    resources = ["*"]
    principals {
      type        = "Service"
      identifiers = ["cloudwatch.amazonaws.com"]
    }
    condition {
      test     = "StringEquals"
      variable = "aws:SourceAccount"
      values   = [data.aws_caller_identity.current.account_id]
    }
    condition {
      test     = "ArnLike"
      variable = "aws:SourceArn"
      values   = ["arn:${data.aws_partition.current.partition}:cloudwatch:${var.region}:${data.aws_caller_identity.current.account_id}:alarm:*"]
    }
  }
}

resource "aws_kms_key" "alarms" {
  description         = "Notifications of the delivery to Kloudfuse"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.key.json
}

module "kloudfuse" {
  source = "../../terraform/kloudfuse-firehose"

  kloudfuse_ingester_host = var.kloudfuse_ingester_host

  # 35 metrics in alarms: docs/monitoring.md has the arithmetic of the cost.
  create_alarms           = true
  create_alarm_topic      = true
  alarm_emails            = var.alarm_emails
  alarm_topic_kms_key_arn = aws_kms_key.alarms.arn
  alarm_ok_actions        = true

  # Dashboards are global in an account: this one is named after the region.
  create_dashboard = true
}

output "kloudfuse" {
  description = "Everything the module made."
  value       = module.kloudfuse
}
