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

variable "excluded_log_groups" {
  description = "Exact names of the log groups to leave out, above all those whose content grows with each delivery: the logs of Kloudfuse's own cluster, where it runs in this account."
  type        = set(string)
  default     = ["/aws/eks/kloudfuse/cluster", "/aws/containerinsights/kloudfuse/application"]
}

module "kloudfuse" {
  source = "../../terraform/kloudfuse-firehose"

  kloudfuse_ingester_host = var.kloudfuse_ingester_host

  # Everything but the namespaces that are large and seldom looked at. AWS bills each metric update.
  create_metric_stream = true
  metric_stream_exclude_filters = {
    "AWS/EBS"   = []
    "AWS/Usage" = []
  }

  # Every log group of the account and region, new ones too, but these and the streams' own error log group.
  # An account has one such policy in each region. A change of the list replaces it.
  subscribe_account           = true
  account_excluded_log_groups = var.excluded_log_groups
}

output "kloudfuse" {
  description = "Everything that the module creates."
  value       = module.kloudfuse
}
