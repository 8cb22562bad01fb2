import { FirehoseClient } from "@aws-sdk/client-firehose";
import { S3Client } from "@aws-sdk/client-s3";
import { type StreamWithBackup, streamsWithBackup } from "../aws/find-streams";
import { bucketSettings, clientSettings } from "../aws/settings";
import { backupObjects, holdsFailures } from "../backup/objects";
import { EXIT, UnusableInput } from "../exit-codes";
import { interruption } from "../interrupt";
import { wholeNumber } from "../numbers";
import type { Format, StreamOptions } from "../options";
import { timeRange, type TimeRange } from "../time";
import { Journal, journalOf } from "./journal";
import { NO_PROGRESS, type Progress, progressBar } from "./progress";
import { printTallies } from "./report";
import { type Manner, StreamReplay } from "./stream-replay";
import type { StreamTally } from "./tally";

export interface ReplayOptions extends StreamOptions {
  readonly format: Format;
  readonly since?: string;
  readonly until?: string;
  /** In MB a second. */
  readonly rate?: string;
  readonly concurrency: string;
  readonly journal?: string;
  readonly deleteReplayed: boolean;
  readonly dryRun: boolean;
}

/**
 * Puts what lies in the streams' backup back on them, and says how the command ends.
 *
 * @throws UnusableInput when an option cannot be used, or another replay is under way
 * @throws CannotTell when AWS does not describe the streams
 */
export async function replay(options: ReplayOptions): Promise<number> {
  const manner: Manner = {
    range: timeRange(options, new Date()),
    bytesPerSecond: bytesPerSecond(options.rate),
    concurrency: wholeNumber("--concurrency", options.concurrency, 1, 64),
    deleteReplayed: options.deleteReplayed,
    dryRun: options.dryRun,
  };
  const abortSignal = interruption();
  const firehose = new FirehoseClient(clientSettings(options));
  // The sender itself tries again, so that it never waits twice nor sends accepted records again.
  const putting = new FirehoseClient({ ...clientSettings(options), maxAttempts: 1 });
  const s3 = new S3Client(bucketSettings(options));
  const streams = await streamsWithBackup(firehose, options, abortSignal);
  const progress = process.stderr.isTTY && options.format === "table" ? progressBar() : NO_PROGRESS;
  if (progress !== NO_PROGRESS) {
    void expectAll(s3, streams, manner.range, progress, abortSignal);
  }
  const tallies = new Array<StreamTally>();
  try {
    for (const stream of streams) {
      const file = options.journal ?? journalOf(stream.destination.backup.bucket);
      const journal = manner.dryRun ? Journal.read(file) : await Journal.open(file, abortSignal);
      try {
        const tools = { firehose: putting, s3, journal, progress, abortSignal };
        tallies.push(await new StreamReplay(stream, manner, tools).run());
      } finally {
        journal.close();
      }
    }
  } finally {
    progress.stop();
  }
  printTallies(tallies, options);
  return exitCodeOf(tallies);
}

/** Tells the progress bar of everything that is there, beside the replay. */
async function expectAll(
  s3: S3Client,
  streams: readonly StreamWithBackup[],
  range: TimeRange,
  progress: Progress,
  abortSignal: AbortSignal,
): Promise<void> {
  try {
    for (const stream of streams) {
      for await (const object of backupObjects(s3, stream.destination.backup, range, abortSignal)) {
        if (holdsFailures(stream, object.key)) {
          progress.expect(object);
        }
      }
    }
  } catch {
    // The replay meets the same fault, and reports it.
  }
}

function bytesPerSecond(rate: string | undefined): number | undefined {
  const value = Number(rate);
  if (rate !== undefined && !(/^\d+(\.\d+)?$/.test(rate) && value > 0)) {
    throw new UnusableInput(`--rate must be a number of MB a second above 0, got "${rate}".`);
  }
  return rate === undefined ? undefined : value * 1e6;
}

function exitCodeOf(tallies: readonly StreamTally[]): number {
  const some = (condition: (tally: StreamTally) => boolean): boolean => tallies.some(condition);
  if (some(({ stopped, denied }) => stopped !== null || denied.count > 0)) {
    return EXIT.cannotTell;
  }
  return some(({ setAside, refused, broken }) => setAside.count + refused.count + broken.count > 0)
    ? EXIT.problem
    : EXIT.healthy;
}
