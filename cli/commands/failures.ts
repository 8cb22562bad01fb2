import { Command, Option } from "commander";
import type { FailuresOptions } from "../failures/failures";
import { MAX_CONCURRENT_TARGETS } from "../fleet/limits";
import { repeatable, withAll, withAssumeRole, withFleet, withProfile, withStreamNames } from "../options";

/** `kloudfuse-firehose failures`. */
export function failuresCommand(): Command {
  const command = withStreamNames(
    new Command("failures").description("decode failed records from the backup bucket, grouped by cause"),
  ).option(
    "--region <region>",
    "AWS region (default: AWS_REGION, or the profile's; with --fleet, all; repeatable there)",
    repeatable,
  );
  return withAssumeRole(withFleet(withAll(withProfile(command)), ["follow", "metricsStreamName", "logsStreamName"]))
    .option("--since <time>", "only objects written since then: 30m, 2h, 7d or 2026-01-31T12:00:00Z")
    .option("--until <time>", "only objects written until then")
    .option("--limit <records>", "maximum number of records to show; the causes count all", "20")
    .addOption(
      new Option(
        "--follow [seconds]",
        "continue with new failed records until Ctrl-C, every 60 seconds or the given number",
      ).preset("60"),
    )
    .addHelpText(
      "after",
      `
With --fleet the backup of every stack is read, at most ${MAX_CONCURRENT_TARGETS} stacks at once, with the role that the file has for the account,
or that of --assume-role (needs sts:AssumeRole). --limit holds for all of them together. A stack that cannot be read is
undetermined; the others are still read.

Exit code: 0 no failed records, 1 failed records, 2 undetermined: AWS did not answer, an object
cannot be read, or no object under the prefix belongs to the stream. 130 after Ctrl-C.
Needs firehose:DescribeDeliveryStream, s3:ListBucket and s3:GetObject.

Examples:
  kloudfuse-firehose failures
  kloudfuse-firehose failures --signal logs --since 2h --limit 0
  kloudfuse-firehose failures --since 10m --follow
  kloudfuse-firehose failures --fleet fleet.json --since 1d --limit 0
  kloudfuse-firehose failures --format json --limit 100000 | jq -r '.records[].errorMessage' | sort | uniq -c`,
    )
    .action(async (options: FailuresOptions) => {
      const { failures } = await import("../failures/failures.js");
      process.exitCode = await failures(options);
    });
}
