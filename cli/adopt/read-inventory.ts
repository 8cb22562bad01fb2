import { errorLogGroupName } from "../../modules/log-criteria";
import { SIGNALS } from "../../modules/signals";
import { type Answer, attempt } from "../aws/attempt";
import type { StreamLookup, StreamWithBackup } from "../aws/find-streams";
import { UndeterminedError } from "../exit-codes";
import type { AdoptContext } from "./context";
import type { AdoptionInventory } from "./inventory";
import type { AdoptionDecisions } from "./options";
import { ownPrefixes } from "./own-prefixes";
import { readAdoptableBucket } from "./read-bucket";
import { readErrorLogGroup } from "./read-error-log";
import { readAdoptableRole } from "./read-role";
import { readStreamUses } from "./read-stream-uses";
import { knownMetricStreams, readAdoptableSources } from "./read-sources";
import { readStreamTags } from "./read-tags";

/** Reads everything that an adoption depends on, in parallel as far as possible. */
export async function readInventory(
  context: AdoptContext,
  found: readonly StreamLookup[],
  { keeps, streamNames: chosenNames }: Pick<AdoptionDecisions, "keeps" | "streamNames">,
  progress: (count: number) => void,
): Promise<AdoptionInventory> {
  const existing = found.flatMap(({ stream }) => stream ?? []);
  const streams = existing.flatMap(({ destination, ...stream }) =>
    destination === undefined ? [] : [{ ...stream, destination }],
  );
  const [first] = existing;
  if (first === undefined) {
    throw new UndeterminedError("There is no delivery stream to adopt.");
  }
  const { partition, region, accountId } = first;
  const streamNames = { metrics: nameOf(found, chosenNames, "metrics"), logs: nameOf(found, chosenNames, "logs") };
  const roleArns = streams.flatMap(({ destination }) => [destination.roleArn, destination.backup.roleArn]);
  const [streamTags, sources, roles, otherStreams, buckets, errorLog] = await Promise.all([
    readEach(
      existing.map(({ name }) => name),
      (name) => readStreamTags(context, name),
    ),
    keeps("sources") ? undefined : readAdoptableSources(context, first, progress),
    readEach(roleArns, (arn) => readAdoptableRole(context, arn)),
    attempt(
      readStreamUses(
        context,
        existing.map(({ name }) => name),
      ),
    ),
    readEach(bucketsOf(streams), (name) => readAdoptableBucket(context, name, accountId, prefixesIn(name, streams))),
    attempt(readErrorLogGroup(context, errorLogGroupName(streamNames.metrics, streamNames.logs))),
  ]);
  const ofMetricStreams = knownMetricStreams(sources).flatMap(({ roleArn }) => (roles.has(roleArn) ? [] : roleArn));
  const otherRoles = await readEach(ofMetricStreams, (arn) => readAdoptableRole(context, arn));
  return {
    location: { partition, region, accountId },
    found,
    streams,
    streamNames,
    streamTags,
    roles: new Map([...roles, ...otherRoles]),
    otherStreams,
    buckets,
    errorLog,
    sources,
  };
}

/** The name of the stream of a signal; of a stream that is not adopted, the name option or the module's default. */
const nameOf = (
  found: readonly StreamLookup[],
  chosenNames: AdoptionDecisions["streamNames"],
  signal: StreamLookup["signal"],
): string => found.find((each) => each.signal === signal)?.name ?? chosenNames[signal] ?? SIGNALS[signal].streamName;

const bucketsOf = (streams: readonly StreamWithBackup[]): string[] =>
  streams.map(({ destination }) => destination.backup.bucket).filter((name) => name !== "");

const prefixesIn = (bucket: string, streams: readonly StreamWithBackup[]): string[] =>
  ownPrefixes(streams.map(({ destination }) => destination.backup).filter((backup) => backup.bucket === bucket));

/** Reads each resource once; maps its name to the answer of AWS, or to why there is none. */
async function readEach<T>(
  names: readonly string[],
  read: (name: string) => Promise<T>,
): Promise<ReadonlyMap<string, Answer<T>>> {
  const distinct = [...new Set(names)];
  return new Map(
    await Promise.all(distinct.map(async (name): Promise<[string, Answer<T>]> => [name, await attempt(read(name))])),
  );
}
