import { SOURCE_METRICS } from "../../modules/metric-table";
import type { DeliveryStream } from "../aws/delivery-stream";
import { UndeterminedError } from "../exit-codes";
import {
  getMetricStreamDetails,
  type ListedMetricStream,
  listMetricStreams,
  type MetricStreamDetails,
} from "../sources/metric-streams";
import { type Answer, attempt } from "../aws/attempt";
import type { VerifyContext } from "./context";
import { HEALTHY } from "./healthy";
import { readSeries } from "./read-series";
import type { SparklineValues } from "./sparkline";

/** A metric stream that points at a delivery stream. */
export interface InspectedMetricStream extends ListedMetricStream {
  /** Undefined where it was deleted meanwhile. */
  readonly details: Answer<MetricStreamDetails | undefined>;
  readonly publishErrorRate: Answer<SparklineValues>;
}

/** What feeds the metrics stream. */
export interface MetricSources {
  readonly metricStreams: Answer<readonly InspectedMetricStream[]>;
  /** The other metric streams of the region, as far as they are known. */
  readonly otherMetricStreams: readonly ListedMetricStream[];
}

type MetricSourceContext = Pick<VerifyContext, "cloudWatch" | "now">;

/** Reads the metric streams that point at a delivery stream. */
export async function readMetricSources(
  context: MetricSourceContext,
  { arn }: Pick<DeliveryStream, "arn">,
): Promise<MetricSources> {
  const listed = await attempt(listMetricStreams(context.cloudWatch));
  if (listed instanceof UndeterminedError) {
    return { metricStreams: listed, otherMetricStreams: [] };
  }
  const feeding = listed.filter(({ destinationArn }) => destinationArn === arn);
  return {
    metricStreams: await Promise.all(feeding.map((each) => withDetails(context, each))),
    otherMetricStreams: listed.filter(({ destinationArn }) => destinationArn !== arn),
  };
}

async function withDetails(context: MetricSourceContext, listed: ListedMetricStream): Promise<InspectedMetricStream> {
  const [details, publishErrorRate] = await Promise.all([
    attempt(getMetricStreamDetails(context.cloudWatch, listed.name)),
    attempt(readPublishErrorRate(context, listed.name)),
  ]);
  return { ...listed, details, publishErrorRate };
}

async function readPublishErrorRate(context: MetricSourceContext, name: string): Promise<SparklineValues> {
  const id = "publishErrorRate";
  const dimensions = [{ Name: "MetricStreamName", Value: name }];
  const seriesOf = await readSeries(
    context,
    [{ id, ...SOURCE_METRICS.publishErrorRate, dimensions }],
    HEALTHY.windowMinutes,
  );
  return seriesOf(id);
}
