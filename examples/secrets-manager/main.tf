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

data "aws_caller_identity" "current" {}

data "aws_partition" "current" {}

# The account's IAM policies say who may use the key. The module allows its role kms:Decrypt and
# kms:GenerateDataKey through S3, Secrets Manager and Firehose. Any other principal that puts records on the streams,
# such as the role of a metric stream, needs both through Firehose (kms:ViaService
# firehose.<region>.<DNS suffix>) in a policy of its own.
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
}

# One key for the secret, the streams and the backup bucket.
resource "aws_kms_key" "telemetry" {
  description         = "Telemetry on its way to Kloudfuse"
  enable_key_rotation = true
  policy              = data.aws_iam_policy_document.key.json
}

# The secret's value is not Terraform's business, or it would stand in the state. Put it in once:
#   aws secretsmanager put-secret-value --secret-id kloudfuse/firehose-access-key \
#     --secret-string '{"api_key":"..."}'
# Firehose reads it at every delivery and caches it for ten minutes.
resource "aws_secretsmanager_secret" "access_key" {
  name       = "kloudfuse/firehose-access-key"
  kms_key_id = aws_kms_key.telemetry.arn
}

module "kloudfuse" {
  source = "../../terraform/kloudfuse-firehose"

  kloudfuse_ingester_host = var.kloudfuse_ingester_host
  access_key_secret_arn   = aws_secretsmanager_secret.access_key.arn
  kms_key_arn             = aws_kms_key.telemetry.arn
}

output "kloudfuse" {
  description = "Everything that the module creates."
  value       = module.kloudfuse
}
