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
    condition     = aws_kinesis_firehose_delivery_stream.logs[0].http_endpoint_configuration[0].role_arn == "arn:aws:iam::123456789012:role/KloudfuseFirehoseRole"
    error_message = "The streams must deliver with the role that has the guide's name."
  }
  assert {
    condition     = aws_kinesis_firehose_delivery_stream.metrics[0].http_endpoint_configuration[0].buffering_size == 4
    error_message = "The guide's buffering is 4 MiB."
  }
  assert {
    condition     = aws_kinesis_firehose_delivery_stream.logs[0].http_endpoint_configuration[0].buffering_interval == 60
    error_message = "The guide's buffering is 60 seconds."
  }
  assert {
    condition     = length(aws_iam_role.delivery) == 1 && length(aws_s3_bucket.backup) == 1
    error_message = "The role and the bucket must be created."
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
    error_message = "Neither a role nor a bucket may be created."
  }
  assert {
    condition     = output.role_name == "telemetry" && output.backup_bucket_name == "my-bucket"
    error_message = "The names must come from the ARNs."
  }
  assert {
    condition     = aws_iam_role_policy.delivery_deliver[0].name == "KloudfuseFirehoseDelivery-eu-west-1-kloudfuse-metrics"
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
      aws_kinesis_firehose_delivery_stream.metrics[0].http_endpoint_configuration[0].buffering_size == 1 &&
      aws_kinesis_firehose_delivery_stream.metrics[0].http_endpoint_configuration[0].buffering_interval == 60 &&
      aws_kinesis_firehose_delivery_stream.logs[0].http_endpoint_configuration[0].buffering_size == 8 &&
      aws_kinesis_firehose_delivery_stream.logs[0].http_endpoint_configuration[0].buffering_interval == 900
    )
    error_message = "A stream's own buffering must win over the common one."
  }
}

run "logs_only" {
  variables {
    create_metrics_stream = false
  }

  assert {
    condition     = length(aws_kinesis_firehose_delivery_stream.metrics) == 0 && length(aws_kinesis_firehose_delivery_stream.logs) == 1
    error_message = "Only the logs stream may be created."
  }
  assert {
    condition     = output.metrics_stream_arn == null && output.metrics_stream_name == null && output.metrics_endpoint_url == null
    error_message = "The outputs of a stream that is not created must be null."
  }
  assert {
    condition     = output.logs_stream_name == "kloudfuse-logs"
    error_message = "The outputs of the stream that is created must be set."
  }
}

run "metrics_only" {
  variables {
    create_logs_stream = false
  }

  assert {
    condition     = length(aws_kinesis_firehose_delivery_stream.metrics) == 1 && length(aws_kinesis_firehose_delivery_stream.logs) == 0
    error_message = "Only the metrics stream may be created."
  }
  assert {
    condition     = output.logs_stream_arn == null && output.metrics_stream_name == "kloudfuse-metrics"
    error_message = "The outputs must be those of the metrics stream."
  }
}

run "existing_role_without_policies" {
  variables {
    create_role          = false
    role_arn             = "arn:aws:iam::123456789012:role/telemetry"
    create_role_policies = false
  }

  assert {
    condition     = length(aws_iam_role_policy.delivery_put_records) == 0 && length(aws_iam_role_policy.delivery_deliver) == 0
    error_message = "No policy may be added to the role."
  }
  assert {
    condition     = toset(keys(output.role_policies)) == toset(["KloudfuseFirehoseDelivery", "KloudfuseFirehosePermissions"])
    error_message = "The documents must be there for the role's owner."
  }
}

run "backup_prefix" {
  command = plan

  variables {
    backup_prefix = "eu-west-1/"
  }

  assert {
    condition     = aws_kinesis_firehose_delivery_stream.logs[0].http_endpoint_configuration[0].s3_configuration[0].prefix == "eu-west-1/kloudfuse-logs-failures/"
    error_message = "The prefix must be in front of the documented one."
  }
}

run "null_values" {
  variables {
    tags              = { team = "platform", stage = null }
    common_attributes = { environment = "production", cluster = null }
  }

  assert {
    condition     = [for attribute in aws_kinesis_firehose_delivery_stream.logs[0].http_endpoint_configuration[0].request_configuration[0].common_attributes : attribute.name] == ["environment"]
    error_message = "An attribute whose value is null must be left out."
  }
}

run "secret_of_another_region" {
  command = plan

  variables {
    access_key_secret_arn = "arn:aws:secretsmanager:us-east-1:123456789012:secret:kloudfuse-AbCdEf"
  }
  expect_failures = [data.aws_iam_policy_document.delivery_deliver_document]
}

run "key_of_another_region" {
  command = plan

  variables {
    kms_key_arn = "arn:aws:kms:us-east-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  }
  expect_failures = [data.aws_iam_policy_document.delivery_deliver_document]
}

run "role_of_another_account" {
  command = plan

  variables {
    create_role = false
    role_arn    = "arn:aws:iam::210987654321:role/telemetry"
  }
  expect_failures = [aws_kinesis_firehose_delivery_stream.metrics, aws_kinesis_firehose_delivery_stream.logs]
}

run "bucket_of_another_partition" {
  command = plan

  variables {
    create_backup_bucket = false
    backup_bucket_arn    = "arn:aws-cn:s3:::my-bucket"
  }
  expect_failures = [data.aws_iam_policy_document.delivery_deliver_document]
}

run "boundary_of_another_account" {
  command = plan

  variables {
    permissions_boundary_arn = "arn:aws:iam::210987654321:policy/boundary"
  }
  expect_failures = [aws_iam_role.delivery]
}

run "key_and_secret_of_another_account" {
  command = plan

  variables {
    kms_key_arn              = "arn:aws:kms:eu-west-1:210987654321:key/11111111-2222-3333-4444-555555555555"
    access_key_secret_arn    = "arn:aws:secretsmanager:eu-west-1:210987654321:secret:kloudfuse-AbCdEf"
    permissions_boundary_arn = "arn:aws:iam::aws:policy/PowerUserAccess"
  }

  assert {
    condition     = aws_kinesis_firehose_delivery_stream.logs[0].server_side_encryption[0].key_type == "CUSTOMER_MANAGED_CMK"
    error_message = "A key of another account must be accepted."
  }
}
