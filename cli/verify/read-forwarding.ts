import { type Dimension, paginateListMetrics } from "@aws-sdk/client-cloudwatch";
import { SOURCE_METRICS } from "../../modules/metric-table";
import { collected, pagesOf } from "../aws/pages";
import type { VerifyContext } from "./context";
import { HEALTHY } from "./healthy";
import { readSeries, type SeriesQuery } from "./read-series";
import { isMissing, sum } from "./series";

/** The metrics that CloudWatch Logs has of each subscription. */
const FORWARDING_IDS = ["forwarded", "deliveryErrors", "deliveryThrottling"] as const;

export type ForwardingId = (typeof FORWARDING_IDS)[number];

/** A metric of a subscription that had values in the last three hours. */
export interface ForwardingMetric {
  readonly id: ForwardingId;
  /** Empty where the metric does not have it. */
  readonly logGroup: string;
  /** Empty where the metric does not have it. */
  readonly filter: string;
  /** Whether its dimensions are those of an account-level subscription. */
  readonly isOfAccount: boolean;
  readonly dimensions: readonly Dimension[];
}

/** What CloudWatch Logs forwarded, or failed to, in the last minutes. */
export interface ForwardedEvents {
  /** The number of events of each log group for which CloudWatch has values. */
  readonly byLogGroup: ReadonlyMap<string, number>;
  /** How many metrics were not read, as there are too many. */
  readonly notRead: number;
}

export type Forwarding = Readonly<Record<ForwardingId, ForwardedEvents>>;

/** Our choice: AWS bills each metric that is read. */
export const MAX_METRICS = 50;

type ForwardingContext = Pick<VerifyContext, "cloudWatch" | "now">;

/**
 * The metrics of the subscriptions of a region, as CloudWatch lists them.
 *
 * @throws UndeterminedError when CloudWatch does not list them
 */
export async function listForwardingMetrics(
  context: Pick<ForwardingContext, "cloudWatch">,
): Promise<ForwardingMetric[]> {
  const lists = await Promise.all(FORWARDING_IDS.map((id) => listMetrics(context, id)));
  return lists.flat();
}

async function listMetrics(
  { cloudWatch: client }: Pick<ForwardingContext, "cloudWatch">,
  id: ForwardingId,
): Promise<ForwardingMetric[]> {
  const { namespace, metric } = SOURCE_METRICS[id];
  const paginator = paginateListMetrics(
    { client },
    { Namespace: namespace, MetricName: metric, RecentlyActive: "PT3H" },
  );
  const metrics = await collected(pagesOf("cloudwatch:ListMetrics", paginator), (page) => page?.Metrics);
  return metrics.map(({ Dimensions = [] }) => metricOf(id, Dimensions));
}

function metricOf(id: ForwardingId, dimensions: readonly Dimension[]): ForwardingMetric {
  const valueOf = (name: string): string => dimensions.find(({ Name }) => Name === name)?.Value ?? "";
  return {
    id,
    logGroup: valueOf("LogGroupName"),
    filter: valueOf("FilterName"),
    isOfAccount: valueOf("PolicyLevel") !== "",
    dimensions,
  };
}

/**
 * The values of metrics in the last minutes.
 *
 * @throws UndeterminedError when CloudWatch does not answer
 */
export async function readForwarding(
  context: ForwardingContext,
  metrics: readonly ForwardingMetric[],
): Promise<Forwarding> {
  const ofId = (id: ForwardingId): readonly ForwardingMetric[] => metrics.filter((metric) => metric.id === id);
  const queried = FORWARDING_IDS.flatMap((id) => ofId(id).slice(0, MAX_METRICS)).map((metric, index) => ({
    ...metric,
    queryId: `m${index}`,
  }));
  const queries = queried.map(({ id, queryId, dimensions }): SeriesQuery => ({
    ...SOURCE_METRICS[id],
    id: queryId,
    dimensions,
  }));
  const seriesOf = await readSeries(context, queries, HEALTHY.windowMinutes);
  const eventsOf = (id: ForwardingId): ForwardedEvents => {
    const byLogGroup = new Map<string, number>();
    for (const { logGroup, queryId } of queried.filter((metric) => metric.id === id)) {
      const series = seriesOf(queryId);
      if (!isMissing(series)) {
        byLogGroup.set(logGroup, (byLogGroup.get(logGroup) ?? 0) + sum(series));
      }
    }
    return { byLogGroup, notRead: Math.max(0, ofId(id).length - MAX_METRICS) };
  };
  return {
    forwarded: eventsOf("forwarded"),
    deliveryErrors: eventsOf("deliveryErrors"),
    deliveryThrottling: eventsOf("deliveryThrottling"),
  };
}
