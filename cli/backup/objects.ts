import { ListObjectsV2Command } from "@aws-sdk/client-s3";
import { call } from "../aws/call";
import type { S3Context } from "../aws/context";
import type { Backup } from "../aws/delivery-stream";
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

/** Every object under the stream's backup prefix, in the order of the keys, which is the order of time. */
export async function* backupObjects(
  { s3 }: Pick<S3Context, "s3">,
  { bucket, ...backup }: Backup,
  { since, until }: TimeRange,
): AsyncGenerator<BackupObject> {
  let token: string | undefined;
  do {
    const command = new ListObjectsV2Command({
      Bucket: bucket,
      Prefix: fixedPrefix(backup),
      ContinuationToken: token,
    });
    const page = await call(`s3:ListBucket on ${bucket}`, s3.send(command));
    if (page === undefined) {
      throw new UndeterminedError(`The backup bucket ${bucket} does not exist. Run kloudfuse-firehose verify.`);
    }
    for (const { Key = "", ETag = "", Size = 0, LastModified = new Date(0) } of page.Contents ?? []) {
      if ((since === undefined || LastModified >= since) && (until === undefined || LastModified <= until)) {
        yield { bucket, key: Key, etag: ETag, size: Size };
      }
    }
    token = page.NextContinuationToken;
  } while (token !== undefined);
}
