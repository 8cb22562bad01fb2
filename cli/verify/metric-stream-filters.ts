import { note, ok, type Outcome } from "../checks/check";
import { plural } from "../numbers";
import type { MetricStreamDetails, NamespaceFilter } from "../sources/metric-streams";
import { cappedList } from "./capped-names";

const NAME = "filters";

/** What a metric stream selects in effect: Terraform does not see filters that were removed outside of it. */
export function filtersOutcome(details: MetricStreamDetails): Outcome {
  const { includeFilters, excludeFilters } = details;
  const found = `${selectionText(details)}${details.includesLinkedAccounts ? ", of linked accounts too" : ""}`;
  return includeFilters.length + excludeFilters.length === 0
    ? note(
        NAME,
        found,
        "No action needed if intentional: AWS bills each update, about 0.13 USD a month for each metric. Otherwise name the namespaces that you need (metric_stream_include_filters). Terraform does not notice filters that were removed outside of it: to restore them, change them and apply.",
      )
    : ok(NAME, found);
}

/** `3 namespaces: AWS/EC2, AWS/Lambda (2 metrics), AWS/S3`. */
export function selectionText({
  includeFilters,
  excludeFilters,
}: Pick<MetricStreamDetails, "includeFilters" | "excludeFilters">): string {
  if (includeFilters.length > 0) {
    return listText(includeFilters);
  }
  return excludeFilters.length > 0 ? `all namespaces but ${listText(excludeFilters)}` : "all namespaces";
}

function listText(filters: readonly NamespaceFilter[]): string {
  const names = [...filters]
    .sort((one, other) => (one.namespace < other.namespace ? -1 : 1))
    .map(({ namespace, metricNames }) =>
      metricNames.length === 0 ? namespace : `${namespace} (${plural(metricNames.length, "metric")})`,
    );
  return `${plural(names.length, "namespace")}: ${cappedList(names)}`;
}
