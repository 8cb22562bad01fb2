import type { Backup } from "../aws/delivery-stream";
import { HTTP_ERROR_OUTPUT_TYPE } from "../backup/keys";

/** The folder that Firehose appends to the prefix for records that an HTTP endpoint did not accept. */
const ERROR_TYPE_FOLDER = `${HTTP_ERROR_OUTPUT_TYPE}/`;

/**
 * The prefixes under which the streams write to a bucket. Without a prefix Firehose writes to the root of the bucket,
 * where only failed records can be distinguished.
 */
export const ownPrefixes = (backups: readonly Pick<Backup, "prefix" | "errorOutputPrefix">[]): string[] => [
  ...new Set(
    backups.flatMap(({ prefix, errorOutputPrefix }) => [
      prefix === "" ? ERROR_TYPE_FOLDER : prefix,
      // The rest consists of expressions that Firehose evaluates.
      ...[errorOutputPrefix.split("!{")[0] ?? ""].filter((text) => text !== ""),
    ]),
  ),
];
