import type { DeliveryStream } from "../aws/delivery-stream";
import { type Check, type Outcome, problem } from "../checks/check";
import { UndeterminedError } from "../exit-codes";
import { plural } from "../numbers";
import { cappedNames } from "../capped-names";
import type { LogSources } from "./read-log-sources";
import type { MetricSources } from "./read-metric-sources";

type NamedStream = Pick<DeliveryStream, "arn" | "name">;

const NAME = "destination";
const UNREADABLE = "Kloudfuse cannot read them there";

/**
 * The metric streams that feed a logs stream.
 *
 * @param others the logs streams of the region
 */
export const misdirectedMetricStreams = (
  { arn }: NamedStream,
  others: readonly NamedStream[],
  { otherMetricStreams }: MetricSources,
): Check[] =>
  others.flatMap((other) =>
    otherMetricStreams
      .filter(({ destinationArn }) => destinationArn === other.arn)
      .map(({ name }) => ({
        subject: `metric stream ${name}`,
        ...problem(
          NAME,
          `it sends metrics to ${other.name}, which carries logs: ${UNREADABLE}`,
          `Set its firehose_arn to ${arn}.`,
        ),
      })),
  );

/**
 * The log subscriptions that feed a metrics stream.
 *
 * @param others the metrics streams of the region
 */
export const misdirectedSubscriptions = (
  { arn }: NamedStream,
  others: readonly NamedStream[],
  { policies, subscribed }: LogSources,
): Outcome[] =>
  others.flatMap((other) => {
    const feeds = ({ destinationArn }: { readonly destinationArn: string }): boolean => destinationArn === other.arn;
    const groups = [...new Set(subscribed.filters.filter(feeds).map(({ logGroup }) => logGroup))];
    const ofAccount = policies instanceof UndeterminedError ? [] : policies.filter(feeds);
    const found = `logs to ${other.name}, which carries metrics: ${UNREADABLE}`;
    return [
      ...(groups.length === 0
        ? []
        : [
            problem(
              NAME,
              `subscription filters of ${plural(groups.length, "log group")} (${cappedNames(groups)}) send ${found}`,
              `Set their destination_arn to ${arn}.`,
            ),
          ]),
      ...ofAccount.map(({ name }) =>
        problem(NAME, `the account policy ${name} sends ${found}`, `Set its DestinationArn to ${arn}.`),
      ),
    ];
  });
