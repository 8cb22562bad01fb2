import { note, ok, type Outcome, problem } from "../checks/check";
import type { AccountPolicy } from "../sources/account-policies";
import type { LogGroupFilter } from "../sources/subscribed-log-groups";
import { cappedNames } from "../capped-names";

const NAME = "double delivery";

/** Two subscriptions of a log group. */
interface SubscriptionPair {
  readonly logGroup: string;
  readonly text: string;
  /** Whether both select the same events for certain; of two different patterns that depends on the events. */
  readonly isCertain: boolean;
}

/**
 * Whether events reach the stream by more than one subscription: each is delivered, stored and billed as often.
 *
 * @param filters that point at the stream, sorted by log group
 * @param policies that point at the stream
 */
export function doubleDeliveryOutcome(filters: readonly LogGroupFilter[], policies: readonly AccountPolicy[]): Outcome {
  const pairs = [...filterPairs(filters), ...policies.flatMap((policy) => policyPairs(policy, filters))];
  const certain = pairs.filter(({ isCertain }) => isCertain);
  const textOf = (of: readonly SubscriptionPair[]): string =>
    cappedNames(of.map(({ logGroup, text }) => `${logGroup} by ${text}`));
  if (certain.length > 0) {
    return problem(
      NAME,
      textOf(certain),
      "Each event is delivered, stored and billed twice: remove the filter, or exclude the log group from the account policy (account_excluded_log_groups).",
    );
  }
  return pairs.length > 0
    ? note(
        NAME,
        `${textOf(pairs)}, if their patterns select the same events`,
        "No action needed if they do not. Otherwise each event is delivered, stored and billed twice.",
      )
    : ok(NAME, "none");
}

function filterPairs(filters: readonly LogGroupFilter[]): SubscriptionPair[] {
  return filters.flatMap((filter, index) => {
    const earlier = filters.slice(0, index).filter(({ logGroup }) => logGroup === filter.logGroup);
    return earlier.map((each) => ({
      logGroup: filter.logGroup,
      text: `the filters ${each.name} and ${filter.name}`,
      isCertain: isSameEvents(each, filter),
    }));
  });
}

const policyPairs = (policy: AccountPolicy, filters: readonly LogGroupFilter[]): SubscriptionPair[] =>
  filters
    // The check of the account policy reports criteria that cannot be parsed.
    .filter(({ logGroup }) => policy.excluded?.includes(logGroup) === false)
    .map((filter) => ({
      logGroup: filter.logGroup,
      text: `the account policy ${policy.name} and the filter ${filter.name}`,
      isCertain: isSameEvents(policy, filter),
    }));

/** Whether two patterns select common events for certain. */
const isSameEvents = (
  { filterPattern: one }: { readonly filterPattern: string },
  { filterPattern: other }: { readonly filterPattern: string },
): boolean => one === "" || other === "" || one === other;
