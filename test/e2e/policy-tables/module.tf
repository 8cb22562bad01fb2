# What a row of the module starts from.

variable "name" {
  type = string
}

module "kloudfuse" {
  source = "../../../../terraform/kloudfuse-firehose"

  kloudfuse_ingester_host = "kfuse.example.com"
  role_name               = "${var.name}-firehose"
  backup_bucket_name      = "${var.name}-backup"
  metrics_stream_name     = "${var.name}-metrics"
  logs_stream_name        = "${var.name}-logs"
}
