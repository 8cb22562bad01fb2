import { InterruptedError } from "../aws/call";
import { listEnabledRegions } from "../aws/regions";
import { type Check, exitCodeOf } from "../checks/check";
import { ReportedError, UnusableInput } from "../exit-codes";
import { fleetChecks, renderFleetReport } from "../fleet/report";
import type { FleetSelection } from "../fleet/select-targets";
import { interruptSignal } from "../interrupt";
import { parseWholeNumber } from "../numbers";
import { type AwsOptions, checkFleetOptions, type FleetOptions, type OutputFormat, type StreamNames } from "../options";
import { parseRepeatSeconds } from "../repeat";
import { renderReport } from "../terminal/report";
import type { ChecksReport } from "../terminal/checks-report";
import { statusLine } from "../terminal/status-line";
import { standardOutput, type Terminal } from "../terminal/terminal";
import { progressOn } from "./progress";
import { checksOfAllRegions, evaluateRegion, evaluateRegions, type RegionOptions } from "./regions";
import { type DeployedMetricStream, readTerraformState } from "./terraform-state";
import { watch } from "./watch";

export interface VerifyOptions extends StreamNames, FleetOptions, Pick<AwsOptions, "profile"> {
  readonly format: OutputFormat;
  readonly all?: boolean;
  /** Missing: that of the environment or the profile, or every region of the fleet. */
  readonly region?: readonly string[];
  readonly allRegions?: boolean;
  readonly wait?: boolean;
  readonly timeout: string;
  /** Seconds between two evaluations; missing: evaluates once. */
  readonly watch?: string;
  /** Path of Terraform's state as JSON. */
  readonly state?: string;
}

/**
 * Checks the streams and everything that they depend on, and returns the exit code.
 *
 * @throws UnusableInput when an option cannot be used
 * @throws UndeterminedError when AWS does not describe the streams, or the command is interrupted
 */
export async function verify(options: VerifyOptions, terminal: Terminal = standardOutput()): Promise<number> {
  const timeoutSeconds = parseWholeNumber("--timeout", options.timeout, 1, 3600);
  const watchSeconds = options.watch === undefined ? undefined : parseRepeatSeconds("--watch", options.watch);
  if (options.allRegions === true && options.region !== undefined) {
    throw new UnusableInput(
      `--all-regions conflicts with --region, got ${options.region.join(", ")}. Use one of the two.`,
    );
  }
  checkFleetOptions(options);
  const deployed = options.state === undefined ? undefined : readTerraformState(options.state);
  const abortSignal = interruptSignal();
  const { fleet, format } = options;
  const evaluate = async (): Promise<RenderedChecks> =>
    fleet === undefined
      ? await evaluateAccount(options, { timeoutSeconds, deployed }, abortSignal, terminal)
      : await evaluateStacks({ ...options, fleet }, timeoutSeconds, abortSignal, terminal);
  if (watchSeconds !== undefined) {
    const evaluateText = async (): Promise<string> => {
      const { text } = await evaluate();
      // The result of an interrupted evaluation is incomplete, and not shown.
      if (abortSignal.aborted) {
        throw new InterruptedError();
      }
      return text;
    };
    return await watch({ evaluate: evaluateText, format, seconds: watchSeconds, terminal, abortSignal });
  }
  const { text, checks } = await evaluate();
  await terminal.write(text);
  if (abortSignal.aborted) {
    throw new ReportedError(new InterruptedError().message);
  }
  return exitCodeOf(checks);
}

/** The checks and their text. */
interface RenderedChecks {
  readonly checks: readonly Check[];
  readonly text: string;
}

interface AccountOptions {
  readonly timeoutSeconds: number;
  readonly deployed: readonly DeployedMetricStream[] | undefined;
}

async function evaluateAccount(
  options: VerifyOptions,
  { timeoutSeconds, deployed }: AccountOptions,
  abortSignal: AbortSignal,
  terminal: Terminal,
): Promise<RenderedChecks> {
  const waitOptions = { timeoutSeconds, progress: progressOn(process.stderr) };
  const regionOptions: RegionOptions = {
    ...options,
    access: options.profile === undefined ? {} : { profile: options.profile },
    ...(options.wait === true ? { waitOptions } : {}),
    ...(deployed === undefined ? {} : { deployed }),
  };
  const report = await readRegions(options, regionOptions, abortSignal);
  return { checks: report.checks, text: renderReport(report, options, terminal) };
}

async function evaluateStacks(
  options: VerifyOptions & Pick<FleetSelection, "fleet">,
  timeoutSeconds: number,
  abortSignal: AbortSignal,
  terminal: Terminal,
): Promise<RenderedChecks> {
  const { verifyFleet } = await import("./verify-fleet.js");
  const context = { abortSignal, progress: statusLine(process.stderr) };
  const report = await verifyFleet(options, options.wait === true ? timeoutSeconds : undefined, context);
  return { checks: fleetChecks(report), text: renderFleetReport(report, options, terminal) };
}

/** Evaluates all requested regions once. */
async function readRegions(
  { region: named = [], allRegions = false, profile }: VerifyOptions,
  options: RegionOptions,
  abortSignal: AbortSignal,
): Promise<ChecksReport> {
  const evaluatedAt = new Date();
  const regions = allRegions
    ? await listEnabledRegions(profile === undefined ? {} : { profile }, abortSignal)
    : [...new Set(named)];
  const results =
    regions.length > 1 || allRegions
      ? await evaluateRegions(regions, options, abortSignal)
      : [await evaluateRegion(regions[0], options, abortSignal)];
  return {
    accountId: results.map(({ accountId }) => accountId).find((id) => id !== undefined),
    regions: results.map(({ region }) => region),
    evaluatedAt,
    checks: allRegions ? checksOfAllRegions(results) : results.flatMap(({ checks }) => checks),
  };
}
