import { IMPORT_ADDRESSES } from "../../modules/import-addresses";
import { SIGNAL_NAMES, type SignalName } from "../../modules/signals";
import { variableName, type InputValues } from "../../modules/inputs";
import type { DeliveryStream } from "../aws/delivery-stream";
import { processorsText } from "../verify/processing";
import { shortened } from "../text";
import type { AdoptionInventory } from "./inventory";
import { type AdoptionItem, type AdoptionPart, decide, importOrCreate, leave, mergedParts } from "./part";

/** The input that creates the stream of a signal. */
const FLAGS = { metrics: "createMetricsStream", logs: "createLogsStream" } as const;
const NAMES = { metrics: "metricsStreamName", logs: "logsStreamName" } as const;

/** How a report names a stream. */
export const streamSubject = (name: string): string => `stream ${name}`;

/** The streams themselves: those that can be adopted are imported. */
export const streamsPart = ({ found, streamNames }: Pick<AdoptionInventory, "found" | "streamNames">): AdoptionPart =>
  mergedParts(
    SIGNAL_NAMES.map((signal) => {
      const { name, stream } = found.find((each) => each.signal === signal) ?? {};
      return stream === undefined ? missingStream(signal, name, streamNames[signal]) : existingStream(stream);
    }),
  );

function missingStream(signal: SignalName, name: string | undefined, streamName: string): Partial<AdoptionPart> {
  const inputs: InputValues = { [FLAGS[signal]]: false, [NAMES[signal]]: streamName };
  const flag = variableName(FLAGS[signal]);
  return {
    inputs,
    items: [
      leave(
        streamSubject(name ?? `of ${signal}`),
        flag,
        name === undefined ? "false: --signal leaves it out" : "false: there is no such stream",
        name === undefined ? "" : `Remove ${flag} after the adoption to create the stream.`,
      ),
    ],
  };
}

function existingStream(stream: DeliveryStream): Partial<AdoptionPart> {
  const { signal, name, arn } = stream;
  const obstacles = obstaclesOf(stream);
  return {
    inputs: { [NAMES[signal]]: name },
    ...(obstacles.length > 0
      ? { items: obstacles }
      : importOrCreate(streamSubject(name), IMPORT_ADDRESSES.streams[signal].stream, arn, true)),
  };
}

/** Why a stream cannot be adopted. */
function obstaclesOf(stream: DeliveryStream): AdoptionItem[] {
  const { signal, name, type, sourceArn, destination, status, failure } = stream;
  const other = signal === "metrics" ? "logs" : "metrics";
  const without = `Adopt only the other stream with --signal ${other}, and create a new ${signal} stream under another name later.`;
  const subject = streamSubject(name);
  if (status === "CREATING") {
    return [
      {
        action: "unknown",
        subject,
        name: "status",
        found: "CREATING",
        remedy: "Wait until it is ACTIVE, with kloudfuse-firehose verify --wait, and run the command again.",
      },
    ];
  }
  const processors = processorsText(destination?.processors ?? []);
  return [
    ...(status === "ACTIVE"
      ? []
      : [
          decide(
            subject,
            "status",
            [status, ...(failure === undefined ? [] : [shortened(failure, 300)])].join(": "),
            without,
          ),
        ]),
    ...(type === "DirectPut"
      ? []
      : [
          decide(
            subject,
            "source",
            `${type || "none"}${sourceArn === undefined ? "" : ` from ${sourceArn}`}; CloudWatch can write to a Direct PUT stream only`,
            `A stream keeps its source. ${without}`,
          ),
        ]),
    ...(destination === undefined
      ? [decide(subject, "destination", "no HTTP endpoint", `A stream keeps its kind of destination. ${without}`)]
      : []),
    ...(processors === ""
      ? []
      : [
          decide(
            subject,
            "processing",
            `${processors}; the module has none`,
            `If Kloudfuse can receive the records without it, remove the processing from the stream, and run the command again. Otherwise: ${without}`,
          ),
        ]),
  ];
}
