import { type Command, Option } from "commander";
import { SIGNALS } from "../modules/signals";

export type SignalName = keyof typeof SIGNALS;

export const SIGNAL_NAMES = ["metrics", "logs"] as const satisfies readonly SignalName[];

/** Which account and region to ask; what is not given comes from the AWS SDK's own chain. */
export interface AwsOptions {
  readonly region?: string;
  readonly profile?: string;
}

/** Which delivery streams a command is about. */
export interface StreamOptions extends AwsOptions {
  /** Not given: both. */
  readonly signal?: SignalName;
  /** Not given: the guide's name, else the stream that delivers to Kloudfuse's metrics endpoint. */
  readonly metricsStreamName?: string;
  /** Not given: the guide's name, else the stream that delivers to Kloudfuse's logs endpoint. */
  readonly logsStreamName?: string;
}

export type Format = "table" | "json";

/** The options of every command that asks AWS about the streams. */
export function withStreamOptions(command: Command): Command {
  return withFormat(command)
    .addOption(new Option("--signal <signal>", "only this stream").choices(SIGNAL_NAMES))
    .option(
      "--metrics-stream-name <name>",
      `metrics stream (default: ${SIGNALS.metrics.streamName}, or by its endpoint)`,
    )
    .option("--logs-stream-name <name>", `logs stream (default: ${SIGNALS.logs.streamName}, or by its endpoint)`)
    .option("--region <region>", "AWS region (default: AWS_REGION, or the profile's)")
    .option("--profile <profile>", "AWS profile (default: AWS_PROFILE, or the usual credential chain)");
}

/** The option of every command that says how to print. */
export function withFormat(command: Command): Command {
  return command.addOption(
    new Option("--format <format>", "how to print: a table to read, JSON for machines")
      .choices(["table", "json"])
      .default("table"),
  );
}
