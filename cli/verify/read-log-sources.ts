import { type DeliveryStream, errorLogGroupsOf } from "../aws/delivery-stream";
import { UndeterminedError } from "../exit-codes";
import { type AccountPolicy, listAccountPolicies } from "../sources/account-policies";
import { readSubscribedLogGroups, type SubscribedLogGroups } from "../sources/subscribed-log-groups";
import { type Answer, attempt } from "../aws/attempt";
import type { VerifyContext } from "./context";
import { type Forwarding, type ForwardingMetric, listForwardingMetrics, readForwarding } from "./read-forwarding";

/** What feeds the logs stream, and what else is subscribed. */
export interface LogSources {
  /** The account-level subscriptions of the region, whatever they point at. */
  readonly policies: Answer<readonly AccountPolicy[]>;
  /** Filters that point elsewhere are among them. */
  readonly subscribed: SubscribedLogGroups;
  readonly forwarding: Answer<Forwarding>;
}

type LogSourceContext = Pick<VerifyContext, "cloudWatch" | "logs" | "now" | "expected">;

/** Reads the subscription filters and account policies of a region, and the metrics of those that point at a stream. */
export async function readLogSources(
  context: LogSourceContext,
  stream: Pick<DeliveryStream, "arn" | "destination">,
): Promise<LogSources> {
  const { logs } = context;
  const [policies, listed] = await Promise.all([
    attempt(listAccountPolicies(logs)),
    attempt(listForwardingMetrics(context)),
  ]);
  // Log groups that forwarded events recently are certainly subscribed: they come first if there are too many.
  const recentlyActive = listed instanceof UndeterminedError ? [] : listed.map(({ logGroup }) => logGroup);
  const expected = context.expected?.logGroups ?? [];
  const first = [...errorLogGroupsOf(stream), ...expected, ...recentlyActive.filter((name) => name !== "")];
  const subscribed = await readSubscribedLogGroups(logs, first);
  const feeds = ({ destinationArn }: { readonly destinationArn: string }): boolean => destinationArn === stream.arn;
  const subscriptions: Subscriptions = {
    filters: subscribed.filters.filter(feeds),
    otherFilters: subscribed.filters.filter((filter) => !feeds(filter)),
    policies: policies instanceof UndeterminedError ? [] : policies.filter(feeds),
  };
  const metrics =
    listed instanceof UndeterminedError ? listed : listed.filter((metric) => isOfStream(metric, subscriptions));
  return {
    policies,
    subscribed,
    forwarding: metrics instanceof UndeterminedError ? metrics : await attempt(readForwarding(context, metrics)),
  };
}

/** The subscriptions of a region by whether they feed the stream. */
interface Subscriptions {
  readonly filters: SubscribedLogGroups["filters"];
  readonly otherFilters: SubscribedLogGroups["filters"];
  readonly policies: readonly AccountPolicy[];
}

/**
 * AWS documents the dimensions of subscription filters: log group and filter. For an account policy it does not: the
 * filter name may be that of the policy, or there is a dimension for the policy level, of which a region has one.
 */
function isOfStream(
  { logGroup, filter, isOfAccount }: ForwardingMetric,
  { filters, otherFilters, policies }: Subscriptions,
): boolean {
  const isOf = (each: SubscribedLogGroups["filters"][number]): boolean =>
    each.logGroup === logGroup && each.name === filter;
  const isOfPolicy = policies.some(({ name }) => isOfAccount || name === filter);
  return filters.some(isOf) || (isOfPolicy && !otherFilters.some(isOf));
}
