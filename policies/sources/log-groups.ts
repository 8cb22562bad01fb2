import { BACKUP, HTTP, LOG_GROUP, type PlannedStream } from "../kloudfuse";
import { type Link, type Plan, type Planned, type PlannedResource, UNKNOWN } from "../plan";
import { CRITERIA, excludedNames } from "./account-policy";

/** The log group of a subscription filter. */
export const subscribedGroup = (plan: Plan, filter: PlannedResource): Link =>
  plan.linked(filter, "log_group_name", LOG_GROUP);

/** The name of a log group. */
export const groupName = ({ resource, value }: Link): Planned<string | undefined> => resource?.text("name") ?? value;

/** Whether two links lead to the same log group of an account and region. */
export function isSameGroup(one: Link, other: Link): Planned<boolean> {
  if (one.resource !== undefined && one.resource === other.resource) {
    return true;
  }
  const [name, otherName] = [groupName(one), groupName(other)];
  return name === UNKNOWN || otherName === UNKNOWN ? UNKNOWN : name === otherName;
}

/** The log groups that a stream's delivery errors are written to. */
export const errorLogGroups = ({ resource, deliveryLogGroup, backupLogGroup }: PlannedStream): readonly Link[] =>
  (
    [
      [HTTP, deliveryLogGroup],
      [BACKUP, backupLogGroup],
    ] as const
  )
    .filter(([delivery]) => resource.get(`${delivery}.cloudwatch_logging_options.0.enabled`) !== false)
    .map(([, group]) => group)
    .filter(({ kind }) => kind !== "absent");

/** Whether an account policy excludes a log group: by name, or by reference if its criteria are not known. */
export function isExcludedLogGroup(plan: Plan, policy: PlannedResource, group: Link): Planned<boolean> {
  const excluded = excludedNames(policy);
  const name = groupName(group);
  if (excluded !== UNKNOWN) {
    return name === UNKNOWN ? UNKNOWN : excluded.some((each) => each === name);
  }
  const { resource } = group;
  return resource !== undefined && plan.referred(policy, CRITERIA, LOG_GROUP).includes(resource) ? true : UNKNOWN;
}
