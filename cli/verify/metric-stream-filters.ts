import { note, ok, type Outcome, problem } from "../checks/check";
import { plural } from "../numbers";
import type { MetricStreamDetails, NamespaceFilter } from "../sources/metric-streams";
import { cappedNames } from "../capped-names";
import type { DeployedMetricStream } from "./terraform-state";

const NAME = "filters";

type MetricStreamFilters = Pick<MetricStreamDetails, "includeFilters" | "excludeFilters">;

/**
 * What a metric stream selects in effect, against what was deployed: Terraform does not see filters that were removed
 * outside of it.
 *
 * @param deployed the metric stream in Terraform's state; undefined where there is no state to compare with
 */
export function filtersOutcome(details: MetricStreamDetails, deployed?: DeployedMetricStream): Outcome {
  const found = `${selectionText(details)}${details.includesLinkedAccounts ? ", of linked accounts too" : ""}`;
  const differences = deployed === undefined ? "" : differencesText(deployed, details);
  if (deployed !== undefined && differences !== "") {
    return problem(
      NAME,
      `${found}; ${differences}`,
      `Terraform does not notice filters that were removed: terraform apply -replace='${deployed.address}' recreates the metric stream as it was deployed. If the change is intended, make it in the configuration too.`,
    );
  }
  return details.includeFilters.length + details.excludeFilters.length === 0
    ? note(
        NAME,
        deployed === undefined ? found : `${found}, as deployed`,
        `No action needed if intentional: AWS bills each update, about 0.13 USD a month for each metric. Otherwise name the namespaces that you need (metric_stream_include_filters).${deployed === undefined ? " Terraform does not notice filters that were removed outside of it: compare with its state, --state." : ""}`,
      )
    : ok(NAME, deployed === undefined ? found : `${found}, as deployed`);
}

/** The differences between two selections; empty if they are the same. */
function differencesText(deployed: MetricStreamFilters, actual: MetricStreamFilters): string {
  const [before, now] = [partsOf(deployed), partsOf(actual)];
  const onlyIn = (one: readonly string[], other: readonly string[]): string =>
    cappedNames(one.filter((part) => !other.includes(part)));
  const [missing, added] = [onlyIn(before, now), onlyIn(now, before)];
  return [
    ...(missing === "" ? [] : [`deployed, but missing: ${missing}`]),
    ...(added === "" ? [] : [`not deployed: ${added}`]),
  ].join("; ");
}

/** Each filter, and each metric of a filter, as one text. */
const partsOf = ({ includeFilters, excludeFilters }: MetricStreamFilters): string[] =>
  (
    [
      ["include", includeFilters],
      ["exclude", excludeFilters],
    ] as const
  ).flatMap(([kind, filters]) =>
    filters.flatMap(({ namespace, metricNames }) =>
      metricNames.length === 0
        ? [`${kind} ${namespace}`]
        : [...metricNames].sort().map((metric) => `${kind} ${namespace} ${metric}`),
    ),
  );

/** `3 namespaces: AWS/EC2, AWS/Lambda (2 metrics), AWS/S3`. */
function selectionText({ includeFilters, excludeFilters }: MetricStreamFilters): string {
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
  return `${plural(names.length, "namespace")}: ${cappedNames(names)}`;
}
