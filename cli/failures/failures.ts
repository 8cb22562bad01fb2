import { FirehoseClient } from "@aws-sdk/client-firehose";
import { S3Client } from "@aws-sdk/client-s3";
import { once } from "node:events";
import { type StreamWithBackup, streamsWithBackup } from "../aws/find-streams";
import { bucketSettings, clientSettings } from "../aws/settings";
import { entries } from "../backup/entries";
import { backupObjects, type BackupObject, holdsFailures } from "../backup/objects";
import { given, openObjects, type OpenObject } from "../backup/open-objects";
import { payload } from "../backup/payload";
import { inWords, Unusable } from "../aws/call";
import { CannotTell, EXIT } from "../exit-codes";
import { interruption } from "../interrupt";
import { Named } from "../named";
import { wholeNumber } from "../numbers";
import type { Format, StreamOptions } from "../options";
import { timeRange, type TimeRange } from "../time";
import { jsonReport } from "./json-report";
import type { Damage, Report, Write } from "./report";
import { tableReport } from "./table-report";
import { Tally } from "./tally";

export interface FailuresOptions extends StreamOptions {
  readonly format: Format;
  readonly since?: string;
  readonly until?: string;
  readonly limit: string;
}

/**
 * Decodes what lies in the streams' backup, and says how the command ends.
 *
 * @throws UnusableInput when an option cannot be used
 * @throws CannotTell when AWS does not describe the streams
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
  private readonly broken = new Named<Damage>();
  private readonly unreadable = new Named<Damage>();
  private objects = 0;
  private failedRecords = 0;
  private shown = 0;
  private foreignObjects = 0;

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
      // What was read until here is worth having.
      stopped = inWords("Reading the backup", error).message;
    }
    const { broken, unreadable, objects, failedRecords, shown, foreignObjects } = this;
    const { causes } = this.tally;
    await this.report.end({ causes, broken, unreadable, objects, failedRecords, shown, foreignObjects, stopped });
    if (stopped !== null) {
      throw new CannotTell(stopped);
    }
    return failedRecords + broken.count > 0 ? EXIT.problem : unreadable.count > 0 ? EXIT.cannotTell : EXIT.healthy;
  }

  private async readStream(stream: StreamWithBackup, range: TimeRange): Promise<void> {
    for await (const { object, content } of openObjects(this.s3, this.own(stream, range), this.abortSignal)) {
      try {
        await this.readObject(stream.name, object, given(content));
      } catch (error) {
        if (!(error instanceof CannotTell) || error instanceof Unusable) {
          throw error;
        }
        this.unreadable.push({ key: object.key, reason: error.message });
      }
    }
    this.abortSignal.throwIfAborted();
  }

  private async readObject(stream: string, { key }: BackupObject, { chunks }: OpenObject): Promise<void> {
    this.objects += 1;
    for await (const entry of entries(chunks)) {
      this.abortSignal.throwIfAborted();
      if (entry.kind === "broken") {
        this.broken.push({ key, reason: `entry ${entry.index}: ${entry.reason}` });
        continue;
      }
      this.failedRecords += 1;
      const { index, record } = entry;
      const { id: causeId } = this.tally.add(stream, record);
      if (this.shown < this.limit) {
        this.shown += 1;
        await this.report.record({ stream, key, index, record, causeId, payload: await payload(record.data) });
      }
    }
  }

  private async *own(stream: StreamWithBackup, range: TimeRange): AsyncGenerator<BackupObject> {
    for await (const object of backupObjects(this.s3, stream.destination.backup, range, this.abortSignal)) {
      if (holdsFailures(stream, object.key)) {
        yield object;
      } else {
        this.foreignObjects += 1;
      }
    }
  }
}
