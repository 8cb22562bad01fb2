import { Command } from "commander";
import type { FailuresOptions } from "../failures/failures";
import { withStreamOptions } from "../options";

/** `kloudfuse-firehose failures`. */
export function failuresCommand(): Command {
  return withStreamOptions(
    new Command("failures").description("decode what could not be delivered, grouped by its cause"),
  )
    .option("--since <time>", "only what was backed up since then: 30m, 2h, 7d or 2026-01-31T12:00:00Z")
    .option("--until <time>", "only what was backed up until then")
    .option("--limit <records>", "how many records to show; the causes always count all", "20")
    .addHelpText(
      "after",
      `
Exit code: 0 nothing failed, 1 there are failed records, 2 it could not be told.
Needs firehose:DescribeDeliveryStream, s3:ListBucket and s3:GetObject.

Examples:
  kloudfuse-firehose failures
  kloudfuse-firehose failures --signal logs --since 2h --limit 0
  kloudfuse-firehose failures --format json --limit 100000 | jq -r '.records[].errorMessage' | sort | uniq -c`,
    )
    .action(async (options: FailuresOptions) => {
      const { failures } = await import("../failures/failures.js");
      process.exitCode = await failures(options);
    });
}
