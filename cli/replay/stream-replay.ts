import type { FirehoseClient } from "@aws-sdk/client-firehose";
import type { S3Client } from "@aws-sdk/client-s3";
import { inWords, Unusable } from "../aws/call";
import type { StreamWithBackup } from "../aws/find-streams";
import { type Entry, entries } from "../backup/entries";
import { backupObjects, type BackupObject, holdsFailures } from "../backup/objects";
import { contentOf, openObjects, type OpenObject } from "../backup/open-objects";
import { diagnose } from "../causes/diagnose";
import { CannotTell } from "../exit-codes";
import type { TimeRange } from "../time";
import { Batches, type Item } from "./batch";
import type { Journal } from "./journal";
import { PUT_RECORD_BATCH } from "./limits";
import { ObjectProgress } from "./object-progress";
import { isReplayed, type Settled } from "./outcome";
import type { Progress } from "./progress";
import { RateLimit } from "./rate-limit";
import { Sender } from "./sender";
import { Tags } from "./tags";
import { emptyTally, type StreamTally } from "./tally";

/** How a stream is replayed. */
export interface Manner {
  readonly range: TimeRange;
  readonly bytesPerSecond: number | undefined;
  readonly concurrency: number;
  readonly deleteReplayed: boolean;
  readonly dryRun: boolean;
}

/** What a replay works with. */
export interface Tools {
  readonly firehose: FirehoseClient;
  readonly s3: S3Client;
  readonly journal: Journal;
  readonly progress: Progress;
  readonly abortSignal: AbortSignal;
}

/** How many objects are tagged or deleted at once. */
const SETTLED_AT_ONCE = 16;

/** Puts the failed records of one stream back on it. */
export class StreamReplay {
  private readonly batches = new Batches();
  private readonly sender: Sender;
  private readonly tags: Tags;
  private readonly inProgress = new Map<BackupObject, ObjectProgress>();
  private readonly underWay = new Set<Promise<void>>();
  private failure: unknown;

  private readonly tally: StreamTally;

  public constructor(
    private readonly stream: StreamWithBackup,
    private readonly manner: Manner,
    private readonly tools: Tools,
  ) {
    const { firehose, s3, journal, abortSignal } = tools;
    const rateLimit = new RateLimit(manner.bytesPerSecond);
    this.sender = new Sender(firehose, stream.name, rateLimit, abortSignal, (items) => {
      this.accept(items);
    });
    this.tags = new Tags(s3);
    this.tally = emptyTally(stream.name, stream.destination.backup.bucket, journal.file);
  }

  /** Goes through the whole backup; what stopped it is in the tally. */
  public async run(): Promise<StreamTally> {
    try {
      await this.readAll();
      await this.submit(this.batches.rest());
    } catch (error) {
      this.failure ??= error;
    }
    await Promise.all(this.underWay);
    if (this.failure !== undefined) {
      this.tally.stopped = inWords("The replay", this.failure).message;
    }
    this.tally.tagging = this.tags.refused ?? null;
    return this.tally;
  }

  private async readAll(): Promise<void> {
    const { s3, abortSignal, progress } = this.tools;
    for await (const { object, content } of openObjects(s3, this.objectsToReplay(), abortSignal)) {
      try {
        await this.readObject(object, contentOf(content));
      } catch (error) {
        if (!(error instanceof CannotTell) || error instanceof Unusable || this.failure !== undefined) {
          throw error;
        }
        this.tally.denied.push({ what: object.key, reason: error.message });
      }
      progress.objectRead(object);
    }
  }

  /** The stream's own objects, without those that the journal says are settled. */
  private async *objectsToReplay(): AsyncGenerator<BackupObject> {
    const { s3, journal, progress, abortSignal } = this.tools;
    for await (const object of backupObjects(s3, this.stream.destination.backup, this.manner.range, abortSignal)) {
      const { settled } = journal.state(object);
      if (!holdsFailures(this.stream, object.key)) {
        this.tally.foreignObjects += 1;
      } else if (settled === undefined) {
        yield object;
      } else {
        await this.passOver(object, settled);
        progress.objectRead(object);
      }
    }
  }

  private async readObject(object: BackupObject, { tagCount, chunks, discard }: OpenObject): Promise<void> {
    const settled = await this.tags.settled(object, tagCount);
    if (settled !== undefined) {
      discard();
      await this.passOver(object, settled);
      return;
    }
    const { accepted } = this.tools.journal.state(object);
    const progress = new ObjectProgress(object, tagCount, accepted.size);
    this.inProgress.set(object, progress);
    this.tally.acceptedBefore += accepted.size;
    for await (const entry of entries(chunks)) {
      this.throwIfStopped();
      if (!accepted.has(entry.index)) {
        await this.take(entry, progress);
      }
    }
    progress.end();
    if (this.manner.dryRun) {
      this.inProgress.delete(object);
    } else {
      await this.settle([progress]);
    }
  }

  private async take(entry: Entry, progress: ObjectProgress): Promise<void> {
    const { object } = progress;
    const what = `${object.key} [${entry.index}]`;
    if (entry.kind === "corrupt") {
      progress.break();
      this.tally.broken.push({ what, reason: entry.reason });
      return;
    }
    const { index, record } = entry;
    const cause = diagnose(record.errorCode, record.errorMessage);
    if (cause.isPermanent || record.data.length > PUT_RECORD_BATCH.recordBytes) {
      progress.putAside();
      this.tally.setAside.push({
        what,
        reason: cause.isPermanent ? cause.title : "larger than a record of Firehose may be",
      });
      return;
    }
    progress.wait();
    if (this.manner.dryRun) {
      this.count([{ object, index, data: record.data }]);
    } else {
      await this.submit(this.batches.add({ object, index, data: record.data }));
    }
  }

  /** Starts to send a batch as soon as there is room for it. */
  private async submit(batch: readonly Item[]): Promise<void> {
    this.throwIfStopped();
    if (batch.length === 0) {
      return;
    }
    while (this.underWay.size >= this.manner.concurrency) {
      await Promise.race(this.underWay);
    }
    this.throwIfStopped();
    const sending: Promise<void> = this.deliver(batch)
      .catch((error: unknown) => {
        this.failure ??= error;
      })
      .finally(() => this.underWay.delete(sending));
    this.underWay.add(sending);
  }

  private async deliver(batch: readonly Item[]): Promise<void> {
    const refused = await this.sender.send(batch);
    const objects = new Set(batch.map(({ object }) => object));
    await this.settle([...objects].flatMap((object) => this.inProgress.get(object) ?? []));
    if (refused.length > 0) {
      this.tools.abortSignal.throwIfAborted();
    }
    for (const { item, reason } of refused) {
      this.tally.refused.push({ what: `${item.object.key} [${item.index}]`, reason });
    }
  }

  /** Remembers what was accepted, before anything else happens. */
  private accept(items: readonly Item[]): void {
    this.count(items);
    const places = new Map<BackupObject, number[]>();
    for (const { object, index } of items) {
      places
        .set(object, places.get(object) ?? [])
        .get(object)
        ?.push(index);
      this.inProgress.get(object)?.accept();
    }
    for (const [object, indexes] of places) {
      this.tools.journal.accept(object, indexes);
    }
  }

  private count(items: readonly Item[]): void {
    const bytes = items.reduce((sum, { data }) => sum + data.length, 0);
    this.tally.records += items.length;
    this.tally.bytes += bytes;
    this.tools.progress.recordsSent(items.length, bytes);
  }

  /** Settles those of which nothing waits any more. */
  private async settle(all: readonly ObjectProgress[]): Promise<void> {
    const ended = all.filter((progress) => progress.settled !== undefined && this.inProgress.delete(progress.object));
    for (let from = 0; from < ended.length; from += SETTLED_AT_ONCE) {
      await Promise.all(ended.slice(from, from + SETTLED_AT_ONCE).map((progress) => this.settleOne(progress)));
    }
  }

  private async settleOne({ object, tagCount, settled }: ObjectProgress): Promise<void> {
    if (settled === undefined) {
      return;
    }
    this.tools.journal.settle(object, settled);
    this.tally.objects += isReplayed(settled) ? 1 : 0;
    if (!(isReplayed(settled) && (await this.deletes(object)))) {
      await this.tags.settle(object, tagCount, settled);
    }
  }

  /** An object that an earlier run settled. */
  private async passOver(object: BackupObject, settled: Settled): Promise<void> {
    const { setAside, broken } = settled;
    if (isReplayed(settled)) {
      this.tally.replayedBefore += 1;
      if (!this.manner.dryRun) {
        await this.deletes(object);
      }
      return;
    }
    const earlier = "found by an earlier run";
    if (setAside > 0) {
      this.tally.setAside.push({ what: object.key, reason: `${setAside} records, ${earlier}` });
    }
    if (broken > 0) {
      this.tally.broken.push({ what: object.key, reason: `${broken} entries, ${earlier}` });
    }
  }

  private async deletes(object: BackupObject): Promise<boolean> {
    if (!this.manner.deleteReplayed) {
      return false;
    }
    try {
      await this.tags.delete(object);
      this.tally.deleted += 1;
      return true;
    } catch (error) {
      this.tally.denied.push({ what: object.key, reason: inWords("s3:DeleteObject", error).message });
      return false;
    }
  }

  private throwIfStopped(): void {
    this.tools.abortSignal.throwIfAborted();
    if (this.failure !== undefined) {
      throw this.failure instanceof Error ? this.failure : new CannotTell("The replay stopped.");
    }
  }
}
