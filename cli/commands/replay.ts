import { Command } from "commander";
import { withStreamOptions } from "../options";
import type { ReplayCommandOptions } from "../replay/replay";

/** `kloudfuse-firehose replay`. */
export function replayCommand(): Command {
  return withStreamOptions(new Command("replay").description("resend failed records to the stream"))
    .option("--since <time>", "only objects written since then: 30m, 2h, 7d or 2026-01-31T12:00:00Z")
    .option("--until <time>", "only objects written until then")
    .option("--rate <megabytes>", "maximum rate in MB a second (default: as much as Firehose accepts)")
    .option("--concurrency <requests>", "requests in flight at once", "4")
    .option("--journal <file>", "file that records what was accepted (default: in the user's state folder)")
    .option("--former-stream-name <name>", "only failed records from before the stream was renamed; needs --signal")
    .option("--allow-transformed", "replay also to a stream that transforms the records again", false)
    .option("--delete-replayed", "delete each object whose records were all accepted", false)
    .option("--dry-run", "read everything, send nothing", false)
    .addHelpText(
      "after",
      `
Fix the cause first: see kloudfuse-firehose failures and verify. A record that can never be delivered (413) is
skipped and named; what cannot be read is named and left as it is. Replayed objects are tagged
kloudfuse-firehose-replayed, and skipped by later runs; an interrupted run continues where it stopped.
Firehose's quota is shared with the stream's own traffic: use --rate.

Run one replay of a bucket at a time. On one machine the journal's lock makes sure of that. On two machines (or with
two journals) only the tags connect the replays, and an object has its tag once all of its records are accepted: the
replay that finds an object completed by the other one stops, and the records of the objects that both had in flight,
usually the first few, are sent twice. Nothing is lost. Without permission to read and write tags nothing stops them.

A stream with a Lambda function or another transformation is refused, as its failed records are transformed already: see
--allow-transformed. A stream that reads from Kinesis or MSK accepts records from its source only.
After a stream was renamed, its earlier failed records lie under the former name: see --former-stream-name.

Exit code: 0 everything was accepted, 1 something was not sent, 2 the replay failed or stopped, 130 after Ctrl-C.
Needs firehose:DescribeDeliveryStream and firehose:PutRecordBatch, s3:ListBucket and s3:GetObject; if allowed,
s3:GetObjectTagging and s3:PutObjectTagging; with --delete-replayed also s3:DeleteObject. With a customer-managed key:
kms:Decrypt on the backup's key, kms:GenerateDataKey and kms:Decrypt on the stream's key, through Firehose.

Examples:
  kloudfuse-firehose replay --dry-run
  kloudfuse-firehose replay --signal logs --since 2h --rate 1
  kloudfuse-firehose replay --signal logs --former-stream-name kloudfuse-logs-old
  kloudfuse-firehose replay --delete-replayed --format json`,
    )
    .action(async (options: ReplayCommandOptions) => {
      const { replay } = await import("../replay/replay.js");
      process.exitCode = await replay(options);
    });
}
