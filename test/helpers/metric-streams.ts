import type { MetricStreamDetails, NamespaceFilter } from "../../cli/sources/metric-streams";
import type { DeployedMetricStream } from "../../cli/verify/terraform-state";

/** The details of a metric stream of one namespace. */
export const DETAILS: MetricStreamDetails = {
  roleArn: "arn:aws:iam::123456789012:role/KloudfuseMetricStreamRole-eu-west-1",
  includeFilters: [{ namespace: "AWS/EC2", metricNames: [] }],
  excludeFilters: [],
  includesLinkedAccounts: false,
  statistics: [],
  sharesStatistics: false,
};

/** A metric stream in Terraform's state. */
export const deployed = (
  includeFilters: readonly NamespaceFilter[],
  excludeFilters: readonly NamespaceFilter[] = [],
): DeployedMetricStream => ({
  address: "module.kloudfuse.aws_cloudwatch_metric_stream.metric_stream[0]",
  name: "kloudfuse-metrics",
  destinationArn: "arn:stream",
  includeFilters,
  excludeFilters,
});
