import { paginateListObjectsV2 } from "@aws-sdk/client-s3";
import type { S3Context } from "../aws/context";
import { pagesOf } from "../aws/pages";

/** So many names are enough to say what else is in a bucket. */
const MAX_NAMES = 10;

/**
 * Lists folders and objects of a bucket that are not under the prefixes, at most `MAX_NAMES`. Descends into a folder
 * only if a prefix leads into it.
 *
 * @throws UndeterminedError when AWS does not list them
 */
export async function listOtherContents(
  context: S3Context,
  bucket: string,
  ownPrefixes: readonly string[],
): Promise<readonly string[]> {
  const others = new Array<string>();
  const folders = [""];
  const isOwn = (name: string): boolean => ownPrefixes.some((prefix) => name.startsWith(prefix));
  for (let folder = folders.shift(); folder !== undefined; folder = folders.shift()) {
    for await (const name of namesIn(context, bucket, folder)) {
      // The console creates an object with the folder's name for a folder.
      if (name === folder) {
        continue;
      }
      if (name.endsWith("/") && ownPrefixes.some((prefix) => prefix !== name && prefix.startsWith(name))) {
        folders.push(name);
      } else if (!isOwn(name)) {
        others.push(name);
      }
      if (others.length === MAX_NAMES) {
        return others;
      }
    }
  }
  return others;
}

/** The folders and objects of a folder; a folder's name ends with a slash. */
async function* namesIn({ s3: client }: S3Context, Bucket: string, Prefix: string): AsyncGenerator<string> {
  const pages = paginateListObjectsV2({ client }, { Bucket, Prefix, Delimiter: "/" });
  for await (const page of pagesOf("s3:ListBucket", pages)) {
    for (const { Prefix: name = "" } of page?.CommonPrefixes ?? []) {
      yield name;
    }
    for (const { Key = "" } of page?.Contents ?? []) {
      yield Key;
    }
  }
}
