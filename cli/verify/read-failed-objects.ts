import {
  type ListObjectsV2CommandInput,
  type ListObjectsV2CommandOutput,
  paginateListObjectsV2,
} from "@aws-sdk/client-s3";
import { INPUTS } from "../../modules/inputs";
import type { VerifyContext } from "./context";
import type { Backup, DeliveryStream } from "../aws/delivery-stream";
import type { StreamWithBackup } from "../aws/find-streams";
import { pagesOf } from "../aws/pages";
import { fixedPrefix, keyKind } from "../backup/keys";
import { MINUTE_MS } from "../time";
import { HEALTHY } from "./healthy";

/** The objects with failed records of a stream, as far as they were listed. */
export interface FailedObjects {
  /** Objects that were written within the window of the metrics. */
  readonly recent: number;
  readonly older: number;
  /** Objects with keys that Firehose builds for none of the checked streams. */
  readonly foreign: number;
  /** When the newest was written, in milliseconds; undefined when there is none. */
  readonly newest: number | undefined;
  /** Whether every object was listed. */
  readonly isComplete: boolean;
  /** Whether every object of the window was listed. */
  readonly isRecentComplete: boolean;
}

/** Our choice: five pages of S3 take a second or two. */
const MAX_KEYS = 5000;
const MAX_KEYS_OF_PAGE = 1000;

/**
 * Lists the objects with failed records of a stream, up to a limit. If the keys contain the time, lists the last hours
 * first, then older objects.
 *
 * @param others all checked streams: their objects are not foreign
 * @returns undefined when there is no such bucket
 */
export async function readFailedObjects(
  context: Pick<VerifyContext, "s3" | "now">,
  stream: StreamWithBackup,
  others: readonly DeliveryStream[],
): Promise<FailedObjects | undefined> {
  const listing = new Listing(context, stream, others);
  const isRecentComplete = isByTime(stream.destination.backup)
    ? await listing.listNewestFirst()
    : await listing.listAll();
  return isRecentComplete === undefined ? undefined : listing.result(isRecentComplete);
}

/**
 * Whether the keys in a folder are chronological: Firehose's own `YYYY/MM/DD/HH`, or the same as an expression,
 * preceded by the error type at most.
 */
export function isByTime(backup: Pick<Backup, "prefix" | "errorOutputPrefix">): boolean {
  const whole = backup.errorOutputPrefix === "" ? backup.prefix : backup.errorOutputPrefix;
  const expressions = whole.slice(fixedPrefix(backup).length).replace(/^!\{firehose:error-output-type\}\/?/, "");
  const time = expressions.replaceAll("}/!{timestamp:", "/");
  return /^(?:!\{timestamp:yyyy\/MM\/dd(?:\/HH)?\}\/?)?$/.test(time);
}

const ERROR_FOLDER = /[_-]failed\/$/;
const YEAR_FOLDER = /[0-9]{4}\/$/;

/** A folder whose keys continue with the time. */
interface Folder {
  readonly prefix: string;
  /** The first key that an object of the window can have. */
  readonly start: string;
}

/** One listing, up to the limit of keys. */
class Listing {
  private left = MAX_KEYS;
  private recent = 0;
  private older = 0;
  private foreign = 0;
  private newest: number | undefined;
  private isComplete = true;
  private readonly prefix: string;
  private readonly windowStart: number;
  /** The hour of the oldest record that an object of the window can hold. */
  private readonly firstHour: string;

  public constructor(
    private readonly context: Pick<VerifyContext, "s3" | "now">,
    private readonly stream: StreamWithBackup,
    private readonly others: readonly DeliveryStream[],
  ) {
    const { backup, retryDurationSeconds } = stream.destination;
    this.prefix = fixedPrefix(backup);
    this.windowStart = context.now.getTime() - HEALTHY.windowMinutes * MINUTE_MS;
    const seconds = (retryDurationSeconds ?? INPUTS.retryDurationSeconds.default) + HEALTHY.maxBackupSeconds;
    const oldest = new Date(this.windowStart - (seconds + HEALTHY.slackSeconds) * 1000);
    this.firstHour = oldest.toISOString().slice(0, "2026-01-31T12".length).replaceAll(/[-T]/g, "/");
  }

  /** Lists all keys in their order. @returns whether all were listed; undefined when there is no such bucket */
  public async listAll(): Promise<boolean | undefined> {
    return await this.list({ Prefix: this.prefix });
  }

  /** @returns whether all of the window were listed; undefined when there is no such bucket */
  public async listNewestFirst(): Promise<boolean | undefined> {
    const folders = await this.folders(this.prefix);
    if (folders === undefined) {
      return undefined;
    }
    let isRecentComplete = this.isComplete;
    for (const { prefix, start } of folders) {
      isRecentComplete = (await this.list({ Prefix: prefix, StartAfter: start })) === true && isRecentComplete;
    }
    for (const { prefix, start } of folders) {
      await this.list({ Prefix: prefix }, start);
    }
    return isRecentComplete;
  }

  public result(isRecentComplete: boolean): FailedObjects {
    const { recent, older, foreign, newest, isComplete } = this;
    return { recent, older, foreign, newest, isComplete, isRecentComplete };
  }

  /** The folders of error types and, if delivered data is not backed up, of years; counts the objects beside them. */
  private async folders(prefix: string): Promise<Folder[] | undefined> {
    const { value: page } = await this.pages({ Prefix: prefix, Delimiter: "/" }).next();
    if (page === undefined) {
      return undefined;
    }
    this.isComplete &&= page.NextContinuationToken === undefined;
    this.count(page);
    const names = (page.CommonPrefixes ?? []).flatMap(({ Prefix = "" }) => Prefix);
    const { mode, errorOutputPrefix } = this.stream.destination.backup;
    const hasDelivered = mode === "AllData" && errorOutputPrefix === "";
    // AWS's documentation does not say whether a slash follows a prefix without one.
    const below = names.includes(`${prefix}/`) && !prefix.endsWith("/") ? await this.folders(`${prefix}/`) : [];
    return [
      ...names.filter((name) => ERROR_FOLDER.test(name)).map((name) => this.folder(name, name)),
      ...names
        .filter((name) => YEAR_FOLDER.test(name) && !hasDelivered)
        .map((name) => this.folder(name, name.replace(YEAR_FOLDER, ""))),
      ...(below ?? []),
    ];
  }

  private readonly folder = (prefix: string, beforeTime: string): Folder => ({
    prefix,
    start: `${beforeTime}${this.firstHour}`,
  });

  /** @param end stops at this key */
  private async list(input: Partial<ListObjectsV2CommandInput>, end?: string): Promise<boolean | undefined> {
    for await (const page of this.left > 0 ? this.pages(input) : []) {
      if (page === undefined) {
        return undefined;
      }
      if (this.count(page, end) || page.NextContinuationToken === undefined) {
        return true;
      }
      if (this.left <= 0) {
        break;
      }
    }
    this.isComplete = false;
    return false;
  }

  private pages(input: Partial<ListObjectsV2CommandInput>): ReturnType<typeof pagesOf<ListObjectsV2CommandOutput>> {
    const { s3: client } = this.context;
    const { bucket } = this.stream.destination.backup;
    const pages = paginateListObjectsV2({ client }, { Bucket: bucket, MaxKeys: MAX_KEYS_OF_PAGE, ...input });
    return pagesOf(`s3:ListBucket on ${bucket}`, pages);
  }

  /** Counts the objects of a page. @returns whether it reaches the end */
  private count({ Contents = [], CommonPrefixes = [] }: ListObjectsV2CommandOutput, end?: string): boolean {
    this.left -= Contents.length + CommonPrefixes.length;
    for (const { Key = "", LastModified } of Contents) {
      if (end !== undefined && Key > end) {
        return true;
      }
      this.countObject(Key, LastModified?.getTime() ?? 0);
    }
    return false;
  }

  private countObject(key: string, time: number): void {
    const kind = keyKind(this.stream, key);
    if (kind === "foreign" && this.others.every((other) => keyKind(other, key) === "foreign")) {
      this.foreign++;
    }
    if (kind !== "failed") {
      return;
    }
    this.newest = Math.max(this.newest ?? 0, time);
    if (time >= this.windowStart) {
      this.recent++;
    } else {
      this.older++;
    }
  }
}
