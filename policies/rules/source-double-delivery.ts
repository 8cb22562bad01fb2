import { groupBy } from "../group-by";
import { distinct, finding, undeterminedOutcome, unknownOutcome } from "../outcomes";
import { type Link, type Plan, type Planned, type PlannedResource, UNKNOWN } from "../plan";
import type { PolicyOutcome, Policy } from "../policy";
import { CRITERIA, documentText } from "../sources/account-policy";
import { groupName, isExcludedLogGroup, subscribedGroup } from "../sources/log-groups";
import { isOverlapping } from "../sources/metric-overlap";
import { selectionOf } from "../sources/metric-selection";
import { ACCOUNT_POLICY, FILTER, METRIC_STREAM, type PlannedSource, sourcesOfStream } from "../sources/sources";

export const sourceDoubleDelivery: Policy = {
  id: "KFF-SRC-006",
  severity: "error",
  title: "Nothing is delivered twice",
  why: "Kloudfuse stores each event and each metric as often as it arrives, and AWS bills every source that sends it.",
  source:
    "CloudWatch Logs, Account-level subscription filters, which are added to those of the log group; CloudWatch API, PutMetricStream",
  check: (kloudfuse) =>
    distinct(
      kloudfuse.streams.flatMap((stream) => [
        ...filtersOutcomes(
          kloudfuse.plan,
          sourcesOfStream(kloudfuse, FILTER, stream),
          sourcesOfStream(kloudfuse, ACCOUNT_POLICY, stream),
        ),
        ...metricStreamsOutcomes(sourcesOfStream(kloudfuse, METRIC_STREAM, stream)),
      ]),
    ),
};

/** A subscription filter with its log group and pattern. */
interface Filter {
  readonly source: PlannedSource;
  readonly group: Link;
  readonly pattern: Planned<string>;
}

function filtersOutcomes(
  plan: Plan,
  sources: readonly PlannedSource[],
  policies: readonly PlannedSource[],
): PolicyOutcome[] {
  const filters = sources.map((source): Filter => ({
    source,
    group: subscribedGroup(plan, source.resource),
    pattern: source.resource.text("filter_pattern") ?? "",
  }));
  return [
    ...[...groupBy(filters, keyOf)].flatMap(([key, ofGroup]) =>
      key === UNKNOWN ? unknownGroups(ofGroup, filters) : sameGroup(ofGroup),
    ),
    ...policies.flatMap((policy) => filters.flatMap((filter) => accountPolicyDuplicates(plan, policy, filter))),
  ];
}

/** What identifies a log group: its name, else the resource. */
function keyOf({ group }: Filter): PlannedResource | string | typeof UNKNOWN {
  const name = groupName(group);
  return typeof name === "string" ? name : (group.resource ?? UNKNOWN);
}

/** Reports each filter of a log group that has an earlier filter, preferably one that certainly selects the same events. */
const sameGroup = (filters: readonly Filter[]): PolicyOutcome[] =>
  filters.flatMap((filter, index) => {
    const earlier = filters.slice(0, index);
    const other = earlier.find(({ pattern }) => isSameEvents(filter.pattern, pattern) === true) ?? earlier[0];
    return other === undefined
      ? []
      : duplicateOutcome(
          filter.source,
          other.source,
          isSameEvents(filter.pattern, other.pattern),
          `${other.source.resource.address} sends the events of the log group too`,
          "Keep one of the two filters.",
        );
  });

const unknownGroups = (filters: readonly Filter[], all: readonly Filter[]): PolicyOutcome[] =>
  all.length === 1
    ? []
    : filters.map(({ source }) =>
        unknownOutcome(source.resource, "whether another filter sends the events of the log group"),
      );

function accountPolicyDuplicates(
  plan: Plan,
  policy: PlannedSource,
  { source, group, pattern }: Filter,
): PolicyOutcome[] {
  const isExcluded = isExcludedLogGroup(plan, policy.resource, group);
  if (isExcluded === UNKNOWN) {
    return [
      unknownOutcome(source.resource, `whether ${CRITERIA} of ${policy.resource.address} excludes the log group`),
    ];
  }
  const ofPolicy = documentText(policy.resource, "FilterPattern") ?? "";
  return isExcluded
    ? []
    : duplicateOutcome(
        source,
        policy,
        isSameEvents(pattern, ofPolicy),
        `${policy.resource.address} sends the events of the log group too`,
        "Remove the filter, or exclude the log group from the account policy.",
      );
}

/** Whether two patterns match the same events; unknown if they differ, because it depends on the events. */
const isSameEvents = (one: Planned<string>, other: Planned<string>): Planned<boolean> =>
  one !== UNKNOWN && other !== UNKNOWN && (one === "" || other === "" || one === other) ? true : UNKNOWN;

/** Reports a source that sends what another one sends: a finding only if both certainly feed the stream and overlap. */
function duplicateOutcome(
  source: PlannedSource,
  other: PlannedSource,
  isSame: Planned<boolean>,
  found: string,
  remedy: string,
): PolicyOutcome[] {
  if (isSame === false) {
    return [];
  }
  if (source.isCertain && other.isCertain && isSame === true) {
    return [finding(source.resource, found, remedy)];
  }
  const doubt =
    isSame === UNKNOWN
      ? "if both select the same"
      : `if both feed ${source.streams.map(({ resource }) => resource.address).join(" or ")}`;
  return [undeterminedOutcome(source.resource, `${found}, ${doubt}`, remedy)];
}

/** Reports the metric streams that send the same metrics as an earlier one. */
const metricStreamsOutcomes = (sources: readonly PlannedSource[]): PolicyOutcome[] =>
  sources.flatMap((source, index) =>
    sources
      .slice(0, index)
      .flatMap((first) =>
        duplicateOutcome(
          source,
          first,
          isOverlapping(selectionOf(source.resource), selectionOf(first.resource)),
          `${first.resource.address} streams the same metrics`,
          "Give each metric stream its own namespaces, or keep one.",
        ),
      ),
  );
