import { type Command, Option } from "commander";
import { UnusableInput } from "./exit-codes";
import { SIGNAL_NAMES, type SignalName, SIGNALS } from "../modules/signals";

/** The account and region to read; missing ones come from the default chains of the AWS SDK. */
export interface AwsOptions {
  readonly region?: string;
  readonly profile?: string;
}

/** How the delivery streams are found. */
export interface StreamNames {
  /** Missing: both. */
  readonly signal?: SignalName;
  /** Missing: the guide's name, else the stream that delivers to Kloudfuse's metrics endpoint. */
  readonly metricsStreamName?: string;
  /** Missing: the guide's name, else the stream that delivers to Kloudfuse's logs endpoint. */
  readonly logsStreamName?: string;
  /** Path of the fleet file that has the names; missing: they are options. */
  readonly fleet?: string;
}

/** The account, region and delivery streams of a command. */
export interface StreamOptions extends AwsOptions, StreamNames {}

export type OutputFormat = "table" | "json";

/** The options of every command that asks AWS about the streams of one region. */
export const withStreamOptions = (command: Command): Command => withAwsOptions(withStreamNames(command));

/** The options for account and region. */
export const withAwsOptions = (command: Command): Command =>
  withProfile(command.option("--region <region>", "AWS region (default: AWS_REGION, or the profile's)"));

/** The options for the output format, and for finding the streams. */
export const withStreamNames = (command: Command): Command =>
  withStreamNameOptions(
    withFormat(command).addOption(new Option("--signal <signal>", "only this stream").choices(SIGNAL_NAMES)),
  );

/** The options that name the streams. */
export const withStreamNameOptions = (command: Command): Command =>
  command
    .option(
      "--metrics-stream-name <name>",
      `metrics stream (default: ${SIGNALS.metrics.streamName}, or by its endpoint)`,
    )
    .option("--logs-stream-name <name>", `logs stream (default: ${SIGNALS.logs.streamName}, or by its endpoint)`);

export const withProfile = (command: Command): Command =>
  command.option("--profile <profile>", "AWS profile (default: AWS_PROFILE, or the usual credential chain)");

/** The option that lists what is healthy too. */
export const withAll = (command: Command): Command =>
  command.option("--all", "list successful checks too, which are only counted otherwise");

/** The stacks of a fleet that a command reads. */
export interface FleetOptions {
  /** Path of the fleet file; missing: the command reads one account. */
  readonly fleet?: string;
  /** Missing: every account of the fleet. */
  readonly account?: readonly string[];
  /** Missing: the roles of the fleet file. */
  readonly assumeRole?: string;
  /** External id that the role of `assumeRole` requires; missing: none. */
  readonly externalId?: string;
}

/**
 * The options that extend a command to the accounts and regions of a fleet.
 *
 * @param conflicts names of the options that apply to one account
 */
export const withFleet = (command: Command, conflicts: readonly string[]): Command =>
  command
    .addOption(new Option("--fleet <file>", "every account and region of a fleet file").conflicts([...conflicts]))
    .addOption(new Option("--account <id>", "with --fleet, only this account; repeatable").argParser(repeatable));

/** The option of the commands that ask AWS in every account. */
export const withAssumeRole = (command: Command): Command =>
  command
    .option(
      "--assume-role <arn>",
      "with --fleet, assume this role instead of the file's, such as arn:aws:iam::{account}:role/ReadOnly",
    )
    .option("--external-id <id>", "with --assume-role, the external id that the role asks for");

/** @throws UnusableInput when an option that requires a fleet has a value, and there is no fleet */
export function requireFleet(option: string, value: string | undefined, fleet: string | undefined): void {
  if (fleet === undefined && value !== undefined) {
    throw new UnusableInput(`${option} requires --fleet, got ${value}. Name the fleet file with --fleet.`);
  }
}

/** @throws UnusableInput when an option that requires a fleet is used without one */
export function checkFleetOptions({ fleet, account, assumeRole, externalId }: FleetOptions): void {
  requireFleet("--account", account?.join(", "), fleet);
  requireFleet("--assume-role", assumeRole, fleet);
  if (assumeRole === undefined && externalId !== undefined) {
    throw new UnusableInput(
      "--external-id requires --assume-role. The fleet file has the external id of its own role.",
    );
  }
}

/** The option for the output format. */
function withFormat(command: Command): Command {
  return command.addOption(
    new Option("--format <format>", "table: text to read, tab-separated lines in a pipe; json: for machines")
      .choices(["table", "json"])
      .default("table"),
  );
}

/**
 * Ends the command when an option with one value has several: the last one would be used, and the others ignored. The
 * values are not shown, as one may be a secret.
 */
export function rejectRepeatedOptions(command: Command): void {
  for (const option of command.options.filter(hasOneValue)) {
    let isSet = false;
    command.on(`option:${option.name()}`, () => {
      if (isSet) {
        command.error(`error: ${option.long ?? ""} must have one value, got several. Remove all but one.`);
      }
      isSet = true;
    });
  }
}

const hasOneValue = ({ required, optional, variadic, parseArg }: Option): boolean =>
  (required || optional) && !variadic && parseArg !== repeatable;

/** Collects the values of an option that can be given several times. */
export const repeatable = (value: string, previous: readonly string[] = []): string[] => [...previous, value];
