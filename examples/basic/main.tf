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

module "kloudfuse" {
  source = "../../terraform/kloudfuse-firehose"

  kloudfuse_ingester_host = var.kloudfuse_ingester_host
}

output "kloudfuse" {
  description = "Everything that the module creates."
  value       = module.kloudfuse
}
