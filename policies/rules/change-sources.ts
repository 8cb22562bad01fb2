import { createdInPlaceOf, IF_INTENTIONAL } from "../deletions";
import type { Kloudfuse } from "../kloudfuse";
import { finding } from "../outcomes";
import { type PlannedResource, redactedText } from "../plan";
import type { Policy, PolicyOutcome } from "../policy";
import { deletedSources } from "../sources/deleted-sources";
import { FILTER, METRIC_STREAM } from "../sources/sources";

const LOG_GROUP_NAME = "log_group_name";

export const changeSources: Policy = {
  id: "KFF-CHG-006",
  severity: "warning",
  title: "No metric stream and no subscription filter is replaced or destroyed",
  why: "What it sends stops, while the delivery streams and their alarms stay healthy: they do not know what they should receive.",
  source: "CloudWatch API, DeleteMetricStream; CloudWatch Logs API, DeleteSubscriptionFilter",
  check: (kloudfuse) => [
    ...deletedSources(kloudfuse, METRIC_STREAM).map(metricStreamFinding),
    ...deletedSources(kloudfuse, FILTER).map((filter) => filterFinding(kloudfuse, filter)),
  ],
};

const metricStreamFinding = (stream: PlannedResource): PolicyOutcome =>
  finding(
    stream,
    stream.isReplaced
      ? "it is replaced: until then CloudWatch sends no metrics"
      : "it is destroyed: CloudWatch sends no more metrics",
    IF_INTENTIONAL,
  );

function filterFinding(kloudfuse: Kloudfuse, filter: PlannedResource): PolicyOutcome {
  const name = filter.textBefore(LOG_GROUP_NAME) ?? "";
  const logGroup = `the log group ${redactedText(filter, LOG_GROUP_NAME, name)}`;
  if (filter.isReplaced) {
    return finding(filter, `it is replaced: until then ${logGroup} is not subscribed`, IF_INTENTIONAL);
  }
  const successor = createdInPlaceOf(kloudfuse, filter, [LOG_GROUP_NAME]);
  return successor === undefined
    ? finding(filter, `it is destroyed: ${logGroup} is no longer subscribed`, IF_INTENTIONAL)
    : finding(
        filter,
        `it is destroyed and created again as ${successor.address}: in between ${logGroup} may not be subscribed`,
        `Add a moved block from ${filter.address} to ${successor.address}.`,
      );
}
