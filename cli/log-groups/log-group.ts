import { type LogGroup, SUBSCRIBABLE_CLASS } from "../sources/log-groups";
import type { SubscriptionFilter } from "../sources/subscription-filters";

/** A log group with its subscription filters and size. */
export interface InspectedLogGroup extends LogGroup {
  /** Undefined where AWS did not list them. */
  readonly filters: readonly SubscriptionFilter[] | undefined;
  /** Bytes received a day; undefined if CloudWatch has no answer. */
  readonly bytesPerDay: number | undefined;
}

/**
 * Subscription filters that a log group can have.
 *
 * Source: CloudWatch Logs quotas; it cannot be raised.
 */
export const MAX_SUBSCRIPTION_FILTERS = 5;

/** How many more filters a log group can have; undefined where it is not known. */
export function freeFilters({
  filters,
  logClass,
}: Pick<InspectedLogGroup, "filters" | "logClass">): number | undefined {
  if (logClass !== SUBSCRIBABLE_CLASS) {
    return 0;
  }
  return filters === undefined ? undefined : Math.max(0, MAX_SUBSCRIPTION_FILTERS - filters.length);
}

/** A readable log class: `Infrequent Access`. */
export const classText = (logClass: string): string =>
  logClass
    .split("_")
    .map((word) => word.slice(0, 1) + word.slice(1).toLowerCase())
    .join(" ");
