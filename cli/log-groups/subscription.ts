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
export interface Subscription {
  readonly state: SubscriptionState;
  /** What feeds Kloudfuse, or why nothing can; empty where it can. */
  readonly reason: string;
  /** What to do; empty where no action is needed. */
  readonly remedy: string;
  /** Whether the only filter that feeds Kloudfuse has the name that the module gives it. */
  readonly isModuleFilter: boolean;
}

/** What log groups are compared with. */
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
export function subscriptionOf(group: InspectedLogGroup, destination: LogsDestination): Subscription {
  const { streamArn, streamName, accountPolicies } = destination;
  const filters = (group.filters ?? []).filter(({ destinationArn }) => destinationArn === streamArn);
  const policies = accountPolicies instanceof UndeterminedError ? [] : accountPolicies;
  const relevant = policies.filter(({ destinationArn }) => destinationArn === streamArn);
  const certain = relevant.filter(({ excluded }) => excluded?.includes(group.name) === false);
  const feeds = [
    ...filters.map(({ name }) => `subscription filter ${name}`),
    ...certain.map(({ name }) => `account policy ${name}`),
  ];
  if (feeds.length > 0) {
    return {
      state: "feeds",
      reason: `fed by ${feeds.join(" and ")}`,
      remedy: feedRemedy(feeds, group, destination),
      isModuleFilter: feeds.length === 1 && filters[0]?.name === streamName,
    };
  }
  return {
    ...(obstacleOf(group, destination) ?? doubtOf(group, accountPolicies, relevant) ?? OPEN),
    isModuleFilter: false,
  };
}

type Rest = Omit<Subscription, "isModuleFilter">;

const OPEN: Rest = { state: "open", reason: "", remedy: "" };

function feedRemedy(
  feeds: readonly string[],
  { name }: InspectedLogGroup,
  { errorLogGroups }: LogsDestination,
): string {
  if (errorLogGroups.includes(name)) {
    return "Remove the subscription: each delivery error that the log group receives causes another delivery.";
  }
  return feeds.length > 1 ? "Remove all but one: each event is delivered once for each of them." : "";
}

/** Why a log group cannot, or should not, be subscribed. */
function obstacleOf(group: InspectedLogGroup, { errorLogGroups }: LogsDestination): Rest | undefined {
  const { name, logClass, filters = [] } = group;
  const blocked = (reason: string, remedy: string): Rest => ({ state: "blocked", reason, remedy });
  if (errorLogGroups.includes(name)) {
    return blocked("error log group of the streams: each delivery error would cause another delivery", "");
  }
  if (logClass !== SUBSCRIBABLE_CLASS) {
    return blocked(
      `log groups of the ${classText(logClass)} class cannot be subscribed`,
      "Create another log group of the Standard class: the class of a log group cannot be changed.",
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

/** What keeps it from being known whether a log group feeds Kloudfuse already. */
function doubtOf(
  { filters }: InspectedLogGroup,
  accountPolicies: LogsDestination["accountPolicies"],
  policies: readonly AccountPolicy[],
): Rest | undefined {
  const unknown = (reason: string, remedy: string): Rest => ({ state: "unknown", reason, remedy });
  if (filters === undefined) {
    return unknown("its subscription filters are not known", "Allow logs:DescribeSubscriptionFilters.");
  }
  if (accountPolicies instanceof UndeterminedError) {
    return unknown(
      "whether an account policy feeds Kloudfuse with it is not known",
      "Allow logs:DescribeAccountPolicies.",
    );
  }
  const [unclear] = policies.filter(({ excluded }) => excluded === undefined);
  return (
    unclear &&
    unknown(
      `whether account policy ${unclear.name} selects it is not known`,
      `Look at its selection criteria: ${unclear.criteria}`,
    )
  );
}
