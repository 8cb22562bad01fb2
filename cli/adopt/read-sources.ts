import { ListTagsForResourceCommand } from "@aws-sdk/client-cloudwatch";
import { type Answer, attempt } from "../aws/attempt";
import { call } from "../aws/call";
import type { DeliveryStream } from "../aws/delivery-stream";
import { UndeterminedError } from "../exit-codes";
import { type AccountPolicy, listAccountPolicies } from "../sources/account-policies";
import { listSubscribableLogGroups } from "../sources/log-groups";
import {
  getMetricStreamDetails,
  type ListedMetricStream,
  listMetricStreams,
  type MetricStreamDetails,
} from "../sources/metric-streams";
import type { LogGroupFilter } from "../sources/subscribed-log-groups";
import { readFiltersOfEach } from "../sources/subscription-filters";
import type { AdoptContext } from "./context";
import { type TagMap, tagMapOf } from "./read-tags";

/** A metric stream of the region. */
export interface AdoptableMetricStream extends ListedMetricStream, MetricStreamDetails {
  readonly tags: TagMap;
}

/** What puts records on delivery streams in the region, whichever they are. */
export interface AdoptableSources {
  readonly metricStreams: Answer<readonly AdoptableMetricStream[]>;
  readonly filters: Answer<readonly LogGroupFilter[]>;
  readonly accountPolicies: Answer<readonly AccountPolicy[]>;
}

/** The metric streams, as far as they are known. */
export const knownMetricStreams = (sources: AdoptableSources | undefined): readonly AdoptableMetricStream[] =>
  sources === undefined || sources.metricStreams instanceof UndeterminedError ? [] : sources.metricStreams;

type SourcesReadingContext = Pick<AdoptContext, "cloudWatch" | "logs">;

/**
 * Reads what feeds the streams. If one kind of source cannot be read, the others are still read.
 *
 * @param progress called with the number of log groups so far
 */
export async function readAdoptableSources(
  context: SourcesReadingContext,
  stream: Pick<DeliveryStream, "partition" | "region" | "accountId">,
  progress: (count: number) => void,
): Promise<AdoptableSources> {
  const [streams, filters, policies] = await Promise.all([
    attempt(allMetricStreams(context, stream)),
    attempt(allFilters(context, progress)),
    attempt(listAccountPolicies(context.logs)),
  ]);
  return { metricStreams: streams, filters, accountPolicies: policies };
}

async function allMetricStreams(
  { cloudWatch }: SourcesReadingContext,
  { partition, region, accountId }: Pick<DeliveryStream, "partition" | "region" | "accountId">,
): Promise<AdoptableMetricStream[]> {
  const all = new Array<AdoptableMetricStream>();
  for (const listed of await listMetricStreams(cloudWatch)) {
    const details = await getMetricStreamDetails(cloudWatch, listed.name);
    if (details !== undefined) {
      const ResourceARN = `arn:${partition}:cloudwatch:${region}:${accountId}:metric-stream/${listed.name}`;
      const tags = await call(
        "cloudwatch:ListTagsForResource",
        cloudWatch.send(new ListTagsForResourceCommand({ ResourceARN })),
      );
      all.push({ ...listed, ...details, tags: tagMapOf(tags?.Tags) });
    }
  }
  return all;
}

async function allFilters(
  { logs }: SourcesReadingContext,
  progress: (count: number) => void,
): Promise<LogGroupFilter[]> {
  const all = new Array<LogGroupFilter>();
  let count = 0;
  for await (const read of readFiltersOfEach(logs, listSubscribableLogGroups(logs))) {
    for (const { group, filters } of read) {
      if (filters instanceof UndeterminedError) {
        throw filters;
      }
      all.push(...filters.map((filter) => ({ ...filter, logGroup: group.name })));
    }
    count += read.length;
    progress(count);
  }
  return all.sort((one, other) => (one.logGroup < other.logGroup ? -1 : one.logGroup > other.logGroup ? 1 : 0));
}
