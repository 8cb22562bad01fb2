import type { DeliveryStream, HttpDestination } from "../aws/delivery-stream";
import { note, ok, type Outcome, problem } from "../checks/check";

/** Checks the source of a stream: CloudWatch can write to a Direct PUT stream only. */
export function typeOutcome({ type, sourceArn }: DeliveryStream): Outcome {
  if (type === "DirectPut") {
    return ok("type", type);
  }
  const source = sourceArn === undefined ? "" : `, which reads from ${sourceArn}`;
  return problem(
    "type",
    `${type || "none"}${source}; documented DirectPut`,
    "CloudWatch can write to a Direct PUT stream only, and so can replay. A stream keeps its type: create another stream.",
  );
}

/** Readable names of AWS's processors; unknown ones keep AWS's name. */
const PROCESSORS: Readonly<Record<string, string>> = {
  Lambda: "Lambda transformation",
  Decompression: "decompression",
  CloudWatchLogProcessing: "extraction of log messages",
  RecordDeAggregation: "deaggregation",
  AppendDelimiterToRecord: "delimiters",
  MetadataExtraction: "extraction of metadata",
};

/** The processors of a stream in messages; empty if there are none. */
export const processorsText = (processors: readonly string[]): string =>
  processors.map((type) => PROCESSORS[type] ?? type).join(", ");

/**
 * Whether a stream changes its records: then the backup has changed records, which replay must not send to it again.
 */
export function processingOutcome({ processors }: Pick<HttpDestination, "processors">): Outcome {
  const names = processorsText(processors);
  return processors.length === 0
    ? ok("processing", "none")
    : note(
        "processing",
        `${names}; documented none`,
        "Kloudfuse needs none: remove it. The backup may hold failed records in their processed form: replay to this stream would process them twice.",
      );
}
