import { isOfKloudfuse } from "../../policies/sources/criteria";
import { UndeterminedError } from "../exit-codes";
import type { AccountPolicy } from "../sources/account-policies";
import { SUBSCRIBABLE_CLASS } from "../sources/log-groups";
import { classText, freeFilters, type InspectedLogGroup, MAX_SUBSCRIPTION_FILTERS } from "./log-group";

/**
 * Whether a log group feeds Kloudfuse.
 *
 * - `unknown`: could not be determined
 * - `feeds`: it does
 * - `open`: it does not, and can be subscribed
 * - `blocked`: it cannot, or should not, be subscribed
 */
export const SUBSCRIPTION_STATES = ["unknown", "feeds", "open", "blocked"] as const;

export type SubscriptionState = (typeof SUBSCRIPTION_STATES)[number];

/** How a log group relates to the logs stream. */
export interface LogGroupSubscription {
  readonly state: SubscriptionState;
  /** What feeds Kloudfuse, or why the log group cannot be subscribed; empty if it can. */
  readonly reason: string;
  /** What to do; empty where no action is needed. */
  readonly remedy: string;
  /** Whether a filter that feeds Kloudfuse has the name that the module gives it. */
  readonly hasModuleFilter: boolean;
}

/** The logs stream and the subscriptions of the region, with which log groups are compared. */
export interface LogsDestination {
  /** The logs stream's name, which the module gives the subscription filters too. */
  readonly streamName: string;
  /** Undefined where there is no such stream. */
  readonly streamArn: string | undefined;
  /** The account-level subscriptions of the region, or why they are not known. */
  readonly accountPolicies: readonly AccountPolicy[] | UndeterminedError;
  /** The log groups that Firehose writes delivery errors to. */
  readonly errorLogGroups: readonly string[];
}

/** How a log group relates to the logs stream. */
export function subscriptionOf(group: InspectedLogGroup, destination: LogsDestination): LogGroupSubscription {
  const { streamArn, streamName, accountPolicies } = destination;
  const filters = (group.filters ?? []).filter(({ destinationArn }) => destinationArn === streamArn);
  const policies = accountPolicies instanceof UndeterminedError ? [] : accountPolicies;
  const ofStream = policies.filter(({ destinationArn }) => destinationArn === streamArn);
  // An account policy does not select log groups of another class.
  const selecting = ofStream.filter(
    ({ excluded }) => group.logClass === SUBSCRIBABLE_CLASS && excluded?.includes(group.name) === false,
  );
  const feeds = [
    ...filters.map(({ name }) => `subscription filter ${name}`),
    ...selecting.map(({ name }) => `account policy ${name}`),
  ];
  const hasModuleFilter = filters.some(({ name }) => name === streamName);
  if (feeds.length > 0) {
    const reason = `fed by ${feeds.join(" and ")}`;
    return { state: "feeds", reason, remedy: feedRemedy(feeds, group, destination), hasModuleFilter };
  }
  return {
    ...(blockedState(group, destination, ofStream) ?? unknownState(group, accountPolicies, ofStream) ?? OPEN),
    hasModuleFilter,
  };
}

type SubscriptionStatus = Omit<LogGroupSubscription, "hasModuleFilter">;

const OPEN: SubscriptionStatus = { state: "open", reason: "", remedy: "" };

function feedRemedy(
  feeds: readonly string[],
  { name }: InspectedLogGroup,
  { errorLogGroups }: LogsDestination,
): string {
  if (errorLogGroups.includes(name)) {
    return "Remove the subscription: each delivery error that the log group receives causes another delivery.";
  }
  return [
    ...(feeds.length > 1 ? ["Remove all but one: each event is delivered once for each of them."] : []),
    ...(isOfKloudfuse(name)
      ? [
          "By its name it belongs to Kloudfuse's own cluster: remove the subscription if its logs grow with each delivery.",
        ]
      : []),
  ].join(" ");
}

/** Why a log group cannot, or should not, be subscribed; undefined where it can. */
function blockedState(
  group: InspectedLogGroup,
  { errorLogGroups }: LogsDestination,
  policies: readonly AccountPolicy[],
): SubscriptionStatus | undefined {
  const { name, logClass, filters = [] } = group;
  const blocked = (reason: string, remedy: string): SubscriptionStatus => ({ state: "blocked", reason, remedy });
  if (errorLogGroups.includes(name)) {
    return blocked("error log group of the streams: each delivery error would cause another delivery", "");
  }
  if (logClass !== SUBSCRIBABLE_CLASS) {
    return blocked(
      `log groups of the ${classText(logClass)} class cannot be subscribed`,
      "Create another log group of the Standard class: the class of a log group cannot be changed.",
    );
  }
  const excluding = policies.find(({ excluded }) => excluded?.includes(name) === true);
  if (excluding !== undefined) {
    return blocked(
      `excluded by account policy ${excluding.name}`,
      "No action needed if intentional. Otherwise remove it from account_excluded_log_groups.",
    );
  }
  if (isOfKloudfuse(name)) {
    return blocked(
      "a log group of Kloudfuse's own cluster by its name: its logs grow with each delivery",
      "Subscribe it only if its logs do not depend on deliveries.",
    );
  }
  return freeFilters(group) === 0
    ? blocked(
        `all ${MAX_SUBSCRIPTION_FILTERS} subscription filters are used: ${filters.map((filter) => filter.name).join(", ")}`,
        "Remove one that is not needed, or subscribe the account (subscribe_account).",
      )
    : undefined;
}

const SEE_SUMMARY = "Fix what the summary names, and run the command again.";

/** Why it could not be determined whether a log group feeds Kloudfuse; undefined if it could. */
function unknownState(
  { filters }: InspectedLogGroup,
  accountPolicies: LogsDestination["accountPolicies"],
  policies: readonly AccountPolicy[],
): SubscriptionStatus | undefined {
  const unknown = (reason: string, remedy: string): SubscriptionStatus => ({ state: "unknown", reason, remedy });
  if (filters === undefined) {
    return unknown("its subscription filters could not be determined", SEE_SUMMARY);
  }
  if (accountPolicies instanceof UndeterminedError) {
    return unknown("whether an account policy selects it could not be determined", SEE_SUMMARY);
  }
  const [unclear] = policies.filter(({ excluded }) => excluded === undefined);
  return (
    unclear &&
    unknown(
      `whether account policy ${unclear.name} selects it could not be determined`,
      `Look at its selection criteria: ${unclear.criteria}`,
    )
  );
}
