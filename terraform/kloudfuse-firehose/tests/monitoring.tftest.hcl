# Run with `terraform init && terraform test` in this module's folder: needs neither AWS nor Node.

mock_provider "aws" {
  source = "./tests/mocks"
}

variables {
  kloudfuse_ingester_host = "kfuse.example.com"
}

run "no_alarms_by_default" {
  command = plan

  assert {
    condition     = length(output.alarm_names) == 0 && output.alarm_topic_arn == null && length(aws_cloudwatch_log_metric_filter.alarms_request_too_large_filter) == 0
    error_message = "Alarms cost money: none may be created."
  }
  assert {
    condition     = output.dashboard_name == null && length(aws_cloudwatch_dashboard.dashboard) == 0
    error_message = "A dashboard costs money: none may be created."
  }
}

run "alarms_without_actions" {
  variables {
    create_alarms = true
  }

  assert {
    condition     = length(output.alarm_names) == 15 && length(distinct(output.alarm_names)) == 15
    error_message = "Each stream must have seven alarms, and the error log one."
  }
  assert {
    condition     = length(aws_cloudwatch_metric_alarm.alarms_logs_delivery_failing[0].alarm_actions) == 0 && length(aws_sns_topic.alarms_topic) == 0
    error_message = "Without a topic the alarms must have no actions."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.alarms_logs_delivery_stalled[0].threshold == 900
    error_message = "The default interval and retries must leave AWS's recommended threshold."
  }
}

run "created_topic" {
  variables {
    create_alarms                      = true
    create_alarm_topic                 = true
    alarm_emails                       = ["on-call@example.com", "platform@example.com"]
    alarm_topic_kms_key_arn            = "arn:aws:kms:eu-west-1:123456789012:key/topic"
    alarm_ok_actions                   = true
    alarm_quota_percent                = 0
    create_logs_stream                 = false
    create_metric_stream               = true
    metrics_buffering_interval_seconds = 900
    retry_duration_seconds             = 600
  }

  assert {
    condition     = length(output.alarm_names) == 9 && length(aws_cloudwatch_metric_alarm.alarms_metrics_quota_near) == 0
    error_message = "One stream must have six alarms without that of the quota, the error log one, the metric stream two."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.alarms_metrics_delivery_stalled[0].threshold == 1800
    error_message = "The threshold must be above what interval, retries and backup explain."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.alarms_metrics_silent[0].treat_missing_data == "breaching" && aws_cloudwatch_metric_alarm.alarms_metrics_throttled[0].treat_missing_data == "notBreaching"
    error_message = "Missing data must breach only where a metric stream sends every minute."
  }
  assert {
    condition = (
      aws_cloudwatch_metric_alarm.alarms_metrics_throttled[0].alarm_actions == toset([output.alarm_topic_arn]) &&
      aws_cloudwatch_metric_alarm.alarms_metrics_throttled[0].ok_actions == toset([output.alarm_topic_arn])
    )
    error_message = "The alarms must publish problems and recoveries to the created topic."
  }
  assert {
    condition     = aws_sns_topic.alarms_topic[0].name == "kloudfuse-metrics-alarms" && aws_sns_topic.alarms_topic[0].kms_master_key_id == "arn:aws:kms:eu-west-1:123456789012:key/topic"
    error_message = "The topic must be encrypted with the key."
  }
  assert {
    condition     = toset([for one in aws_sns_topic_subscription.alarms_topic_email : one.endpoint]) == toset(["on-call@example.com", "platform@example.com"])
    error_message = "Each address must be subscribed."
  }
}

run "existing_topic" {
  variables {
    create_alarms         = true
    alarm_topic_arn       = "arn:aws:sns:eu-west-1:123456789012:on-call"
    alarm_stalled_seconds = 1200
  }

  assert {
    condition     = aws_cloudwatch_metric_alarm.alarms_request_too_large[0].alarm_actions == toset(["arn:aws:sns:eu-west-1:123456789012:on-call"]) && length(aws_cloudwatch_metric_alarm.alarms_request_too_large[0].ok_actions) == 0
    error_message = "The alarms must publish to the existing topic, and no recoveries unless that is asked for."
  }
  assert {
    condition     = aws_cloudwatch_metric_alarm.alarms_logs_delivery_stalled[0].threshold == 1200
    error_message = "The threshold must be the one that is set."
  }
}

run "topic_of_another_region" {
  command = plan
  variables {
    create_alarms   = true
    alarm_topic_arn = "arn:aws:sns:us-east-1:123456789012:on-call"
  }
  expect_failures = [aws_cloudwatch_log_metric_filter.alarms_request_too_large_filter]
}

run "dashboard_of_both_streams" {
  variables {
    create_dashboard                = true
    metrics_stream_name             = "team-metrics"
    logs_buffering_interval_seconds = 900
  }

  assert {
    condition     = output.dashboard_name == "kloudfuse-firehose-eu-west-1" && length(output.alarm_names) == 0
    error_message = "The dashboard must be named after its region, and need no alarms."
  }
  assert {
    condition = [
      for widget in jsondecode(aws_cloudwatch_dashboard.dashboard[0].dashboard_body).widgets : "${widget.type} ${widget.x}+${widget.width}"
    ] == concat(["text 0+24"], [for i in range(5) : "metric 0+12"], [for i in range(5) : "metric 12+12"], ["log 0+24"])
    error_message = "Both streams must be side by side."
  }
  assert {
    condition = [
      for widget in jsondecode(aws_cloudwatch_dashboard.dashboard[0].dashboard_body).widgets : widget.properties.annotations.horizontal[0].value if can(widget.properties.annotations)
    ] == [900, 1500]
    error_message = "Each stream must have the threshold of its own interval."
  }
}

run "dashboard_of_one_stream" {
  variables {
    create_dashboard      = true
    create_metrics_stream = false
    alarm_stalled_seconds = 1200
  }

  assert {
    condition = [
      for widget in jsondecode(aws_cloudwatch_dashboard.dashboard[0].dashboard_body).widgets : "${widget.x}+${widget.width}" if widget.type == "metric"
    ] == [for i in range(5) : "0+24"]
    error_message = "One stream must take the whole width."
  }
  assert {
    condition     = toset(flatten([for widget in jsondecode(aws_cloudwatch_dashboard.dashboard[0].dashboard_body).widgets : [for series in widget.properties.metrics : series[3] if length(series) > 1] if widget.type == "metric"])) == toset(["kloudfuse-logs"])
    error_message = "The dashboard must show the stream that exists."
  }
  assert {
    condition = [
      for widget in jsondecode(aws_cloudwatch_dashboard.dashboard[0].dashboard_body).widgets : widget.properties.annotations.horizontal[0].value if can(widget.properties.annotations)
    ] == [1200]
    error_message = "The threshold must be the one that is set."
  }
}
