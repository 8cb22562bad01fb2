# Run with `terraform init && terraform test` in this module's folder: needs neither AWS nor Node.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  kloudfuse_ingester_host = "kfuse.example.com"
}

run "no_sources_by_default" {
  command = plan

  assert {
    condition     = length(aws_cloudwatch_metric_stream.metric_stream) == 0 && length(aws_iam_role.metric_stream_role) == 0 && length(aws_iam_role_policy.metric_stream_put_records) == 0
    error_message = "A metric stream costs money: none may be created."
  }
  assert {
    condition     = length(aws_cloudwatch_log_subscription_filter.log_groups) == 0 && length(aws_cloudwatch_log_account_policy.account) == 0
    error_message = "No log group may be subscribed."
  }
  assert {
    condition     = output.metric_stream_arn == null && output.metric_stream_name == null && output.metric_stream_role_arn == null && length(output.subscribed_log_group_names) == 0
    error_message = "The outputs of what is not created must be null or empty."
  }
}

run "metric_stream" {
  variables {
    create_metric_stream = true
    metrics_stream_name  = "team.metrics.1"
    metric_stream_include_filters = {
      "AWS/EC2" = ["CPUUtilization", "NetworkIn"]
      "AWS/S3"  = []
    }
    metric_stream_statistics = [
      { namespace = "AWS/EC2", metric_name = "CPUUtilization", statistics = ["p99", "tm90"] },
      { namespace = "AWS/S3", metric_name = "FirstByteLatency", statistics = ["p50"] },
    ]
    metric_stream_include_linked_accounts = true
    role_path                             = "/observability/"
    permissions_boundary_arn              = "arn:aws:iam::123456789012:policy/boundary"
    tags                                  = { team = "platform" }
  }

  assert {
    condition     = output.metric_stream_name == "team-metrics-1" && aws_cloudwatch_metric_stream.metric_stream[0].output_format == "json"
    error_message = "The metric stream must be named after the delivery stream, without dots, and write JSON."
  }
  assert {
    condition = { for filter in aws_cloudwatch_metric_stream.metric_stream[0].include_filter : filter.namespace => join(" ", sort(filter.metric_names)) } == {
      "AWS/EC2" = "CPUUtilization NetworkIn"
      "AWS/S3"  = ""
    }
    error_message = "Each namespace must have its metric names."
  }
  assert {
    condition     = length(aws_cloudwatch_metric_stream.metric_stream[0].exclude_filter) == 0
    error_message = "There must be one kind of filter."
  }
  assert {
    condition = toset([
      for one in aws_cloudwatch_metric_stream.metric_stream[0].statistics_configuration :
      "${one(one.include_metric).namespace} ${one(one.include_metric).metric_name} ${join(" ", sort(one.additional_statistics))}"
    ]) == toset(["AWS/EC2 CPUUtilization p99 tm90", "AWS/S3 FirstByteLatency p50"])
    error_message = "Each metric must have its statistics."
  }
  assert {
    condition     = aws_cloudwatch_metric_stream.metric_stream[0].include_linked_accounts_metrics
    error_message = "The metrics of linked accounts must be included."
  }
  assert {
    condition     = aws_cloudwatch_metric_stream.metric_stream[0].firehose_arn == aws_kinesis_firehose_delivery_stream.metrics[0].arn && aws_cloudwatch_metric_stream.metric_stream[0].role_arn == aws_iam_role.metric_stream_role[0].arn
    error_message = "The metric stream must feed the metrics stream with its own role."
  }
  assert {
    condition     = aws_iam_role.metric_stream_role[0].name == "KloudfuseMetricStreamRole-eu-west-1" && aws_iam_role.metric_stream_role[0].path == "/observability/" && aws_iam_role.metric_stream_role[0].permissions_boundary == "arn:aws:iam::123456789012:policy/boundary"
    error_message = "The role must carry the region in its name, and the path and boundary of the delivery role."
  }
  assert {
    condition     = aws_iam_role_policy.metric_stream_put_records[0].name == "KloudfuseMetricStreamPermissions"
    error_message = "The role must have its one policy."
  }
  assert {
    condition     = aws_iam_role.metric_stream_role[0].tags["team"] == "platform" && aws_cloudwatch_metric_stream.metric_stream[0].tags["team"] == "platform"
    error_message = "Both must be tagged."
  }
  assert {
    condition = (
      one(one(data.aws_iam_policy_document.metric_stream_role_trust[0].statement[*].principals)).identifiers == toset(["streams.metrics.cloudwatch.amazonaws.com"]) &&
      one(one(data.aws_iam_policy_document.metric_stream_role_trust[0].statement[*].condition)).variable == "aws:SourceAccount" &&
      one(one(data.aws_iam_policy_document.metric_stream_role_trust[0].statement[*].condition)).values == tolist(["123456789012"])
    )
    error_message = "Only metric streams of this account may assume the role."
  }
  assert {
    condition     = data.aws_iam_policy_document.metric_stream_put_records_document[0].statement[0].resources == toset(["arn:aws:firehose:eu-west-1:123456789012:deliverystream/team.metrics.1"]) && length(data.aws_iam_policy_document.metric_stream_put_records_document[0].statement) == 1
    error_message = "The role may put records on the metrics stream and nothing else."
  }
}

run "metric_stream_with_excluded_metrics_and_a_key" {
  command = plan

  variables {
    create_metric_stream          = true
    metric_stream_name            = "everything-else"
    metric_stream_role_name       = "metric-streams"
    metric_stream_exclude_filters = { "AWS/EBS" = [] }
    kms_key_arn                   = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555"
  }

  assert {
    condition     = output.metric_stream_name == "everything-else" && aws_iam_role.metric_stream_role[0].name == "metric-streams"
    error_message = "The names must be those that were set."
  }
  assert {
    condition     = one(aws_cloudwatch_metric_stream.metric_stream[0].exclude_filter).namespace == "AWS/EBS" && length(aws_cloudwatch_metric_stream.metric_stream[0].include_filter) == 0
    error_message = "The namespace must be excluded."
  }
  assert {
    condition     = data.aws_iam_policy_document.metric_stream_put_records_document[0].statement[1].sid == "UseKmsKey" && one(data.aws_iam_policy_document.metric_stream_put_records_document[0].statement[1].condition).values == tolist(["firehose.eu-west-1.amazonaws.com"])
    error_message = "The role must be allowed to use the stream's key through Firehose."
  }
}

run "metric_stream_with_an_existing_role" {
  variables {
    create_metric_stream      = true
    create_metric_stream_role = false
    metric_stream_role_arn    = "arn:aws:iam::123456789012:role/observability/metric-streams"
  }

  assert {
    condition     = length(aws_iam_role.metric_stream_role) == 0 && output.metric_stream_role_arn == "arn:aws:iam::123456789012:role/observability/metric-streams"
    error_message = "The existing role must be used."
  }
  assert {
    condition     = aws_iam_role_policy.metric_stream_put_records[0].role == "metric-streams" && aws_iam_role_policy.metric_stream_put_records[0].name == "KloudfuseMetricStreamPermissions-eu-west-1-kloudfuse-metrics"
    error_message = "The policy must be named by region and stream."
  }
}

run "metric_stream_with_an_existing_role_without_policies" {
  variables {
    create_metric_stream      = true
    create_metric_stream_role = false
    metric_stream_role_arn    = "arn:aws:iam::123456789012:role/metric-streams"
    create_role               = false
    role_arn                  = "arn:aws:iam::123456789012:role/telemetry"
    create_role_policies      = false
  }

  assert {
    condition     = length(aws_iam_role_policy.metric_stream_put_records) == 0 && length(aws_cloudwatch_metric_stream.metric_stream) == 1
    error_message = "No policy may be added to the role."
  }
}

run "metric_stream_role_of_another_account" {
  command = plan

  variables {
    create_metric_stream      = true
    create_metric_stream_role = false
    metric_stream_role_arn    = "arn:aws:iam::999999999999:role/metric-streams"
  }

  expect_failures = [aws_cloudwatch_metric_stream.metric_stream]
}

run "metric_stream_only" {
  variables {
    create_logs_stream   = false
    create_metric_stream = true
  }

  assert {
    condition     = output.metric_stream_name == "kloudfuse-metrics"
    error_message = "The metric stream needs no logs stream."
  }
}

run "log_groups" {
  variables {
    log_groups         = { api = "/aws/lambda/api", trail = "aws-cloudtrail-logs" }
    log_filter_pattern = "{ $.level = \"ERROR\" }"
  }

  assert {
    condition     = tolist(output.subscribed_log_group_names) == tolist(["/aws/lambda/api", "aws-cloudtrail-logs"])
    error_message = "Both log groups must be subscribed."
  }
  assert {
    condition     = alltrue([for filter in aws_cloudwatch_log_subscription_filter.log_groups : filter.destination_arn == aws_kinesis_firehose_delivery_stream.logs[0].arn && filter.role_arn == "arn:aws:iam::123456789012:role/KloudfuseFirehoseRole" && filter.name == "kloudfuse-logs" && filter.filter_pattern == "{ $.level = \"ERROR\" }"])
    error_message = "The filters must send to the logs stream with the delivery role."
  }
}

run "account" {
  variables {
    subscribe_account           = true
    account_excluded_log_groups = ["/aws/eks/kloudfuse/cluster", "/aws/containerinsights/kloudfuse/application"]
    log_groups                  = { cluster = "/aws/eks/kloudfuse/cluster" }
    log_filter_pattern          = "?ERROR ?\"two words\""
  }

  assert {
    condition     = aws_cloudwatch_log_account_policy.account[0].policy_name == "kloudfuse-logs" && aws_cloudwatch_log_account_policy.account[0].policy_type == "SUBSCRIPTION_FILTER_POLICY"
    error_message = "The policy must be a subscription named after the logs stream."
  }
  assert {
    condition     = aws_cloudwatch_log_account_policy.account[0].selection_criteria == "LogGroupName NOT IN [\"/aws/containerinsights/kloudfuse/application\",\"/aws/eks/kloudfuse/cluster\",\"/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs\"]"
    error_message = "The policy must leave out the error log group and the excluded ones, sorted."
  }
  assert {
    condition = jsondecode(aws_cloudwatch_log_account_policy.account[0].policy_document) == {
      DestinationArn = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/kloudfuse-logs"
      FilterPattern  = "?ERROR ?\"two words\""
      RoleArn        = "arn:aws:iam::123456789012:role/KloudfuseFirehoseRole"
    }
    error_message = "The policy must send to the logs stream with the delivery role."
  }
}

run "account_policy_name" {
  command = plan

  variables {
    subscribe_account   = true
    account_policy_name = "everything"
  }

  assert {
    condition     = aws_cloudwatch_log_account_policy.account[0].policy_name == "everything"
    error_message = "The policy must have the name that was set."
  }
  assert {
    condition     = aws_cloudwatch_log_account_policy.account[0].selection_criteria == "LogGroupName NOT IN [\"/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs\"]"
    error_message = "The error log group must always be left out."
  }
}
