import { Command } from "commander";
import { RESPONSE_TIMEOUT_SECONDS } from "../endpoint-limits";
import { withAll, withStreamOptions } from "../options";
import type { ProbeOptions } from "../probe/options";

/** `kloudfuse-firehose probe`. */
export function probeCommand(): Command {
  const command = withStreamOptions(
    new Command("probe")
      .description("test the endpoint from this machine, step by step, with a request as Firehose sends it")
      .argument(
        "[host]",
        "the ingester's host, host:port or URL, as in the guide (default: the endpoints of the streams in AWS)",
      ),
  );
  return withAll(command)
    .option("--dry-run", "print the request, with the access key masked, and connect to no endpoint")
    .option("--send", "send one marked record without effect; otherwise the request carries no record")
    .option(
      "--timeout <seconds>",
      `how long to wait for a response, 1 to ${RESPONSE_TIMEOUT_SECONDS}; Firehose waits ${RESPONSE_TIMEOUT_SECONDS}`,
      String(RESPONSE_TIMEOUT_SECONDS),
    )
    .addHelpText(
      "after",
      `
The access key comes from the environment variable KLOUDFUSE_ACCESS_KEY, else from the stream's secret in Secrets
Manager. An empty KLOUDFUSE_ACCESS_KEY means that the stream sends no key.

Exit code: 0 healthy, 1 a problem was found, 2 something could not be determined, or unusable input, 130 Ctrl-C.
Problems come first; successful checks are only counted without --all.

Examples:
  kloudfuse-firehose probe
  kloudfuse-firehose probe ingester.example.com
  kloudfuse-firehose probe ingester.example.com --signal logs --dry-run
  kloudfuse-firehose probe --region eu-west-1 --send --format json`,
    )
    .action(async (host: string | undefined, options: ProbeOptions) => {
      const { probe } = await import("../probe/probe.js");
      process.exitCode = await probe(host, options);
    });
}
