import { accountPolicy, logGroup, metricRole, metricStream, OF_METRICS, subscription } from "../hcl/sources";
import { ID } from "../ids";
import type { FoundRow } from "../row";

/** Names for rows only: what is mentioned of Kloudfuse's own cluster is not created by them. */
const CLUSTER = '"/aws/containerinsights/kfuse/application"';

export const SOURCE_CHANGES_FOUND: readonly FoundRow[] = [
  {
    name: "the log groups that an account policy leaves out change",
    found: [ID.accountSubscription],
    before: { hcl: accountPolicy("[aws_cloudwatch_log_group.firehose.name]") },
    hcl: accountPolicy('["/ecs/web", aws_cloudwatch_log_group.firehose.name]'),
  },
  {
    name: "a log group loses its subscription filter",
    found: [ID.changeSources],
    before: { hcl: logGroup("api") + subscription("api", "aws_cloudwatch_log_group.api.name") },
    hcl: logGroup("api"),
  },
  {
    name: "a subscription filter gets another address",
    found: [ID.changeSources],
    before: { hcl: logGroup("api") + subscription("api", "aws_cloudwatch_log_group.api.name") },
    hcl:
      logGroup("api") +
      subscription("api", "aws_cloudwatch_log_group.api.name").replace('filter" "api"', 'filter" "renamed"'),
  },
];

export const SOURCES_FOUND: readonly FoundRow[] = [
  {
    name: "a metric stream works with the delivery role",
    found: [ID.metricStreamRole],
    edits: OF_METRICS,
    hcl: metricStream({ role: "aws_iam_role.firehose.arn" }),
  },
  {
    name: "the role of a metric stream can be assumed on behalf of any account",
    found: [ID.metricStreamRole],
    edits: OF_METRICS,
    hcl: metricRole({ condition: "" }) + metricStream(),
  },
  {
    name: "the role of a metric stream can be assumed by another service",
    found: [ID.metricStreamRole],
    edits: OF_METRICS,
    hcl:
      metricRole({ services: '"streams.metrics.cloudwatch.amazonaws.com", "lambda.amazonaws.com"' }) + metricStream(),
  },
  {
    name: "a metric stream writes OpenTelemetry",
    found: [ID.json],
    edits: OF_METRICS,
    hcl: metricRole() + metricStream({ format: "opentelemetry1.0" }),
  },
  {
    name: "a metric stream has 1,001 namespaces",
    found: [ID.sourceLimits],
    edits: OF_METRICS,
    hcl:
      metricRole() +
      metricStream({
        filters: `
  dynamic "exclude_filter" {
    for_each = range(1001)
    content {
      namespace = "namespace-\${exclude_filter.value}"
    }
  }`,
      }),
  },
  {
    name: "two metric streams have a metric in common",
    found: [ID.doubleDelivery],
    edits: OF_METRICS,
    hcl: metricRole() + metricStream() + metricStream({ label: "everything", filters: "" }),
  },
  {
    name: "the error log group is subscribed",
    found: [ID.recursion],
    hcl: subscription("errors", "aws_cloudwatch_log_group.firehose.name"),
  },
  {
    name: "one of many subscribed log groups is the error log group",
    found: [ID.recursion],
    hcl:
      logGroup("api") +
      subscription("each", "each.value").replace(
        "{\n",
        "{\n  for_each = { api = aws_cloudwatch_log_group.api.name, errors = aws_cloudwatch_log_group.firehose.name }\n",
      ),
  },
  {
    name: "the logs of Kloudfuse's own cluster are subscribed",
    found: [ID.ownCluster],
    hcl: subscription("cluster", CLUSTER),
  },
  {
    name: "a log group has two filters to the stream",
    found: [ID.doubleDelivery],
    hcl: subscription("all", '"/ecs/api"') + subscription("errors", '"/ecs/api"', "ERROR"),
  },
  {
    name: "an account policy leaves nothing out that it must",
    found: [ID.recursion],
    // The pattern is in the document, of which a first plan does not know the stream's ARN.
    also: [ID.doubleDelivery],
    hcl: logGroup("api") + subscription("api", "aws_cloudwatch_log_group.api.name") + accountPolicy('["/ecs/web"]'),
  },
];
