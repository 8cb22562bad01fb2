import { enabledRegions } from "../aws/regions";
import { exitCodeOf } from "../checks/check";
import { UnusableInput } from "../exit-codes";
import { interruption } from "../interrupt";
import { parseWholeNumber } from "../numbers";
import type { AwsOptions, OutputFormat, StreamNames } from "../options";
import { renderReport } from "../terminal/report";
import type { ChecksReport } from "../terminal/checks-report";
import { standardOutput, type Terminal } from "../terminal/terminal";
import { progressOn } from "./progress";
import { checksOfAllRegions, evaluateRegion, evaluateRegions, type RegionOptions } from "./regions";
import { readTerraformState } from "./terraform-state";
import { watch } from "./watch";

export interface VerifyOptions extends StreamNames, Pick<AwsOptions, "profile"> {
  readonly format: OutputFormat;
  readonly all?: boolean;
  /** Missing: that of the environment or the profile. */
  readonly region?: readonly string[];
  readonly allRegions?: boolean;
  readonly wait?: boolean;
  readonly timeout: string;
  /** Seconds between two evaluations; missing: only one is made. */
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
  const watchSeconds = options.watch === undefined ? undefined : parseWholeNumber("--watch", options.watch, 5, 3600);
  if (options.allRegions === true && options.region !== undefined) {
    throw new UnusableInput(
      `--all-regions conflicts with --region, got ${options.region.join(", ")}. Use one of the two.`,
    );
  }
  const deployed = options.state === undefined ? undefined : readTerraformState(options.state);
  const abortSignal = interruption();
  const waitOptions = { timeoutSeconds, progress: progressOn(process.stderr) };
  const regionOptions: RegionOptions = {
    ...options,
    ...(options.wait === true ? { waitOptions } : {}),
    ...(deployed === undefined ? {} : { deployed }),
  };
  const evaluate = (): Promise<ChecksReport> => evaluation(options, regionOptions, abortSignal);
  const render = (report: ChecksReport): string => renderReport(report, options, terminal);
  if (watchSeconds !== undefined) {
    const { format } = options;
    return await watch({ evaluate, render, format, seconds: watchSeconds, terminal, abortSignal });
  }
  const report = await evaluate();
  await terminal.write(render(report));
  return exitCodeOf(report.checks);
}

/** One evaluation of every region that was asked for. */
async function evaluation(
  { region: named = [], allRegions = false, profile }: VerifyOptions,
  options: RegionOptions,
  abortSignal: AbortSignal,
): Promise<ChecksReport> {
  const evaluatedAt = new Date();
  const regions = allRegions
    ? await enabledRegions(profile === undefined ? {} : { profile }, abortSignal)
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
