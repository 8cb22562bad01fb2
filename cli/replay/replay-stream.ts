import { toUserError } from "../aws/call";
import type { S3Context } from "../aws/context";
import type { StreamWithBackup } from "../aws/find-streams";
import type { TimeRange } from "../time";
import type { Batch } from "./batch";
import type { ReadEvent, ReplayEvent } from "./events";
import type { Journal } from "./journal";
import { Ledger } from "./ledger";
import { mergeConcurrently } from "../merge";
import type { Progress } from "./progress";
import { RateLimit } from "./rate-limit";
import { readBatches } from "./read-batches";
import { BodyPool } from "./request-body";
import { sendBatch, type SenderContext } from "./sender";
import type { StreamSummary } from "./summary";
import type { Tags } from "./tags";

export interface ReplayOptions {
  readonly range: TimeRange;
  readonly bytesPerSecond: number | undefined;
  /** Requests in flight. */
  readonly concurrency: number;
  readonly deleteReplayed: boolean;
  readonly dryRun: boolean;
}

/** The clients and files of a replay. */
export interface ReplayContext extends S3Context {
  readonly firehose: SenderContext["firehose"];
  readonly tags: Tags;
  readonly journal: Journal;
  readonly progress: Progress;
}

/**
 * Resends the failed records of the sources to a stream: reads batches, sends them, records what happens.
 *
 * @returns the summary, with what stopped the replay if it ended early
 */
export async function replayStream(
  stream: StreamWithBackup,
  sources: readonly StreamWithBackup[],
  options: ReplayOptions,
  { firehose, s3, tags, journal, progress, abortSignal }: ReplayContext,
): Promise<StreamSummary> {
  const { range, bytesPerSecond, concurrency, deleteReplayed, dryRun } = options;
  const { bucket } = stream.destination.backup;
  const ledger = new Ledger(journal, tags, { streamName: stream.name, bucket, deleteReplayed, dryRun });
  const senderContext: SenderContext = {
    firehose,
    streamName: stream.name,
    rateLimit: new RateLimit(bytesPerSecond),
    abortSignal,
    ledger,
  };
  const bodies = new BodyPool(stream.name);
  const events = async function* (read: Batch | ReadEvent): AsyncGenerator<ReplayEvent> {
    if (read.kind !== "batch") {
      yield read;
      return;
    }
    yield* dryRun ? [dryRunAttempt(read)] : sendBatch(read, senderContext);
    // Not released after an error: its request may still be in flight.
    bodies.release(read.body);
  };

  try {
    const batches = readBatches({ s3, sources, range, bodies, ledger, abortSignal });
    for await (const batch of mergeConcurrently(batches, events, concurrency)) {
      await ledger.record(batch);
      progress.show(ledger);
    }
    await ledger.finish();
  } catch (error) {
    ledger.summary.stopped = toUserError("The replay", error).message;
    await ledger.abandon();
  }
  return ledger.summary;
}

const dryRunAttempt = (batch: Batch): ReplayEvent => ({
  kind: "attempt",
  batch,
  attempt: 1,
  accepted: batch.items,
  refused: [],
  isLast: true,
});
