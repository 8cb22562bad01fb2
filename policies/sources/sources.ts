import { memoized, memoizedByObject } from "../../iam/memoized";
import { SIGNALS } from "../../modules/signals";
import { groupBy } from "../group-by";
import { type Kloudfuse, STREAM, type PlannedStream } from "../kloudfuse";
import type { Link, Plan, PlannedResource } from "../plan";
import type { PolicyOutcome } from "../policy";
import { ACCOUNT_POLICY, isSubscription, linkInDocument } from "./account-policy";

export const METRIC_STREAM = "aws_cloudwatch_metric_stream";
export const FILTER = "aws_cloudwatch_log_subscription_filter";
export { ACCOUNT_POLICY } from "./account-policy";

/** A source that feeds, or may feed, a stream to Kloudfuse. */
export interface PlannedSource {
  readonly resource: PlannedResource;
  /** The stream that it feeds; several if the plan does not show which one. */
  readonly streams: readonly PlannedStream[];
  /** Whether the plan shows that it feeds a stream to Kloudfuse. */
  readonly isCertain: boolean;
}

export type SourceType = typeof METRIC_STREAM | typeof FILTER | typeof ACCOUNT_POLICY;

/** The sources of a type that feed a stream to Kloudfuse, or may. */
export const sourcesOf = (kloudfuse: Kloudfuse, type: SourceType): readonly PlannedSource[] => sources(kloudfuse)(type);

const sources = memoizedByObject((kloudfuse: Kloudfuse) =>
  memoized((type): readonly PlannedSource[] => {
    const { plan, streams } = kloudfuse;
    const byResource = new Map(streams.map((stream) => [stream.resource, stream]));
    const ours = (resource: PlannedResource): PlannedStream[] => [byResource.get(resource) ?? []].flat();
    return plan
      .ofType(type)
      .filter((resource) => type !== ACCOUNT_POLICY || isSubscription(resource))
      .map((resource): PlannedSource => {
        const link = destinationOf(plan, resource);
        // An unknown destination may be any stream of the signal.
        const isAny = link.kind === "unresolved" && link.candidates.length === 0;
        return {
          resource,
          streams: isAny ? streams.filter((stream) => carries(stream, type)) : link.candidates.flatMap(ours),
          isCertain: link.resource !== undefined,
        };
      })
      .filter((source) => source.streams.length > 0);
  }),
);

/** The sources of a type that feed a stream, or may. */
export const sourcesOfStream = (
  kloudfuse: Kloudfuse,
  type: SourceType,
  stream: PlannedStream,
): readonly PlannedSource[] => byStream(kloudfuse)(type).get(stream) ?? [];

const byStream = memoizedByObject((kloudfuse: Kloudfuse) =>
  memoized((type): ReadonlyMap<PlannedStream, readonly PlannedSource[]> => {
    const pairs = sources(kloudfuse)(type).flatMap((source) => source.streams.map((stream) => ({ source, stream })));
    const groups = [...groupBy(pairs, ({ stream }) => stream)];
    return new Map(groups.map(([stream, group]) => [stream, group.map(({ source }) => source)]));
  }),
);

const carries = ({ signal }: PlannedStream, type: string): boolean =>
  signal !== (type === METRIC_STREAM ? SIGNALS.logs : SIGNALS.metrics);

/** The delivery stream that a source feeds. */
function destinationOf(plan: Plan, source: PlannedResource): Link {
  switch (source.type) {
    case METRIC_STREAM:
      return plan.linked(source, "firehose_arn", STREAM);
    case FILTER:
      return plan.linked(source, "destination_arn", STREAM);
    default:
      return linkInDocument(plan, source, "DestinationArn", STREAM);
  }
}

/** The outcomes of a source; if it may only feed another stream, its findings are undetermined. */
export const outcomesOfSource = (
  { resource, isCertain }: PlannedSource,
  outcomes: readonly PolicyOutcome[],
): readonly PolicyOutcome[] =>
  isCertain
    ? outcomes
    : outcomes.map((outcome) =>
        outcome.kind === "finding"
          ? {
              ...outcome,
              kind: "unknown",
              found: `${outcome.found}, which matters only if ${resource.address} feeds a stream to Kloudfuse`,
            }
          : outcome,
      );
