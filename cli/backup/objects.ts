import { ListObjectsV2Command, type S3Client } from "@aws-sdk/client-s3";
import { call } from "../aws/call";
import type { Backup, DeliveryStream } from "../aws/delivery-stream";
import { CannotTell } from "../exit-codes";
import type { TimeRange } from "../time";

/** An object in the backup bucket. */
export interface BackupObject {
  readonly bucket: string;
  readonly key: string;
  readonly etag: string;
  /** In bytes, as it is stored. */
  readonly size: number;
}

/** The part of a backup prefix that is the same for every object, without AWS's expressions such as `!{timestamp:yyyy}`. */
function fixedPrefix({ prefix, errorOutputPrefix }: Pick<Backup, "prefix" | "errorOutputPrefix">): string {
  const whole = errorOutputPrefix === "" ? prefix : errorOutputPrefix;
  return whole.split("!{")[0] ?? "";
}

/**
 * Whether Firehose wrote this object for what this stream could not deliver. The key must be one that Firehose makes
 * of the stream's own prefix: a bucket may hold other deployments, with streams of the same name under other prefixes.
 */
export function holdsFailures({ name, destination }: DeliveryStream, key: string): boolean {
  if (destination === undefined) {
    return false;
  }
  const { backup } = destination;
  const pattern = patterns.get(backup) ?? keyPattern(name, backup);
  patterns.set(backup, pattern);
  return pattern.test(key);
}

const patterns = new WeakMap<Backup, RegExp>();

const ERROR_TYPE = "[a-z0-9-]+-failed/";
const HOUR = "([0-9]{4}/[0-9]{2}/[0-9]{2}/[0-9]{2}/)?";

/** The keys of failed data. Source: Amazon Data Firehose, "Understand custom prefixes for Amazon S3 objects". */
function keyPattern(name: string, { mode, prefix, errorOutputPrefix }: Backup): RegExp {
  // With AllData, delivered data is in the bucket too, without the type of an error.
  const errorType = mode === "AllData" ? ERROR_TYPE : `(${ERROR_TYPE})?`;
  const folder = errorOutputPrefix === "" ? `${evaluated(prefix)}${errorType}` : evaluated(errorOutputPrefix);
  return new RegExp(`^${folder}${HOUR}${escaped(name)}-[0-9]+-[0-9]{4}(-[0-9]{2}){5}-[^/]*$`);
}

/** What a prefix becomes, with its expressions evaluated. Every part is bounded: the keys may be anybody's. */
const evaluated = (prefix: string): string =>
  prefix
    .split(/(!\{[^}]*\})/)
    .map((part) => (part.startsWith("!{") ? expression(part.slice(2, -1)) : escaped(part)))
    .join("");

function expression(text: string): string {
  const [namespace = "", ...rest] = text.split(":");
  if (namespace === "firehose") {
    return "[A-Za-z0-9-]{1,64}";
  }
  if (namespace !== "timestamp") {
    return "[^/]{1,128}";
  }
  // Java's DateTimeFormatter: runs of letters are fields, text in quotes and everything else stands for itself.
  const parts = rest.join(":").match(/'[^']*'|([A-Za-z])\1*|[^A-Za-z']+/g) ?? [];
  return parts
    .map((part) =>
      /^[A-Za-z]/.test(part) ? `[0-9A-Za-z+:]{1,${part.length + 8}}` : escaped(part.replace(/^'(.*)'$/, "$1")),
    )
    .join("");
}

const escaped = (text: string): string => text.replace(/[.*+?^${}()|[\]\\]/g, "\\$&");

/** Every object under the stream's backup prefix, in the order of the keys, which is the order of time. */
export async function* backupObjects(
  s3: S3Client,
  { bucket, ...backup }: Backup,
  { since, until }: TimeRange,
  abortSignal: AbortSignal,
): AsyncGenerator<BackupObject> {
  let token: string | undefined;
  do {
    const command = new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: fixedPrefix(backup),
      ContinuationToken: token,
    });
    const page = await call(`s3:ListBucket on ${bucket}`, s3.send(command, { abortSignal }));
    if (page === undefined) {
      throw new CannotTell(`The backup bucket ${bucket} does not exist. Run kloudfuse-firehose verify.`);
    }
    for (const { Key = "", ETag = "", Size = 0, LastModified = new Date(0) } of page.Contents ?? []) {
      if ((since === undefined || LastModified >= since) && (until === undefined || LastModified <= until)) {
        yield { bucket, key: Key, etag: ETag, size: Size };
      }
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
}
