import { Command } from "commander";
import { withStreamOptions } from "../options";
import type { ReplayOptions } from "../replay/replay";

/** `kloudfuse-firehose replay`. */
export function replayCommand(): Command {
  return withStreamOptions(new Command("replay").description("put what could not be delivered back on its stream"))
    .option("--since <time>", "only what was backed up since then: 30m, 2h, 7d or 2026-01-31T12:00:00Z")
    .option("--until <time>", "only what was backed up until then")
    .option("--rate <megabytes>", "at most so many MB a second (default: as much as Firehose takes)")
    .option("--concurrency <requests>", "how many requests are under way at once", "4")
    .option("--journal <file>", "what was accepted until now (default: in the user's state folder, a file a bucket)")
    .option("--delete-replayed", "delete each object of which every record was accepted", false)
    .option("--dry-run", "read everything, send nothing", false)
    .addHelpText(
      "after",
      `
Mend the cause first: see kloudfuse-firehose failures and verify. A record that can never be delivered (413)
is set aside and named. Replayed objects are tagged kloudfuse-firehose-replayed, and skipped the next time; an
interrupted run continues where it was. Firehose's quota is shared with the stream's own traffic: use --rate.

Exit code: 0 everything was accepted, 1 something was left over, 2 it could not be told.
Needs firehose:DescribeDeliveryStream and firehose:PutRecordBatch, s3:ListBucket and s3:GetObject; if allowed,
s3:GetObjectTagging and s3:PutObjectTagging; with --delete-replayed also s3:DeleteObject. With a customer-managed key:
kms:Decrypt on the backup's key, kms:GenerateDataKey and kms:Decrypt on the stream's key, which Firehose uses for you.

Examples:
  kloudfuse-firehose replay --dry-run
  kloudfuse-firehose replay --signal logs --since 2h --rate 1
  kloudfuse-firehose replay --delete-replayed --format json`,
    )
    .action(async (options: ReplayOptions) => {
      const { replay } = await import("../replay/replay.js");
      process.exitCode = await replay(options);
    });
}
