import { UnrecoverableError } from "../aws/call";
import type { S3Context } from "../aws/context";
import type { StreamWithBackup } from "../aws/find-streams";
import { type Entry, entryBatches } from "../backup/entries";
import { listBackupObjects, type BackupObject, holdsFailures } from "../backup/objects";
import { contentOrThrow, openObjects, type ObjectContent } from "../backup/open-objects";
import type { Cause } from "../causes/cause";
import { causeOfError } from "../causes/diagnose";
import { UndeterminedError } from "../exit-codes";
import { readableNumber } from "../numbers";
import type { TimeRange } from "../time";
import { type Batch, BatchBuilder } from "./batch";
import type { ReadEvent } from "./events";
import type { Ledger } from "./ledger";
import { PUT_RECORD_BATCH } from "./limits";
import type { BodyPool } from "./request-body";

/** Objects that are not opened are reported in groups of at most this many. */
const MAX_NOT_OPENED = 1000;

export interface ReadContext extends S3Context {
  /** The stream whose failed records are read, under each prefix where they may be. */
  readonly sources: readonly StreamWithBackup[];
  readonly range: TimeRange;
  readonly bodies: Pick<BodyPool, "acquire">;
  readonly ledger: Pick<Ledger, "completedBefore" | "acceptedBefore" | "completedElsewhere">;
}

/**
 * Reads the backup, and yields the records that no earlier run sent in batches, and what else it finds.
 *
 * @throws UndeterminedError when nothing more can be read
 */
export async function* readBatches(context: ReadContext): AsyncGenerator<Batch | ReadEvent> {
  const builder = new BatchBuilder(context.bodies);
  for (const [index, source] of context.sources.entries()) {
    const earlier = context.sources.slice(0, index);
    // Prefixes with expressions may overlap.
    const isElsewhere = ({ key }: BackupObject): boolean => earlier.some((one) => holdsFailures(one, key));
    yield* readSource(source, isElsewhere, builder, context);
  }
  const rest = builder.flush();
  if (rest !== undefined) {
    yield rest;
  }
}

async function* readSource(
  source: StreamWithBackup,
  isElsewhere: (object: BackupObject) => boolean,
  builder: BatchBuilder,
  context: ReadContext,
): AsyncGenerator<Batch | ReadEvent> {
  const { range, ledger } = context;
  const objects = listBackupObjects(context, source.destination.backup, range);
  const end = { isReached: false };
  while (!end.isReached) {
    const notOpened = new Array<ReadEvent>();
    const toOpen = async function* (): AsyncGenerator<BackupObject> {
      // There may be very many objects that are not opened: they must not stay in memory.
      while (notOpened.length < MAX_NOT_OPENED) {
        const next = await objects.next();
        if (next.done === true) {
          end.isReached = true;
          return;
        }
        const object = next.value;
        const outcome = ledger.completedBefore(object);
        if (isElsewhere(object)) {
          continue;
        } else if (!holdsFailures(source, object.key)) {
          notOpened.push({ kind: "foreign", object });
        } else if (outcome !== undefined) {
          notOpened.push({ kind: "completed before", object, outcome });
        } else {
          yield object;
        }
      }
    };
    for await (const { object, content } of openObjects(context, toOpen())) {
      try {
        yield* readObject(object, contentOrThrow(content), builder, ledger);
      } catch (error) {
        if (!(error instanceof UndeterminedError) || error instanceof UnrecoverableError) {
          throw error;
        }
        yield { kind: "unreadable", object, reason: error.message };
      }
      context.abortSignal.throwIfAborted();
    }
    yield* notOpened;
  }
}

async function* readObject(
  object: BackupObject,
  { tagCount, chunks, discard }: ObjectContent,
  builder: BatchBuilder,
  ledger: ReadContext["ledger"],
): AsyncGenerator<Batch | ReadEvent> {
  const outcome = await ledger.completedElsewhere(object, tagCount);
  if (outcome !== undefined) {
    discard();
    yield { kind: "completed before", object, outcome };
    return;
  }
  const acceptedBefore = ledger.acceptedBefore(object);
  const causeOf = memoizedCause();
  let [records, skipped, corrupt] = [0, 0, 0];
  for await (const batch of entryBatches(chunks)) {
    for (const entry of batch) {
      const { kind, index } = entry;
      if (kind === "corrupt") {
        corrupt += 1;
        yield { kind, object, index, reason: entry.reason };
        continue;
      }
      const reason = permanentFailure(entry, causeOf);
      if (reason !== undefined) {
        skipped += 1;
        yield { kind: "skipped", object, index, reason };
        continue;
      }
      records += 1;
      const full = acceptedBefore.has(index) ? undefined : builder.add(object, index, entry.record);
      if (full !== undefined) {
        yield full;
      }
    }
  }
  if (records + skipped + corrupt === 0 && object.size > 0) {
    corrupt += 1;
    yield { kind: "corrupt", object, index: 0, reason: "the object has no failed record" };
  }
  yield { kind: "object read", object, records, skipped, corrupt };
}

type RecordEntry = Extract<Entry, { kind: "record" }>;

/** Why the record can never be delivered; undefined if it may be. */
function permanentFailure(
  { record }: RecordEntry,
  causeOf: (errorCode: string, message: string) => Cause,
): string | undefined {
  const cause = causeOf(record.errorCode, record.errorMessage);
  if (cause.isPermanent) {
    return cause.title;
  }
  const { recordBytes } = PUT_RECORD_BATCH;
  return record.bytes > recordBytes
    ? `larger than ${readableNumber(recordBytes / 1024)} KiB, Firehose's limit`
    : undefined;
}

/** The records of an object usually failed for the same reason. */
function memoizedCause(): (errorCode: string, message: string) => Cause {
  let last: { readonly errorCode: string; readonly message: string; readonly cause: Cause } | undefined;
  return (errorCode, message) => {
    if (last?.errorCode !== errorCode || last.message !== message) {
      last = { errorCode, message, cause: causeOfError(errorCode, message) };
    }
    return last.cause;
  };
}
