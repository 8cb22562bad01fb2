import { IMPORT_ADDRESSES } from "../../modules/import-addresses";
import { UndeterminedError } from "../exit-codes";
import type { NamespaceFilter } from "../sources/metric-streams";
import type { AdoptionInventory } from "./inventory";
import { metricStreamRolePart } from "./metric-stream-role";
import type { AdoptionDecisions } from "./options";
import { type AdoptionPart, change, decide, importOrCreate, leave, mergedParts, unknownItem } from "./part";
import { type AdoptableMetricStream, knownMetricStreams } from "./read-sources";
import type { InputValues } from "../../modules/inputs";

const SUBJECT = "metric streams";

/** How a report names a metric stream. */
export const metricStreamSubject = (name: string): string => `metric stream ${name}`;

/** The metric stream that the user named, or the only one that feeds the metrics stream; undefined if there is none. */
export function chosenMetricStream(
  { streams, sources }: Pick<AdoptionInventory, "streams" | "sources">,
  { metricStreamName }: Pick<AdoptionDecisions, "metricStreamName">,
): AdoptableMetricStream | undefined {
  const feeding = feedingMetricStreams({ streams, sources });
  return metricStreamName === undefined
    ? feeding.length === 1
      ? feeding[0]
      : undefined
    : feeding.find(({ name }) => name === metricStreamName);
}

function feedingMetricStreams({
  streams,
  sources,
}: Pick<AdoptionInventory, "streams" | "sources">): readonly AdoptableMetricStream[] {
  const target = streams.find(({ signal }) => signal === "metrics")?.arn;
  return knownMetricStreams(sources).filter(({ destinationArn }) => destinationArn === target);
}

/**
 * The metric stream that feeds the metrics stream.
 *
 * @param inputs of the delivery role, some of which apply to its role too
 */
export function metricStreamPart(
  inventory: AdoptionInventory,
  decisions: AdoptionDecisions,
  inputs: InputValues,
): Partial<AdoptionPart> {
  const { sources } = inventory;
  if (sources === undefined) {
    return {
      items: [
        leave(
          "sources",
          "metric streams and log subscriptions",
          "--keep sources: they stay outside of Terraform, and were not read",
          "Use --keep role too, if sources of other delivery streams put records with the role.",
        ),
      ],
    };
  }
  if (sources.metricStreams instanceof UndeterminedError) {
    return { items: [unknownItem(SUBJECT, "metric streams", sources.metricStreams)] };
  }
  const feeding = feedingMetricStreams(inventory);
  const chosen = chosenMetricStream(inventory, decisions);
  if (chosen === undefined) {
    return feeding.length === 0 ? {} : { items: [severalStreams(feeding)] };
  }
  return mergedParts([
    adoptedMetricStream(chosen),
    metricStreamRolePart(chosen, inventory, inputs),
    { items: feeding.filter((other) => other !== chosen).map(otherStream) },
  ]);
}

const severalStreams = (feeding: readonly AdoptableMetricStream[]): AdoptionPart["items"][number] =>
  decide(
    SUBJECT,
    "metric_stream_name",
    `${feeding.map(({ name }) => name).join(", ")} feed the metrics stream; the module has one`,
    "Name it with --metric-stream-name, or leave all of them with --keep sources.",
  );

const otherStream = ({ name }: AdoptableMetricStream): AdoptionPart["items"][number] =>
  leave(
    metricStreamSubject(name),
    "metric stream",
    "continues to feed the metrics stream, outside of Terraform",
    "Make sure that it streams other metrics: metrics that both stream are delivered twice.",
  );

function adoptedMetricStream(stream: AdoptableMetricStream): Partial<AdoptionPart> {
  const { name, state, outputFormat, includeFilters, excludeFilters, statistics, includesLinkedAccounts } = stream;
  const subject = metricStreamSubject(name);
  const isRunning = state === "running";
  return mergedParts([
    importOrCreate(subject, IMPORT_ADDRESSES.metricStream, name, true),
    {
      items: [
        ...(isRunning
          ? []
          : [
              decide(
                subject,
                "state",
                `${state}: the AWS provider cannot update a metric stream that is not running`,
                `Start it: aws cloudwatch start-metric-streams --names ${name}. Or leave it with --keep sources.`,
              ),
            ]),
        ...(outputFormat === "json"
          ? []
          : [change(subject, "output format", `${outputFormat} becomes json, the one format that Kloudfuse reads`)]),
        ...groupingChanges(subject, stream),
      ],
      inputs: {
        createMetricStream: true,
        metricStreamName: name,
        metricStreamIncludeFilters: filterMap(includeFilters),
        metricStreamExcludeFilters: filterMap(excludeFilters),
        metricStreamStatistics: statistics.map(({ namespace, metricName, statistics: list }) => ({
          namespace,
          metric_name: metricName,
          statistics: list,
        })),
        metricStreamIncludeLinkedAccounts: includesLinkedAccounts,
      },
    },
  ]);
}

/** Changes of form only: the inputs express the same selection differently. */
const groupingChanges = (
  subject: string,
  { includeFilters, excludeFilters, sharesStatistics }: AdoptableMetricStream,
): AdoptionPart["items"] => [
  ...[includeFilters, excludeFilters]
    .filter((filters) => Object.keys(filterMap(filters)).length < filters.length)
    .map(() => change(subject, "filters", "several filters of one namespace become one, of the same metrics")),
  ...(sharesStatistics
    ? [
        change(
          subject,
          "statistics",
          "one configuration of several metrics becomes one for each metric, with the same statistics",
        ),
      ]
    : []),
];

/** Filters by namespace; a filter for a whole namespace takes precedence over filters for some of its metrics. */
function filterMap(filters: readonly NamespaceFilter[]): Record<string, readonly string[]> {
  const map = new Map<string, readonly string[]>();
  for (const { namespace, metricNames } of filters) {
    const known = map.get(namespace);
    const isAll = metricNames.length === 0 || known?.length === 0;
    map.set(namespace, isAll ? [] : [...new Set([...(known ?? []), ...metricNames])]);
  }
  return Object.fromEntries(map);
}
