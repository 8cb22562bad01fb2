import type { DeliveryStream } from "../aws/delivery-stream";
import { UndeterminedError } from "../exit-codes";
import { accountPolicies, type AccountPolicy } from "../sources/account-policies";
import { readSubscribedLogGroups, type SubscribedLogGroups } from "../sources/subscribed-log-groups";
import { type Answer, attempt } from "./attempt";
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

type Context = Pick<VerifyContext, "cloudWatch" | "logs" | "now" | "abortSignal">;

/** Reads the subscription filters and account policies of a region, and the metrics of those that point at a stream. */
export async function readLogSources(
  context: Context,
  stream: Pick<DeliveryStream, "arn" | "destination">,
): Promise<LogSources> {
  const { logs, abortSignal } = context;
  const [policies, listed] = await Promise.all([
    attempt(context, accountPolicies(logs, abortSignal)),
    attempt(context, listForwardingMetrics(context)),
  ]);
  // Those that forwarded events lately are subscribed for certain: where there are too many log groups, they count most.
  const lately = listed instanceof UndeterminedError ? [] : listed.map(({ logGroup }) => logGroup);
  const first = [...errorLogGroupsOf(stream), ...lately.filter((name) => name !== "")];
  const subscribed = await readSubscribedLogGroups(logs, first, abortSignal);
  const isOfStream = ({ destinationArn }: { readonly destinationArn: string }): boolean =>
    destinationArn === stream.arn;
  const metrics =
    listed instanceof UndeterminedError
      ? listed
      : listed.filter((metric) =>
          isOfSubscription(
            metric,
            subscribed.filters.filter(isOfStream),
            policies instanceof UndeterminedError ? [] : policies.filter(isOfStream),
          ),
        );
  return {
    policies,
    subscribed,
    forwarding:
      metrics instanceof UndeterminedError ? metrics : await attempt(context, readForwarding(context, metrics)),
  };
}

/** The log groups that the errors of a stream are written to. */
export const errorLogGroupsOf = ({ destination }: Pick<DeliveryStream, "destination">): readonly string[] => [
  ...new Set([destination?.errorLog, destination?.backup.errorLog].flatMap((log) => log?.group ?? [])),
];

/**
 * AWS documents log group and filter as dimensions. Of an account policy it does not say which: the filter's name may be
 * the policy's, or there is a level of the policy, of which the region has one.
 */
const isOfSubscription = (
  { logGroup, filter, isOfAccount }: ForwardingMetric,
  filters: SubscribedLogGroups["filters"],
  policies: readonly AccountPolicy[],
): boolean =>
  filters.some((each) => each.logGroup === logGroup && each.name === filter) ||
  policies.some(({ name }) => isOfAccount || name === filter);
