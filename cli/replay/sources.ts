import type { StreamWithBackup } from "../aws/find-streams";
import { UnusableInput } from "../exit-codes";

/** Processors that do not change the data. */
const NOT_TRANSFORMING = ["MetadataExtraction", "RecordDeAggregation"];

/**
 * Makes sure that records can be resent to a stream.
 *
 * @throws UnusableInput when Firehose would refuse them, or would transform them again
 */
export function assertCanReplay(
  { name, type, destination: { processors } }: StreamWithBackup,
  allowTransformed: boolean,
): void {
  if (type !== "" && type !== "DirectPut") {
    throw new UnusableInput(
      `${name} reads from another stream (type ${type}): Firehose accepts records from its source only. Resend the records to that source, or choose another stream with --signal.`,
    );
  }
  const transforming = processors.filter((processor) => !NOT_TRANSFORMING.includes(processor));
  if (transforming.length > 0 && !allowTransformed) {
    throw new UnusableInput(
      `${name} transforms its records (${transforming.join(", ")}): most failed records in the backup are transformed already, and would be transformed again. Nothing was sent. Choose another stream with --signal, or pass --allow-transformed if its transformation leaves transformed records as they are.`,
    );
  }
}

/**
 * Where the failed records of a stream are. The keys contain the name that the stream had at the time; the prefix may
 * contain it too.
 */
export function replaySources(stream: StreamWithBackup, formerName: string | undefined): readonly StreamWithBackup[] {
  if (formerName === undefined) {
    return [stream];
  }
  const { destination } = stream;
  const { backup } = destination;
  const renamed = (text: string): string => text.replaceAll(stream.name, formerName);
  const backups = [
    { ...backup },
    { ...backup, prefix: renamed(backup.prefix), errorOutputPrefix: renamed(backup.errorOutputPrefix) },
  ];
  const [same, moved] = backups.map((each) => ({
    ...stream,
    name: formerName,
    destination: { ...destination, backup: each },
  }));
  return [same, moved].filter(
    (source, index): source is StreamWithBackup =>
      source !== undefined &&
      (index === 0 ||
        source.destination.backup.prefix !== backup.prefix ||
        source.destination.backup.errorOutputPrefix !== backup.errorOutputPrefix),
  );
}
