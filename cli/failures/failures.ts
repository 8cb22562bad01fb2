import { UnrecoverableError } from "../aws/call";
import { scopeOf } from "../aws/account";
import { awsContext } from "../aws/context";
import { streamsWithBackup } from "../aws/find-streams";
import { exitCodeOf } from "../checks/check";
import { ReportedError, UnusableInput } from "../exit-codes";
import { interruptSignal } from "../interrupt";
import { parseWholeNumber } from "../numbers";
import { type AwsOptions, checkFleetOptions, type FleetOptions, type OutputFormat, type StreamNames } from "../options";
import { parseRepeatSeconds, repeat } from "../repeat";
import { statusLine } from "../terminal/status-line";
import { standardOutput, type Terminal } from "../terminal/terminal";
import { timeRange, type TimeRange } from "../time";
import { failureChecks } from "./checks";
import { FollowedObjects } from "./followed-objects";
import { jsonReport } from "./json-report";
import { BackupReading, type ReadingOptions } from "./reading";
import { RecordLimit } from "./record-limit";
import type { Findings } from "./report";
import { textReport } from "./text-report";

export interface FailuresOptions extends StreamNames, FleetOptions, Pick<AwsOptions, "profile"> {
  /** Missing: that of the environment or the profile, or every region of the fleet. */
  readonly region?: readonly string[];
  readonly format: OutputFormat;
  readonly all?: boolean;
  readonly since?: string;
  readonly until?: string;
  readonly limit: string;
  /** Seconds between two readings; missing: reads once. */
  readonly follow?: string;
}

/**
 * Decodes the failed records in the streams' backup, and returns the exit code.
 *
 * @throws UnusableInput when an option is invalid
 * @throws UndeterminedError when AWS does not describe the streams, or the reading stopped early
 */
export async function failures(options: FailuresOptions, terminal: Terminal = standardOutput()): Promise<number> {
  const limit = new RecordLimit(parseWholeNumber("--limit", options.limit, 0, 1_000_000_000));
  const followSeconds = options.follow === undefined ? undefined : parseRepeatSeconds("--follow", options.follow);
  if (followSeconds !== undefined && options.until !== undefined) {
    throw new UnusableInput(`--follow conflicts with --until, got ${options.until}. Use one of the two.`);
  }
  checkFleetOptions(options);
  const range = timeRange(options, new Date());
  const report = options.format === "json" ? jsonReport(terminal) : textReport(terminal, options.all);
  const { fleet } = options;
  if (fleet !== undefined) {
    const { fleetFailures } = await import("./fleet-failures.js");
    const progress = statusLine(process.stderr);
    return await fleetFailures(
      { ...options, fleet },
      { range, limit, report, progress, abortSignal: interruptSignal() },
    );
  }
  const context = await awsContext(accessOf(options), interruptSignal());
  const streams = await streamsWithBackup(context, options);
  const reading: ReadingOfStreams = {
    read: async (readingOptions) => await new BackupReading(context, readingOptions, report).run(streams),
    report: async (findings) => {
      await report.end(findings, scopeOf(context, streams));
    },
  };
  return followSeconds === undefined
    ? await readOnce(reading, { range, limit, followed: undefined })
    : await follow(reading, { range, limit, seconds: followSeconds, abortSignal: context.abortSignal });
}

function accessOf({ profile, region = [] }: FailuresOptions): AwsOptions {
  const [only, ...others] = region;
  if (others.length > 0) {
    throw new UnusableInput(
      `--region must be one region without --fleet, got ${region.join(", ")}. Run the command for each region.`,
    );
  }
  return { ...(profile === undefined ? {} : { profile }), ...(only === undefined ? {} : { region: only }) };
}

interface ReadingOfStreams {
  readonly read: (options: ReadingOptions) => Promise<Findings>;
  readonly report: (findings: Findings) => Promise<void>;
}

async function readOnce({ read, report }: ReadingOfStreams, options: ReadingOptions): Promise<number> {
  const findings = await read(options);
  await report(findings);
  if (findings.stopped !== null) {
    throw new ReportedError(findings.stopped.message);
  }
  return exitCodeOf(failureChecks(findings));
}

interface FollowOptions {
  readonly range: TimeRange;
  readonly limit: RecordLimit;
  readonly seconds: number;
  readonly abortSignal: AbortSignal;
}

/** Reads all failed records, then new ones. If a reading stops early, the next one continues. */
async function follow(
  { read, report }: ReadingOfStreams,
  { range, limit, seconds, abortSignal }: FollowOptions,
): Promise<never> {
  const followed = new FollowedObjects(range, new Date());
  let isFirst = true;
  return await repeat(seconds, abortSignal, async () => {
    const startedAt = new Date();
    const findings = await read({ range: followed.range, limit, followed });
    const { stopped } = findings;
    // An interrupted reading is not reported: it is chance whether one was running.
    const isReported = isFirst || hasFailures(findings) || (stopped !== null && !abortSignal.aborted);
    if (isReported) {
      await report(findings);
    }
    isFirst = false;
    if (stopped instanceof UnrecoverableError) {
      throw isReported ? new ReportedError(stopped.message) : stopped;
    }
    followed.next(stopped === null, startedAt);
  });
}

const hasFailures = ({ streams }: Findings): boolean =>
  streams.some(({ failedRecords, corrupt, unreadable }) => failedRecords + corrupt.count + unreadable.count > 0);
