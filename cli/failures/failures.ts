import { FirehoseClient } from "@aws-sdk/client-firehose";
import { S3Client } from "@aws-sdk/client-s3";
import { once } from "node:events";
import { type StreamWithBackup, streamsWithBackup } from "../aws/find-streams";
import { bucketSettings, clientSettings } from "../aws/settings";
import { type Entry, entryBatches } from "../backup/entries";
import { fixedPrefix, keyKind } from "../backup/keys";
import { backupObjects, type BackupObject } from "../backup/objects";
import { contentOf, openObjects, type OpenObject } from "../backup/open-objects";
import { payload } from "../backup/payload";
import { toUserError, UnrecoverableError } from "../aws/call";
import { UndeterminedError, EXIT } from "../exit-codes";
import { interruption } from "../interrupt";
import { CappedList } from "../capped-list";
import { plural, wholeNumber } from "../numbers";
import type { Format, StreamOptions } from "../options";
import { timeRange, type TimeRange } from "../time";
import { jsonReport } from "./json-report";
import type { Damage, Report, ShownRecord, Write } from "./report";
import { tableReport } from "./table-report";
import { Tally } from "./tally";

export interface FailuresOptions extends StreamOptions {
  readonly format: Format;
  readonly since?: string;
  readonly until?: string;
  readonly limit: string;
}

/**
 * Decodes the failed records in the streams' backup, and returns the exit code.
 *
 * @throws UnusableInput when an option is invalid
 * @throws UndeterminedError when AWS does not describe the streams
 */
export async function failures(options: FailuresOptions): Promise<number> {
  const limit = wholeNumber("--limit", options.limit, 0, 1_000_000_000);
  const range = timeRange(options, new Date());
  const abortSignal = interruption();
  const streams = await streamsWithBackup(new FirehoseClient(clientSettings(options)), options, abortSignal);
  const write: Write = async (text) => {
    if (!process.stdout.write(text)) {
      await once(process.stdout, "drain");
    }
  };
  const report = options.format === "json" ? jsonReport(write) : tableReport(write);
  const reading = new Reading(new S3Client(bucketSettings(options)), limit, report, abortSignal);
  return await reading.run(streams, range);
}

/** One reading of the backup from its beginning to its end. */
class Reading {
  private readonly tally = new Tally();
  private readonly corrupt = new CappedList<Damage>();
  private readonly unreadable = new CappedList<Damage>();
  private objects = 0;
  private failedRecords = 0;
  private shown = 0;
  private foreignObjects = 0;
  private deliveredObjects = 0;
  private readonly undetermined = new Array<string>();

  public constructor(
    private readonly s3: S3Client,
    private readonly limit: number,
    private readonly report: Report,
    private readonly abortSignal: AbortSignal,
  ) {}

  public async run(streams: readonly StreamWithBackup[], range: TimeRange): Promise<number> {
    let stopped: string | null = null;
    try {
      for (const stream of streams) {
        await this.readStream(stream, range);
      }
    } catch (error) {
      // The report of what was read so far is still useful.
      stopped = toUserError("Reading the backup", error).message;
    }
    const { corrupt, unreadable, objects, failedRecords, shown, foreignObjects, deliveredObjects, undetermined } = this;
    const counts = { objects, failedRecords, shown, foreignObjects, deliveredObjects };
    await this.report.end({ causes: this.tally.causes, corrupt, unreadable, ...counts, undetermined, stopped });
    if (stopped !== null) {
      throw new UndeterminedError(stopped);
    }
    if (failedRecords + corrupt.count > 0) {
      return EXIT.problem;
    }
    return unreadable.count + undetermined.length > 0 ? EXIT.undetermined : EXIT.healthy;
  }

  private async readStream(stream: StreamWithBackup, range: TimeRange): Promise<void> {
    const [objectsBefore, foreignBefore] = [this.objects + this.unreadable.count, this.foreignObjects];
    for await (const { object, content } of openObjects(this.s3, this.own(stream, range), this.abortSignal)) {
      try {
        await this.readObject(stream.name, object, contentOf(content));
      } catch (error) {
        if (!(error instanceof UndeterminedError) || error instanceof UnrecoverableError) {
          throw error;
        }
        this.unreadable.push({ key: object.key, reason: error.message });
      }
    }
    this.abortSignal.throwIfAborted();
    if (this.objects + this.unreadable.count === objectsBefore && this.foreignObjects > foreignBefore) {
      this.undetermined.push(onlyForeign(stream, this.foreignObjects - foreignBefore));
    }
  }

  private async readObject(stream: string, { key }: BackupObject, { chunks }: OpenObject): Promise<void> {
    let isCounted = false;
    for await (const batch of entryBatches(chunks)) {
      this.abortSignal.throwIfAborted();
      this.objects += isCounted ? 0 : 1;
      isCounted = true;
      for (const entry of batch) {
        const shown = this.readEntry(stream, key, entry);
        // Most are not shown: to wait for nothing costs as much as to read a small record.
        if (shown !== undefined) {
          await shown;
        }
      }
    }
    // An object without an entry counts too, an unreadable one does not.
    this.objects += isCounted ? 0 : 1;
  }

  private readEntry(stream: string, key: string, entry: Entry): Promise<void> | undefined {
    if (entry.kind === "corrupt") {
      this.corrupt.push({ key, reason: `entry ${entry.index}: ${entry.reason}` });
      return undefined;
    }
    this.failedRecords += 1;
    const { index, record } = entry;
    const { id: causeId } = this.tally.add(stream, record);
    if (this.shown >= this.limit) {
      return undefined;
    }
    this.shown += 1;
    return this.show({ stream, key, index, record, causeId });
  }

  private async show(shown: Omit<ShownRecord, "payload">): Promise<void> {
    await this.report.record({ ...shown, payload: await payload(shown.record.data) });
  }

  private async *own(stream: StreamWithBackup, range: TimeRange): AsyncGenerator<BackupObject> {
    for await (const object of backupObjects(this.s3, stream.destination.backup, range, this.abortSignal)) {
      const kind = keyKind(stream, object.key);
      if (kind === "failed") {
        yield object;
      } else if (kind === "delivered") {
        this.deliveredObjects += 1;
      } else {
        this.foreignObjects += 1;
      }
    }
  }
}

/** Where there are objects and none is the stream's, its prefix may have changed: that is no success. */
function onlyForeign({ name, destination: { backup } }: StreamWithBackup, count: number): string {
  const found = `${plural(count, "object")} under s3://${backup.bucket}/${fixedPrefix(backup)}`;
  return `${name}: ${found}, and no key is one that Firehose builds for failed records of this stream. It could not be determined whether records failed: check the stream's name and its backup prefixes.`;
}
