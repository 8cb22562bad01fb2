import { copyOfBase } from "../copy";
import { accountPolicy, logGroup, metricRole, metricStream, OF_METRICS, subscription } from "../hcl/sources";
import type { PassRow } from "../row";

/** What leads to the stream in Ireland, in its region. */
const inIreland = (hcl: string): string =>
  hcl
    .replace("{\n", "{\n  provider = aws.ireland\n")
    .replaceAll("delivery_stream.logs.arn", "delivery_stream.logs_ireland.arn")
    .replaceAll("aws_iam_role.firehose.arn", "aws_iam_role.firehose_ireland.arn");

export const SOURCE_CHANGES_PASSES: readonly PassRow[] = [
  {
    name: "a filter gets another pattern",
    before: { hcl: logGroup("api") + subscription("api", "aws_cloudwatch_log_group.api.name") },
    hcl: logGroup("api") + subscription("api", "aws_cloudwatch_log_group.api.name", "ERROR"),
  },
];

export const SOURCES_PASSES: readonly PassRow[] = [
  {
    name: "a metric stream with a role of its own",
    edits: OF_METRICS,
    hcl: metricRole() + metricStream(),
  },
  {
    name: "two metric streams of different namespaces",
    edits: OF_METRICS,
    hcl:
      metricRole() +
      metricStream() +
      metricStream({ label: "lambda", filters: '  include_filter {\n    namespace = "AWS/Lambda"\n  }' }),
  },
  {
    name: "filters of two log groups",
    hcl:
      logGroup("api") +
      subscription("api", "aws_cloudwatch_log_group.api.name") +
      subscription("orders", '"/aws/lambda/orders"', "ERROR"),
  },
  {
    name: "an account policy that leaves out the error log group and what has a filter",
    providers: ["ireland"],
    hcl: () =>
      copyOfBase({ suffix: "ireland", provider: "ireland" }) +
      inIreland(subscription("api", '"/ecs/api"')) +
      inIreland(accountPolicy('sort(["/ecs/api", aws_cloudwatch_log_group.firehose_ireland.name])')),
  },
];
