import { errorLogGroupName } from "../../modules/log-criteria";
import { accountOf } from "../aws/account";
import { type AwsContext, awsContext } from "../aws/context";
import { errorLogGroupsOf } from "../aws/delivery-stream";
import { type StreamLookup, findStreams } from "../aws/find-streams";
import { UndeterminedError } from "../exit-codes";
import { interruptSignal } from "../interrupt";
import { plural } from "../numbers";
import type { AwsOptions, StreamNames } from "../options";
import { listAccountPolicies } from "../sources/account-policies";
import { countLine } from "../terminal/count-line";
import { standardOutput, type Terminal } from "../terminal/terminal";
import { attempt } from "../aws/attempt";
import { writeFile } from "../write-file";
import { type LogGroupsContext, logGroupsContext } from "./context";
import { inspectLogGroups } from "./inspect-log-groups";
import type { LogGroupSelection } from "./read-log-groups";
import { logGroupsExitCode, logGroupsJson, type LogGroupsReport, renderLogGroups } from "./report";
import { type LogsDestination, subscriptionOf } from "./subscription";
import { tfvarsOf } from "./tfvars";

export interface LogGroupsOptions extends AwsOptions, Pick<StreamNames, "metricsStreamName" | "logsStreamName"> {
  readonly format: "table" | "json" | "tfvars";
  /** Path of the file to write; missing: the standard output. */
  readonly out?: string;
  readonly prefix: readonly string[];
  readonly exclude: readonly string[];
}

/**
 * Lists the log groups of a region with what subscribes them, and returns the exit code.
 *
 * @throws UndeterminedError when AWS does not describe the streams or list the log groups, or there is none
 */
export async function logGroups(options: LogGroupsOptions, terminal: Terminal = standardOutput()): Promise<number> {
  const aws = await awsContext(options, interruptSignal());
  const report = await reportOf(aws, options);
  const text = textOf(report, options, terminal);
  if (options.out === undefined) {
    await terminal.write(text);
  } else {
    writeFile("--out", options.out, text);
    await terminal.write(`Wrote ${options.out}: ${plural(report.groups.length, "log group")}.\n`);
  }
  return logGroupsExitCode(report);
}

function textOf(report: LogGroupsReport, { format }: LogGroupsOptions, terminal: Terminal): string {
  switch (format) {
    case "table":
      return renderLogGroups(report, terminal);
    case "json":
      return logGroupsJson(report);
    case "tfvars":
      return tfvarsOf(report);
  }
}

async function reportOf(aws: AwsContext, options: LogGroupsOptions): Promise<LogGroupsReport> {
  const now = new Date();
  const context = logGroupsContext(aws);
  const selection = { prefixes: options.prefix, excludes: options.exclude };
  const found = await findStreams(aws, options);
  const line = countLine(process.stderr, "log group");
  const [accountId, destination, { groups, reasons }] = await Promise.all([
    accountOf(aws, found),
    destinationOf(context, found),
    inspectLogGroups(context, selection, { now, progress: line.show }),
  ]).finally(line.end);
  if (groups.length === 0) {
    throw new UndeterminedError(noneText(selection, aws.region));
  }
  const policies = destination.accountPolicies;
  return {
    accountId,
    regions: [aws.region],
    evaluatedAt: now,
    groups: groups.map((group) => ({
      ...group,
      subscription: subscriptionOf(group, destination),
      isErrorLog: destination.errorLogGroups.includes(group.name),
    })),
    streamName: destination.streamName,
    hasStream: destination.streamArn !== undefined,
    reasons: [...(policies instanceof UndeterminedError ? [policies.message] : []), ...reasons],
  };
}

async function destinationOf(context: LogGroupsContext, found: readonly StreamLookup[]): Promise<LogsDestination> {
  const ofSignal = (signal: StreamLookup["signal"]): StreamLookup | undefined =>
    found.find((each) => each.signal === signal);
  const [metrics, logs] = [ofSignal("metrics"), ofSignal("logs")];
  return {
    streamName: logs?.name ?? "",
    streamArn: logs?.stream?.arn,
    accountPolicies: await attempt(listAccountPolicies(context.logs)),
    errorLogGroups: [
      errorLogGroupName(metrics?.name ?? "", logs?.name ?? ""),
      ...[metrics, logs].flatMap((each) => (each?.stream === undefined ? [] : errorLogGroupsOf(each.stream))),
    ],
  };
}

function noneText({ prefixes, excludes }: LogGroupSelection, region: string): string {
  const selected = [
    ...(prefixes.length === 0 ? [] : [` that begins with ${prefixes.join(" or ")}`]),
    ...(excludes.length === 0 ? [] : [`, without ${excludes.join(" and ")}`]),
  ].join("");
  return `There is no log group${selected} in ${region}. Choose another --prefix, --exclude or --region.`;
}
