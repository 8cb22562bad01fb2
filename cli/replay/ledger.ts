import type { BackupObject } from "../backup/objects";
import type { Batch } from "./batch";
import { ObjectMarker } from "./object-marker";
import type { AttemptEvent, ObjectRead, ReadEvent, ReplayEvent } from "./events";
import type { Journal } from "./journal";
import { acceptedLine, completeLine, idOf } from "./journal-format";
import { isReplayed, type ReplayOutcome } from "./outcome";
import { type Refusal, refusalIn } from "./refusal";
import { ReservedJournal } from "./reserved-journal";
import { countAttempt, countRead, emptySummary, type StreamSummary } from "./summary";
import type { Tags } from "./tags";

export interface LedgerOptions {
  readonly streamName: string;
  readonly bucket: string;
  readonly deleteReplayed: boolean;
  /** Whether to count only, without recording. */
  readonly dryRun: boolean;
}

/** Progress of an object that is not complete yet. */
interface ObjectProgress {
  /** Number of accepted records, including those of earlier runs. */
  accepted: number;
  /** Undefined until the object was read completely. */
  read: ObjectRead | undefined;
}

/** Records everything that happens: in the journal, in the tags of the objects, and in the summary. */
export class Ledger {
  public readonly summary: StreamSummary;
  /** Objects that have nothing left to do, and their bytes in S3. */
  public readonly finished = { objects: 0, bytes: 0 };
  private readonly inProgress = new Map<BackupObject, ObjectProgress>();
  private readonly reserved: ReservedJournal;
  private readonly marker: ObjectMarker;
  private latestRefusal: Refusal | undefined;

  public constructor(
    private readonly journal: Journal,
    private readonly tags: Tags,
    private readonly options: LedgerOptions,
  ) {
    this.summary = emptySummary(options.streamName, options.bucket, journal.file);
    this.reserved = new ReservedJournal(journal);
    this.marker = new ObjectMarker(tags, options.deleteReplayed, this.summary);
  }

  /** What Firehose refused in the latest request; undefined if it accepted everything. */
  public get refusal(): Refusal | undefined {
    return this.latestRefusal;
  }

  /** The outcome of an object that earlier runs on this machine completed. */
  public completedBefore(object: BackupObject): ReplayOutcome | undefined {
    return this.journal.state(object).outcome;
  }

  /** The indexes of the records that earlier runs on this machine sent. */
  public acceptedBefore(object: BackupObject): ReadonlySet<number> {
    return this.journal.state(object).accepted;
  }

  /**
   * The outcome that a run on another machine wrote on the object.
   *
   * @throws UndeterminedError when there are tags and they cannot be read
   */
  public async completedElsewhere(object: BackupObject, tagCount: number): Promise<ReplayOutcome | undefined> {
    const outcome = await this.tags.outcome(object, tagCount);
    // This machine retries entries that it could not read: its journal has the records that it sent.
    return outcome !== undefined && outcome.corrupt > 0 && this.acceptedBefore(object).size > 0 ? undefined : outcome;
  }

  /**
   * Makes sure, before the first request for a batch, that the acceptance of its records can be recorded.
   *
   * @throws UndeterminedError when the disk is full, or nothing may be sent any more
   */
  public reserve(batch: Batch): void {
    this.assertMaySend();
    this.reserved.reserve(batch);
  }

  /**
   * Is called right before each request.
   *
   * @throws UndeterminedError when the journal cannot be written, another process has taken it over, or another machine
   *   replays the same objects
   */
  public assertMaySend(): void {
    this.marker.throwError();
    this.reserved.assertUsable();
  }

  /**
   * Records events, before it first waits for anything. When that fails, nothing more is sent: what is in flight then
   * may still be recorded.
   */
  public async record(events: readonly ReplayEvent[]): Promise<void> {
    const accepted = new Map<BackupObject, number[]>();
    const readToEnd = new Set<BackupObject>();
    for (const event of events) {
      if (event.kind === "attempt") {
        this.recordAttempt(event, accepted);
      } else {
        this.recordRead(event, readToEnd);
      }
    }
    if (this.options.dryRun) {
      return;
    }
    await this.write(accepted, new Set([...accepted.keys(), ...readToEnd]));
    for (const event of events) {
      if (event.kind === "completed before" && isReplayed(event.outcome)) {
        await this.marker.deleteReplayedBefore(event.object);
      }
    }
  }

  /** Waits for the last tags. @throws UndeterminedError when something could not be recorded */
  public async finish(): Promise<void> {
    await this.marker.drain();
    this.reserved.throwError();
    this.marker.throwError();
  }

  /** Waits for the tags in flight, after an error. */
  public async abandon(): Promise<void> {
    await this.marker.drain();
  }

  private recordAttempt(event: AttemptEvent, accepted: Map<BackupObject, number[]>): void {
    countAttempt(this.summary, event);
    if (event.isLast || event.refused.length === 0) {
      this.reserved.release(event.batch);
    }
    this.latestRefusal = refusalIn(event);
    for (const { object, index } of event.accepted) {
      const indexes = accepted.get(object) ?? [];
      indexes.push(index);
      accepted.set(object, indexes);
      this.progressOf(object).accepted += 1;
    }
  }

  private recordRead(event: ReadEvent, readToEnd: Set<BackupObject>): void {
    countRead(this.summary, event);
    if (event.kind === "object read") {
      this.progressOf(event.object).read = event;
      readToEnd.add(event.object);
    } else if (event.kind === "unreadable" || event.kind === "completed before") {
      this.countFinished(event.object);
    }
  }

  private async write(accepted: ReadonlyMap<BackupObject, number[]>, changed: Iterable<BackupObject>): Promise<void> {
    const lines = new Array<string>();
    const complete = new Array<readonly [BackupObject, ReplayOutcome]>();
    for (const object of changed) {
      const outcome = outcomeOf(this.progressOf(object));
      const indexes = accepted.get(object) ?? [];
      // An object with corrupt entries is never complete in the journal: a later version may be able to read them.
      if (outcome?.corrupt === 0 && (indexes.length > 0 || this.reserved.isIntact)) {
        lines.push(completeLine(idOf(object), outcome));
      } else if (indexes.length > 0) {
        lines.push(acceptedLine(idOf(object), indexes));
      }
      if (outcome !== undefined) {
        complete.push([object, outcome]);
      }
    }
    if (!(await this.reserved.append(lines.join("")))) {
      return;
    }
    for (const [object, outcome] of complete) {
      this.inProgress.delete(object);
      this.countFinished(object);
      this.summary.objects += isReplayed(outcome) ? 1 : 0;
      await this.marker.mark(object, outcome);
    }
  }

  private countFinished({ size }: BackupObject): void {
    this.finished.objects += 1;
    this.finished.bytes += size;
  }

  private progressOf(object: BackupObject): ObjectProgress {
    const known = this.inProgress.get(object);
    if (known !== undefined) {
      return known;
    }
    const before = this.acceptedBefore(object).size;
    this.summary.acceptedBefore += before;
    const progress: ObjectProgress = { accepted: before, read: undefined };
    this.inProgress.set(object, progress);
    return progress;
  }
}

/** Undefined until the object was read to its end and every record was accepted. */
function outcomeOf({ accepted, read }: ObjectProgress): ReplayOutcome | undefined {
  return read?.records === accepted ? { accepted, skipped: read.skipped, corrupt: read.corrupt } : undefined;
}
