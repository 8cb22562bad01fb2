# For an HCP Terraform workspace that follows this repository (VCS-driven): its working directory is
# this folder, its variables are set in the workspace. HCP Terraform plans every pull request and
# ignores any backend or cloud block, so there is none.

terraform {
  required_version = ">= 1.9.0"
  required_providers {
    aws = {
      source  = "hashicorp/aws"
      version = ">= 5.100.0, < 7.0.0"
    }
  }
}

# Credentials come from the workspace, best as dynamic provider credentials (OIDC).
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

variable "access_key_secret_arn" {
  description = "ARN of the Secrets Manager secret that holds the access key."
  type        = string
  default     = null
}

module "kloudfuse" {
  source = "../../terraform/kloudfuse-firehose"

  kloudfuse_ingester_host = var.kloudfuse_ingester_host
  access_key_secret_arn   = var.access_key_secret_arn
}

output "kloudfuse" {
  description = "Everything that the module creates."
  value       = module.kloudfuse
}
