import { toUserError, UnrecoverableError } from "../aws/call";
import type { S3Context } from "../aws/context";
import type { StreamWithBackup } from "../aws/find-streams";
import { type Entry, entryBatches } from "../backup/entries";
import { dataOf } from "../backup/failed-record";
import { fixedPrefix, keyKind } from "../backup/keys";
import { listBackupObjects, type BackupObject } from "../backup/objects";
import { contentOrThrow, openObjects, type ObjectContent } from "../backup/open-objects";
import { decodePayload } from "../backup/payload";
import { CappedList } from "../capped-list";
import { UndeterminedError } from "../exit-codes";
import type { TimeRange } from "../time";
import type { FollowedObjects } from "./followed-objects";
import type { RecordLimit } from "./record-limit";
import type { FailuresReport, Findings, ShownRecord, StreamFindings, UnreadablePart } from "./report";
import { Tally } from "./tally";

/** What to read, and how many records to list. */
export interface ReadingOptions {
  readonly range: TimeRange;
  /** Limits the failed records that are listed. */
  readonly limit: RecordLimit;
  /** Skips objects that earlier readings read; undefined where there are none. */
  readonly followed: FollowedObjects | undefined;
}

type MutableFindings = { -readonly [Key in keyof StreamFindings]: StreamFindings[Key] };

/** Reads the backup of the streams once. */
export class BackupReading {
  private readonly tally = new Tally();
  private readonly streams = new Array<MutableFindings>();
  private shown = 0;

  public constructor(
    private readonly context: S3Context,
    private readonly options: ReadingOptions,
    private readonly report: Pick<FailuresReport, "record">,
  ) {}

  public async run(streams: readonly StreamWithBackup[]): Promise<Findings> {
    let stopped: Error | null = null;
    try {
      for (const stream of streams) {
        await this.readStream(stream);
      }
    } catch (error) {
      // The report of what was read so far is still useful.
      stopped = toUserError("Reading the backup", error);
    }
    return { streams: this.streams, causes: this.tally.causes, shown: this.shown, stopped };
  }

  private async readStream(stream: StreamWithBackup): Promise<void> {
    const findings = emptyFindings(stream);
    this.streams.push(findings);
    for await (const { object, content } of openObjects(this.context, this.failedObjects(stream, findings))) {
      try {
        await this.readObject(findings, object, contentOrThrow(content));
      } catch (error) {
        if (!(error instanceof UndeterminedError) || error instanceof UnrecoverableError) {
          throw error;
        }
        findings.unreadable.add(() => ({ key: object.key, reason: error.message }));
      }
      this.options.followed?.add(object);
    }
    this.context.abortSignal.throwIfAborted();
    findings.isComplete = true;
  }

  private async readObject(findings: MutableFindings, { key }: BackupObject, { chunks }: ObjectContent): Promise<void> {
    let isCounted = false;
    for await (const batch of entryBatches(chunks)) {
      this.context.abortSignal.throwIfAborted();
      findings.objects += isCounted ? 0 : 1;
      isCounted = true;
      for (const entry of batch) {
        const shown = this.readEntry(findings, key, entry);
        // Most records are not shown: awaiting nothing would cost as much as reading a small record.
        if (shown !== undefined) {
          await shown;
        }
      }
    }
    // An object without entries is counted too, but not an unreadable one.
    findings.objects += isCounted ? 0 : 1;
  }

  private readEntry(findings: MutableFindings, key: string, entry: Entry): Promise<void> | undefined {
    if (entry.kind === "corrupt") {
      findings.corrupt.add(() => ({ key, reason: `entry ${entry.index}: ${entry.reason}` }));
      return undefined;
    }
    findings.failedRecords += 1;
    const { index, record } = entry;
    const { id: causeId } = this.tally.add(findings.stream, record);
    if (!this.options.limit.take()) {
      return undefined;
    }
    this.shown += 1;
    return this.show({ stream: findings.stream, key, index, record, causeId });
  }

  private async show(shown: Omit<ShownRecord, "payload">): Promise<void> {
    await this.report.record({ ...shown, payload: await decodePayload(dataOf(shown.record)) });
  }

  private async *failedObjects(stream: StreamWithBackup, findings: MutableFindings): AsyncGenerator<BackupObject> {
    const { range, followed } = this.options;
    for await (const object of listBackupObjects(this.context, stream.destination.backup, range)) {
      if (followed?.isRead(object) === true) {
        continue;
      }
      const kind = keyKind(stream, object.key);
      if (kind === "failed") {
        yield object;
        continue;
      }
      findings.deliveredObjects += kind === "delivered" ? 1 : 0;
      findings.foreignObjects += kind === "delivered" ? 0 : 1;
    }
  }
}

function emptyFindings({ name, region, destination: { backup } }: StreamWithBackup): MutableFindings {
  return {
    stream: name,
    region,
    location: `s3://${backup.bucket}/${fixedPrefix(backup)}`,
    objects: 0,
    failedRecords: 0,
    corrupt: new CappedList<UnreadablePart>(),
    unreadable: new CappedList<UnreadablePart>(),
    foreignObjects: 0,
    deliveredObjects: 0,
    isComplete: false,
  };
}
