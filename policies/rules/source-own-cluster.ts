import { memoizedByObject } from "../../iam/memoized";
import type { Kloudfuse } from "../kloudfuse";
import { finding, unknownOutcome } from "../outcomes";
import { type Link, type Plan, type PlannedResource, quotedText, UNKNOWN } from "../plan";
import type { PolicyOutcome, Policy } from "../policy";
import { CRITERIA } from "../sources/account-policy";
import { isOfKloudfuse } from "../sources/criteria";
import { groupName, isExcludedLogGroup, LOG_GROUP, subscribedGroup } from "../sources/log-groups";
import { ACCOUNT_POLICY, FILTER, outcomesOfSource, sourcesOf } from "../sources/sources";

const CLUSTER = "aws_eks_cluster";

export const sourceOwnCluster: Policy = {
  id: "KFF-SRC-005",
  severity: "warning",
  title: "The log groups of Kloudfuse's own cluster are not subscribed",
  why: "Where Kloudfuse runs in this account, each delivery writes to them: what is sent makes more to send.",
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
    return [unknownOutcome(filter, "whether its log group is of Kloudfuse's own cluster")];
  }
  return name !== undefined && isOfKloudfuse(name)
    ? [
        finding(
          filter,
          `the log group ${quotedText(filter, "log_group_name", name)} is of Kloudfuse's own cluster, by its name`,
          "Remove the filter, unless the log group does not grow with each delivery.",
        ),
      ]
    : [];
}

/** What the plan mentions of Kloudfuse's own cluster. */
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
    .filter(({ resource }) => isBeside(kloudfuse.plan, policy, resource))
    .flatMap(({ resource, name, group }) => {
      const shown = quotedText(resource, "name", name);
      const isLeftOut = isExcludedLogGroup(kloudfuse.plan, policy, group);
      if (isLeftOut === UNKNOWN) {
        return [unknownOutcome(policy, `whether ${CRITERIA} leaves out ${shown}`)];
      }
      return isLeftOut
        ? []
        : [
            finding(
              policy,
              `${CRITERIA} does not leave out ${shown}, a log group of Kloudfuse's own cluster by its name`,
              "Add it to LogGroupName NOT IN, unless it does not grow with each delivery.",
            ),
          ];
    });

const isBeside = (plan: Plan, one: PlannedResource, other: PlannedResource): boolean =>
  plan.isSameAccount(one, other) && (one.region ?? other.region) === (other.region ?? one.region);
