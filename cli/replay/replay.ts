import { FirehoseClient } from "@aws-sdk/client-firehose";
import { S3Client } from "@aws-sdk/client-s3";
import { scopeOf } from "../aws/account";
import { toUserError } from "../aws/call";
import { type AwsContext, awsContext, type S3Context } from "../aws/context";
import { type StreamWithBackup, streamsWithBackup } from "../aws/find-streams";
import { bucketSettings, clientSettings } from "../aws/settings";
import { holdsFailures, listBackupObjects } from "../backup/objects";
import { ReportedError, UnusableInput } from "../exit-codes";
import { interruptSignal } from "../interrupt";
import { parseWholeNumber } from "../numbers";
import { checkStreamName } from "../stream-names";
import type { OutputFormat, StreamOptions } from "../options";
import { standardOutput, type Terminal } from "../terminal/terminal";
import { timeRange, type TimeRange } from "../time";
import { Journal } from "./journal";
import { NO_PROGRESS, type Progress, progressBar } from "./progress";
import { type ReplayOptions, replayStream } from "./replay-stream";
import { exitCodeOfReplay, renderResult, type ReplayResult } from "./report";
import { assertCanReplay, replaySources } from "./sources";
import { defaultJournal } from "./state-folder";
import type { StreamSummary } from "./summary";
import { Tags } from "./tags";

/** Options of the command line. */
export interface ReplayCommandOptions extends StreamOptions {
  readonly format: OutputFormat;
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
export async function replay(command: ReplayCommandOptions, terminal: Terminal = standardOutput()): Promise<number> {
  const options: ReplayOptions = {
    range: timeRange(command, new Date()),
    bytesPerSecond: bytesPerSecond(command.rate),
    concurrency: parseWholeNumber("--concurrency", command.concurrency, 1, 64),
    deleteReplayed: command.deleteReplayed,
    dryRun: command.dryRun,
  };
  checkStreamName("--former-stream-name", command.formerStreamName);
  if (command.formerStreamName !== undefined && command.signal === undefined) {
    throw new UnusableInput("--signal is required with --former-stream-name: it names the stream to send to.");
  }
  const context = await awsContext(command, interruptSignal());
  const targets = (await streamsWithBackup(context, command)).map((stream) => {
    assertCanReplay(stream, command.allowTransformed);
    return { stream, sources: replaySources(stream, command.formerStreamName) };
  });
  const progress = process.stderr.isTTY && command.format === "table" ? progressBar() : NO_PROGRESS;
  if (progress !== NO_PROGRESS) {
    void addAllToTotal(context, targets, options.range, progress);
  }
  const { streams, error } = await replayAll(targets, options, command, { ...context, progress });
  progress.stop();
  if (error !== null && streams.length === 0) {
    throw error;
  }
  const scope = scopeOf(
    context,
    targets.map(({ stream }) => stream),
  );
  const result = { ...scope, region: context.region, dryRun: options.dryRun, streams, error };
  await terminal.write(renderResult(result, command.format, terminal));
  if (error !== null) {
    throw new ReportedError(error.message);
  }
  return exitCodeOfReplay(result);
}

/** Replays the streams sequentially. After an error, returns the results of the earlier ones. */
async function replayAll(
  targets: readonly ReplayTarget[],
  options: ReplayOptions,
  { journal: journalFile, profile }: Pick<ReplayCommandOptions, "journal" | "profile">,
  context: AwsContext & { readonly progress: Progress },
): Promise<Pick<ReplayResult, "streams" | "error">> {
  const settings = clientSettings({ region: context.region, ...(profile === undefined ? {} : { profile }) }, undefined);
  const firehose = new FirehoseClient({ ...settings, maxAttempts: 1 });
  const s3 = new S3Client(bucketSettings(settings));
  const streams = new Array<StreamSummary>();
  try {
    for (const { stream, sources } of targets) {
      const file = journalFile ?? defaultJournal(stream.destination.backup.bucket);
      const journal = options.dryRun ? Journal.read(file) : await Journal.open(file, context.abortSignal);
      try {
        streams.push(
          await replayStream(stream, sources, options, { ...context, firehose, tags: new Tags(s3), journal }),
        );
      } finally {
        await journal.close();
      }
    }
  } catch (error) {
    return { streams, error: toUserError("The replay", error) };
  }
  return { streams, error: null };
}

/** Adds every object to the total of the progress bar, while the replay runs. */
async function addAllToTotal(
  context: S3Context,
  targets: readonly ReplayTarget[],
  range: TimeRange,
  progress: Progress,
): Promise<void> {
  try {
    for (const source of targets.flatMap(({ sources }) => sources)) {
      for await (const object of listBackupObjects(context, source.destination.backup, range)) {
        if (holdsFailures(source, object.key)) {
          progress.addToTotal(object);
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
    throw new UnusableInput(`--rate must be a number of MB a second above 0, got "${rate}". Use a number such as 5.`);
  }
  return rate === undefined ? undefined : value * 1e6;
}
