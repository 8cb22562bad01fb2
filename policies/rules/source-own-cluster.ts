import { memoizedByObject } from "../../iam/memoized";
import { type Kloudfuse, LOG_GROUP } from "../kloudfuse";
import { finding, unknownOutcome } from "../outcomes";
import { type Link, type Plan, type PlannedResource, redactedText, UNKNOWN } from "../plan";
import type { PolicyOutcome, Policy } from "../policy";
import { CRITERIA } from "../sources/account-policy";
import { isOfKloudfuse } from "../sources/criteria";
import { groupName, isExcludedLogGroup, subscribedGroup } from "../sources/log-groups";
import { ACCOUNT_POLICY, FILTER, outcomesOfSource, sourcesOf } from "../sources/sources";

const CLUSTER = "aws_eks_cluster";

export const sourceOwnCluster: Policy = {
  id: "KFF-SRC-005",
  severity: "warning",
  title: "The log groups of Kloudfuse's own cluster are not subscribed",
  why: "Where Kloudfuse runs in this account, each delivery writes to them, and so causes more deliveries.",
  source: "CloudWatch Logs, Account-level subscription filters, which warns of infinite recursive loops",
  check: (kloudfuse) => [
    ...sourcesOf(kloudfuse, FILTER).flatMap((source) =>
      outcomesOfSource(source, filterOutcome(kloudfuse.plan, source.resource)),
    ),
    ...sourcesOf(kloudfuse, ACCOUNT_POLICY).flatMap((source) =>
      outcomesOfSource(source, policyOutcomes(kloudfuse, source.resource)),
    ),
  ],
};

function filterOutcome(plan: Plan, filter: PlannedResource): PolicyOutcome[] {
  const group = subscribedGroup(plan, filter);
  const name = groupName(group);
  if (name === UNKNOWN) {
    return [unknownOutcome(filter, "whether its log group belongs to Kloudfuse's own cluster")];
  }
  return name !== undefined && isOfKloudfuse(name)
    ? [
        finding(
          filter,
          `the log group ${redactedText(filter, "log_group_name", name)} belongs to Kloudfuse's own cluster, judging by its name`,
          "Remove the filter, unless deliveries do not write to the log group.",
        ),
      ]
    : [];
}

/** A log group of Kloudfuse's own cluster, and the resource in the plan that shows it. */
interface OwnGroup {
  readonly resource: PlannedResource;
  readonly name: string;
  readonly group: Link;
}

const ownGroups = memoizedByObject(({ plan }: Kloudfuse): readonly OwnGroup[] => [
  ...plan.ofType(LOG_GROUP).flatMap((resource) => ownGroup(resource, resource.text("name"))),
  ...plan
    .ofType(CLUSTER)
    // EKS creates the log group once a log type is enabled.
    .filter((resource) => resource.count("enabled_cluster_log_types") !== 0)
    .flatMap((resource) => {
      const name = resource.text("name");
      return ownGroup(resource, typeof name === "string" ? `/aws/eks/${name}/cluster` : name);
    }),
]);

function ownGroup(resource: PlannedResource, name: ReturnType<PlannedResource["text"]>): OwnGroup[] {
  if (typeof name !== "string" || !isOfKloudfuse(name)) {
    return [];
  }
  const linked = resource.type === LOG_GROUP ? resource : undefined;
  const group: Link = {
    kind: linked === undefined ? "elsewhere" : "linked",
    value: name,
    resource: linked,
    candidates: linked === undefined ? [] : [linked],
    via: undefined,
  };
  return [{ resource, name, group }];
}

const policyOutcomes = (kloudfuse: Kloudfuse, policy: PlannedResource): PolicyOutcome[] =>
  ownGroups(kloudfuse)
    .filter(({ resource }) => isSameLocation(kloudfuse.plan, policy, resource))
    .flatMap(({ resource, name, group }) => {
      const shown = redactedText(resource, "name", name);
      const isExcluded = isExcludedLogGroup(kloudfuse.plan, policy, group);
      if (isExcluded === UNKNOWN) {
        return [unknownOutcome(policy, `whether ${CRITERIA} excludes ${shown}`)];
      }
      return isExcluded
        ? []
        : [
            finding(
              policy,
              `${CRITERIA} does not exclude ${shown}, which belongs to Kloudfuse's own cluster, judging by its name`,
              "Add it to LogGroupName NOT IN, unless deliveries do not write to it.",
            ),
          ];
    });

const isSameLocation = (plan: Plan, one: PlannedResource, other: PlannedResource): boolean =>
  plan.isSameAccount(one, other) && (one.region ?? other.region) === (other.region ?? one.region);
