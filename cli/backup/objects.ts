import { paginateListObjectsV2 } from "@aws-sdk/client-s3";
import type { S3Context } from "../aws/context";
import type { Backup } from "../aws/delivery-stream";
import { pagesOf } from "../aws/pages";
import { UndeterminedError } from "../exit-codes";
import type { TimeRange } from "../time";
import { fixedPrefix } from "./keys";

export { holdsFailures } from "./keys";

/** An object in the backup bucket. */
export interface BackupObject {
  readonly bucket: string;
  readonly key: string;
  readonly etag: string;
  /** In bytes, as it is stored. */
  readonly size: number;
}

/** Lists the objects under the stream's backup prefix in the order of their keys, which is chronological. */
export async function* listBackupObjects(
  { s3: client }: Pick<S3Context, "s3">,
  { bucket, ...backup }: Backup,
  { since, until }: TimeRange,
): AsyncGenerator<BackupObject> {
  const pages = paginateListObjectsV2({ client }, { Bucket: bucket, Prefix: fixedPrefix(backup) });
  for await (const page of pagesOf(`s3:ListBucket on ${bucket}`, pages)) {
    if (page === undefined) {
      throw new UndeterminedError(`The backup bucket ${bucket} does not exist. Run kloudfuse-firehose verify.`);
    }
    for (const { Key = "", ETag = "", Size = 0, LastModified = new Date(0) } of page.Contents ?? []) {
      if ((since === undefined || LastModified >= since) && (until === undefined || LastModified <= until)) {
        yield { bucket, key: Key, etag: ETag, size: Size };
      }
    }
  }
}
