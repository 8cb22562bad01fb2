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
import { Journal } from "./journal";
import { NO_PROGRESS, type Progress, progressBar } from "./progress";
import { type ReplayOptions, replayStream } from "./replay-stream";
import { printSummaries } from "./report";
import { assertCanReplay, sourcesOf } from "./sources";
import { defaultJournal } from "./state-folder";
import type { StreamSummary } from "./summary";

/** Options of the command line. */
export interface ReplayCommandOptions extends StreamOptions {
  readonly format: Format;
  readonly since?: string;
  readonly until?: string;
  /** In MB a second. */
  readonly rate?: string;
  readonly concurrency: string;
  readonly journal?: string;
  readonly formerStreamName?: string;
  readonly allowTransformed: boolean;
  readonly deleteReplayed: boolean;
  readonly dryRun: boolean;
}

/** A stream, and where its failed records are. */
interface ReplayTarget {
  readonly stream: StreamWithBackup;
  readonly sources: readonly StreamWithBackup[];
}

/**
 * Resends the failed records in the streams' backup to the streams.
 *
 * @returns the exit code
 * @throws UnusableInput when an option is invalid, a stream does not take its records again, or another replay runs
 * @throws UndeterminedError when AWS does not describe the streams
 */
export async function replay(command: ReplayCommandOptions): Promise<number> {
  const options: ReplayOptions = {
    range: timeRange(command, new Date()),
    bytesPerSecond: bytesPerSecond(command.rate),
    concurrency: wholeNumber("--concurrency", command.concurrency, 1, 64),
    deleteReplayed: command.deleteReplayed,
    dryRun: command.dryRun,
  };
  if (command.formerStreamName !== undefined && command.signal === undefined) {
    throw new UnusableInput("--signal is required with --former-stream-name: it names the stream to send to.");
  }
  const abortSignal = interruption();
  const settings = clientSettings(command);
  const s3 = new S3Client(bucketSettings(command));
  const targets = (await streamsWithBackup(new FirehoseClient(settings), command, abortSignal)).map((stream) => {
    assertCanReplay(stream, command.allowTransformed);
    return { stream, sources: sourcesOf(stream, command.formerStreamName) };
  });
  const progress = process.stderr.isTTY && command.format === "table" ? progressBar() : NO_PROGRESS;
  if (progress !== NO_PROGRESS) {
    void expectAll(s3, targets, options.range, progress, abortSignal);
  }
  const firehose = new FirehoseClient({ ...settings, maxAttempts: 1 });
  const summaries = new Array<StreamSummary>();
  try {
    for (const { stream, sources } of targets) {
      const file = command.journal ?? defaultJournal(stream.destination.backup.bucket);
      const journal = options.dryRun ? Journal.read(file) : await Journal.open(file, abortSignal);
      try {
        const context = { firehose, s3, journal, progress, abortSignal };
        summaries.push(await replayStream(stream, sources, options, context));
      } finally {
        await journal.close();
      }
    }
  } finally {
    progress.stop();
  }
  printSummaries(summaries, command);
  return exitCodeOf(summaries);
}

/** Adds every object to the total of the progress bar, while the replay runs. */
async function expectAll(
  s3: S3Client,
  targets: readonly ReplayTarget[],
  range: TimeRange,
  progress: Progress,
  abortSignal: AbortSignal,
): Promise<void> {
  try {
    for (const source of targets.flatMap(({ sources }) => sources)) {
      for await (const object of backupObjects(s3, source.destination.backup, range, abortSignal)) {
        if (holdsFailures(source, object.key)) {
          progress.expect(object);
        }
      }
    }
  } catch {
    // The replay meets the same error, and reports it.
  }
}

function bytesPerSecond(rate: string | undefined): number | undefined {
  const value = Number(rate);
  if (rate !== undefined && !(/^\d+(\.\d+)?$/.test(rate) && value > 0)) {
    throw new UnusableInput(`--rate must be a number of MB a second above 0, got "${rate}".`);
  }
  return rate === undefined ? undefined : value * 1e6;
}

function exitCodeOf(summaries: readonly StreamSummary[]): number {
  const some = (condition: (summary: StreamSummary) => boolean): boolean => summaries.some(condition);
  if (some(({ stopped, unreadable }) => stopped !== null || unreadable.count > 0)) {
    return EXIT.undetermined;
  }
  return some(({ skipped, refused, corrupt }) => skipped.count + refused.count + corrupt.count > 0)
    ? EXIT.problem
    : EXIT.healthy;
}
