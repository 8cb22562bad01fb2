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
  region = "us-east-1"
}

provider "aws" {
  alias  = "eu"
  region = "eu-west-1"
}

variable "kloudfuse_ingester_host" {
  description = "DNS name or IPv4 address of the Kloudfuse ingester."
  type        = string
}

module "kloudfuse_us" {
  source = "../../terraform/kloudfuse-firehose"

  kloudfuse_ingester_host = var.kloudfuse_ingester_host
}

# A role is global: the second region delivers with the first one's and adds its own permissions.
module "kloudfuse_eu" {
  source    = "../../terraform/kloudfuse-firehose"
  providers = { aws = aws.eu }

  kloudfuse_ingester_host = var.kloudfuse_ingester_host

  create_role = false
  role_arn    = module.kloudfuse_us.role_arn
}

output "stream_arns" {
  description = "ARNs of the streams, by region."
  value = {
    us-east-1 = [module.kloudfuse_us.metrics_stream_arn, module.kloudfuse_us.logs_stream_arn]
    eu-west-1 = [module.kloudfuse_eu.metrics_stream_arn, module.kloudfuse_eu.logs_stream_arn]
  }
}
