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

# Log groups of an API and of a Lambda function; yours exist already. An Infrequent Access group cannot
# be subscribed.
resource "aws_cloudwatch_log_group" "api" {
  name              = "/ecs/api"
  retention_in_days = 14
}

resource "aws_cloudwatch_log_group" "orders" {
  name              = "/aws/lambda/orders"
  retention_in_days = 14
}

module "kloudfuse" {
  source = "../../terraform/kloudfuse-firehose"

  kloudfuse_ingester_host = var.kloudfuse_ingester_host

  # AWS bills each metric update: list what you look at. An empty list is all of the namespace.
  create_metric_stream = true
  metric_stream_include_filters = {
    "AWS/ApplicationELB" = ["HTTPCode_Target_5XX_Count", "RequestCount", "TargetResponseTime"]
    "AWS/EC2"            = ["CPUUtilization", "StatusCheckFailed"]
    "AWS/Lambda"         = []
    "AWS/RDS"            = ["CPUUtilization", "DatabaseConnections", "FreeStorageSpace"]
  }
  metric_stream_statistics = [
    { namespace = "AWS/ApplicationELB", metric_name = "TargetResponseTime", statistics = ["p50", "p90", "p99"] },
    { namespace = "AWS/Lambda", metric_name = "Duration", statistics = ["p99"] },
  ]

  # The keys are part of the resource addresses. The names may come from other resources.
  log_groups = {
    api    = aws_cloudwatch_log_group.api.name
    orders = aws_cloudwatch_log_group.orders.name
  }
}

output "kloudfuse" {
  description = "Everything that the module creates."
  value       = module.kloudfuse
}
