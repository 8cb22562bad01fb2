import { MAX_CRITERIA_BYTES } from "../../modules/log-criteria";
import { SOURCE_LIMITS } from "../../modules/source-limits";
import type { Kloudfuse } from "../kloudfuse";
import { brokenLimits, brokenRules } from "../limits";
import { finding, unknownOutcome } from "../outcomes";
import { type Planned, type PlannedResource, UNKNOWN } from "../plan";
import type { PolicyOutcome, Policy } from "../policy";
import { CRITERIA, DOCUMENT, documentText, isSubscription } from "../sources/account-policy";
import { type FilterBlock, filtersOf, STATISTICS, statisticsOf } from "../sources/metric-selection";
import { ACCOUNT_POLICY, FILTER, METRIC_STREAM, outcomesOfSource, sourcesOf } from "../sources/sources";

export const sourceLimits: Policy = {
  id: "KFF-SRC-003",
  severity: "error",
  title: "Filters of metrics and logs are within AWS's limits",
  why: "Terraform plans larger values, which AWS rejects during the apply, after other resources have been created.",
  source:
    "CloudWatch API, PutMetricStream, MetricStreamFilter, MetricStreamStatisticsConfiguration; CloudWatch Logs API, PutSubscriptionFilter, PutAccountPolicy",
  check: (kloudfuse) => [
    ...sourcesOf(kloudfuse, METRIC_STREAM).flatMap((source) =>
      outcomesOfSource(source, metricStreamOutcomes(kloudfuse, source.resource)),
    ),
    ...sourcesOf(kloudfuse, FILTER).flatMap((source) =>
      outcomesOfSource(source, brokenLimits(source.resource, "filter_pattern", SOURCE_LIMITS.logFilterPattern, true)),
    ),
    ...sourcesOf(kloudfuse, ACCOUNT_POLICY).flatMap((source) =>
      outcomesOfSource(source, accountPolicyOutcomes(kloudfuse, source.resource)),
    ),
  ],
};

function metricStreamOutcomes({ plan }: Kloudfuse, resource: PlannedResource): PolicyOutcome[] {
  const [include, exclude] = [resource.count("include_filter"), resource.count("exclude_filter")];
  return [
    // The provider generates the name if the configuration has none.
    ...(plan.isOmitted(resource, "name") ? [] : brokenLimits(resource, "name", SOURCE_LIMITS.metricStreamName, true)),
    ...filterOutcomes(resource, "include_filter"),
    ...filterOutcomes(resource, "exclude_filter"),
    ...(typeof include === "number" && typeof exclude === "number" && include > 0 && exclude > 0
      ? [finding(resource, "include_filter and exclude_filter are both set", "Remove one of them.")]
      : []),
    ...statisticsOutcomes(resource),
  ];
}

function filterOutcomes(resource: PlannedResource, block: FilterBlock): PolicyOutcome[] {
  const filters = filtersOf(resource, block);
  if (filters === UNKNOWN) {
    return [unknownOutcome(resource, block)];
  }
  const parts = new SizeParts();
  const entries = filters.map(({ namespace, metricNames }) => ({
    namespace: parts.text(namespace),
    metricNames: parts.list(metricNames).map((name) => parts.text(name)),
  }));
  // Two filters of one namespace count as one with the metrics of both.
  const map = entries.reduce<Readonly<Record<string, readonly string[]>>>(
    (all, { namespace, metricNames }) => ({ ...all, [namespace]: [...(all[namespace] ?? []), ...metricNames] }),
    {},
  );
  return [
    ...brokenRules(resource, block, SOURCE_LIMITS.metricStreamFilters, map),
    ...(parts.isComplete ? [] : [unknownOutcome(resource, `a part of ${block}`)]),
  ];
}

function statisticsOutcomes(resource: PlannedResource): PolicyOutcome[] {
  const blocks = statisticsOf(resource);
  if (blocks === UNKNOWN) {
    return [unknownOutcome(resource, STATISTICS)];
  }
  const parts = new SizeParts();
  const [entries, ...ofEach] = SOURCE_LIMITS.metricStreamStatistics;
  const metrics = blocks.map((block) =>
    parts.list(block.metrics).map(({ namespace, metricName }) => ({
      namespace: parts.text(namespace),
      metric_name: parts.text(metricName),
      statistics: parts.list(block.statistics).map((statistic) => parts.statistic(statistic)),
    })),
  );
  return [
    ...brokenRules(resource, STATISTICS, [entries], blocks),
    ...metrics.flatMap((list) => brokenRules(resource, STATISTICS, SOURCE_LIMITS.metricStreamStatisticsMetrics, list)),
    ...brokenRules(resource, STATISTICS, ofEach, metrics.flat()),
    ...(parts.isComplete ? [] : [unknownOutcome(resource, `a part of ${STATISTICS}`)]),
  ];
}

/** Replaces the unknown parts of a value by parts that are within the limits. */
class SizeParts {
  #unknown = 0;

  public get isComplete(): boolean {
    return this.#unknown === 0;
  }

  public text(value: Planned<string>): string {
    return value === UNKNOWN ? `unknown-${this.#next()}` : value;
  }

  public statistic(value: Planned<string>): string {
    return value === UNKNOWN ? `p${(this.#next() % 99) + 1}` : value;
  }

  public list<Item>(value: Planned<readonly Item[]>): readonly Item[] {
    if (value === UNKNOWN) {
      this.#next();
      return [];
    }
    return value;
  }

  #next(): number {
    this.#unknown += 1;
    return this.#unknown;
  }
}

function accountPolicyOutcomes({ plan }: Kloudfuse, resource: PlannedResource): PolicyOutcome[] {
  const pattern = documentText(resource, "FilterPattern");
  const criteria = resource.text(CRITERIA);
  const bytes = typeof criteria === "string" ? Buffer.byteLength(criteria) : 0;
  const others = plan
    .ofType(ACCOUNT_POLICY)
    .filter((other) => other !== resource && isSubscription(other))
    .filter((other) => plan.isSameAccount(resource, other) && resource.region === other.region);
  return [
    ...brokenLimits(resource, "policy_name", SOURCE_LIMITS.accountPolicyName, true),
    ...(pattern === UNKNOWN ? [] : brokenRules(resource, DOCUMENT, SOURCE_LIMITS.logFilterPattern, pattern ?? "")),
    ...(criteria === UNKNOWN ? [unknownOutcome(resource, CRITERIA)] : []),
    ...(bytes > MAX_CRITERIA_BYTES
      ? [
          finding(
            resource,
            `${CRITERIA} must have at most ${MAX_CRITERIA_BYTES} bytes, got ${bytes}`,
            "Correct it: AWS rejects it during the apply.",
          ),
        ]
      : []),
    ...others.map((other) =>
      finding(
        resource,
        `${other.address} subscribes the account too: an account can have one such policy in each region`,
        "Remove one of them.",
      ),
    ),
  ];
}
