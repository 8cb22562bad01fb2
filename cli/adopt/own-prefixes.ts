import type { Backup } from "../aws/delivery-stream";

/** What Firehose puts behind the prefix for what an HTTP endpoint did not accept. */
const ERROR_TYPE_FOLDER = "http-endpoint-failed/";

/**
 * The prefixes of what the streams write to a bucket. Without a prefix Firehose writes beside everything else: only
 * failed records can be distinguished.
 */
export const ownPrefixes = (backups: readonly Pick<Backup, "prefix" | "errorOutputPrefix">[]): string[] => [
  ...new Set(
    backups.flatMap(({ prefix, errorOutputPrefix }) => [
      prefix === "" ? ERROR_TYPE_FOLDER : prefix,
      // Behind it are expressions that Firehose evaluates.
      ...[errorOutputPrefix.split("!{")[0] ?? ""].filter((text) => text !== ""),
    ]),
  ),
];
