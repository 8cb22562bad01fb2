# Run with `terraform init && terraform test` in this module's folder: needs neither AWS nor Node.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  kloudfuse_ingester_host = "kfuse.example.com"
}

run "defaults" {
  command = plan

  assert {
    condition     = output.metrics_endpoint_url == "https://kfuse.example.com/ingester/kinesis/metrics"
    error_message = "Metrics must go to the guide's path."
  }
  assert {
    condition     = output.logs_endpoint_url == "https://kfuse.example.com/ingester/kinesis/logs"
    error_message = "Logs must go to the guide's path."
  }
  assert {
    condition     = output.backup_bucket_name == "kloudfuse-firehose-backup-123456789012-eu-west-1"
    error_message = "The bucket must be named by account and region."
  }
  assert {
    condition     = aws_kinesis_firehose_delivery_stream.logs.http_endpoint_configuration[0].role_arn == "arn:aws:iam::123456789012:role/KloudfuseFirehoseRole"
    error_message = "The streams must deliver with the role that has the guide's name."
  }
  assert {
    condition     = aws_kinesis_firehose_delivery_stream.metrics.http_endpoint_configuration[0].buffering_size == 4
    error_message = "The guide's buffering is 4 MiB."
  }
  assert {
    condition     = aws_kinesis_firehose_delivery_stream.logs.http_endpoint_configuration[0].buffering_interval == 60
    error_message = "The guide's buffering is 60 seconds."
  }
  assert {
    condition     = length(aws_iam_role.delivery) == 1 && length(aws_s3_bucket.backup) == 1
    error_message = "The role and the bucket must be made."
  }
}

run "apply" {
  assert {
    condition     = output.error_log_group_name == "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs"
    error_message = "The error log must be named after both streams."
  }
}

run "existing_role_and_bucket" {
  variables {
    create_role          = false
    role_arn             = "arn:aws:iam::123456789012:role/observability/telemetry"
    create_backup_bucket = false
    backup_bucket_arn    = "arn:aws:s3:::my-bucket"
  }

  assert {
    condition     = length(aws_iam_role.delivery) == 0 && length(aws_s3_bucket.backup) == 0
    error_message = "Neither a role nor a bucket may be made."
  }
  assert {
    condition     = output.role_name == "telemetry" && output.backup_bucket_name == "my-bucket"
    error_message = "The names must come from the ARNs."
  }
  assert {
    condition     = aws_iam_role_policy.delivery_deliver.name == "KloudfuseFirehoseDelivery-eu-west-1-kloudfuse-metrics"
    error_message = "The policy must be named by region and stream."
  }
}

run "each_stream_with_its_own_buffering" {
  command = plan

  variables {
    buffering_size_mb               = 8
    metrics_buffering_size_mb       = 1
    logs_buffering_interval_seconds = 900
  }

  assert {
    condition = (
      aws_kinesis_firehose_delivery_stream.metrics.http_endpoint_configuration[0].buffering_size == 1 &&
      aws_kinesis_firehose_delivery_stream.metrics.http_endpoint_configuration[0].buffering_interval == 60 &&
      aws_kinesis_firehose_delivery_stream.logs.http_endpoint_configuration[0].buffering_size == 8 &&
      aws_kinesis_firehose_delivery_stream.logs.http_endpoint_configuration[0].buffering_interval == 900
    )
    error_message = "A stream's own buffering must win over the common one."
  }
}
