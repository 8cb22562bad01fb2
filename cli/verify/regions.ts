import { accountOf } from "../aws/account";
import { attempt } from "../aws/attempt";
import { throwIfUnrecoverable } from "../aws/call";
import { awsContext } from "../aws/context";
import { findStreams, otherStreamsText } from "../aws/find-streams";
import { type Check, ok, problem } from "../checks/check";
import { UndeterminedError } from "../exit-codes";
import { plural } from "../numbers";
import type { AwsAccess } from "../aws/settings";
import type { StreamNames } from "../options";
import { undetermined } from "../checks/undetermined";
import { verifyContext } from "./context";
import type { ExpectedStack } from "./expected-stack";
import type { DeployedMetricStream } from "./terraform-state";
import { verifyRegion } from "./verification";
import { waitUntilActive, type WaitProgress } from "./wait";

/** The options for the evaluation of a region. */
export interface RegionOptions extends StreamNames {
  /** How to access AWS in the region. */
  readonly access: Omit<AwsAccess, "region">;
  /** The metric streams in Terraform's state; missing: there is no state to compare with. */
  readonly deployed?: readonly DeployedMetricStream[];
  /** What the fleet file says about the stack; missing: there is no fleet file. */
  readonly expected?: ExpectedStack;
  /** Missing: no waiting for streams in status CREATING. */
  readonly waitOptions?: { readonly timeoutSeconds: number; readonly progress: WaitProgress };
}

/** What was found in a region. */
export interface RegionResult {
  readonly region: string;
  readonly accountId: string | undefined;
  readonly checks: readonly Check[];
  /** Whether the region has a stream to Kloudfuse; undefined if AWS did not answer. */
  readonly hasStream: boolean | undefined;
  /** The names of the streams in a region without one to Kloudfuse. */
  readonly othersInRegion: readonly string[] | undefined;
}

/**
 * Evaluates one region.
 *
 * @param region undefined for the region of the environment or profile
 * @throws UndeterminedError when AWS does not describe the streams
 */
export async function evaluateRegion(
  region: string | undefined,
  options: RegionOptions,
  abortSignal: AbortSignal,
): Promise<RegionResult> {
  const { access, waitOptions, deployed, expected } = options;
  const context = await awsContext({ ...access, ...(region === undefined ? {} : { region }) }, abortSignal);
  const first = await findStreams(context, options);
  const found =
    waitOptions === undefined
      ? first
      : await waitUntilActive(context, first, waitOptions.timeoutSeconds, waitOptions.progress);
  const [accountId, checks] = await Promise.all([
    accountOf(context, found),
    verifyRegion(
      verifyContext(context, { now: new Date(), waitedSeconds: waitOptions?.timeoutSeconds, deployed, expected }),
      found,
    ),
  ]);
  return {
    region: context.region,
    accountId,
    checks,
    hasStream: found.some(({ stream }) => stream !== undefined),
    othersInRegion: found.find(({ stream }) => stream === undefined)?.othersInRegion,
  };
}

/**
 * Evaluates several regions in parallel. A region that does not answer is undetermined; the others are still evaluated.
 *
 * @throws UndeterminedError when none answers, for the same reason
 */
export async function evaluateRegions(
  regions: readonly string[],
  options: RegionOptions,
  abortSignal: AbortSignal,
): Promise<RegionResult[]> {
  const answers = await Promise.all(
    regions.map(async (region) => ({ region, answer: await attempt(evaluateRegion(region, options, abortSignal)) })),
  );
  // Throws if no region accepts the credentials; a region that is not enabled rejects them too.
  throwIfUnrecoverable(answers.map(({ answer }) => answer));
  return answers.map(({ region, answer }) => {
    if (!(answer instanceof UndeterminedError)) {
      return answer;
    }
    const check = { subject: `region ${region}`, region, ...undetermined("streams", answer) };
    return { region, accountId: undefined, checks: [check], hasStream: undefined, othersInRegion: undefined };
  });
}

/** The checks of all regions of an account, where a region without a stream is as it should be. */
export function checksOfAllRegions(results: readonly RegionResult[]): Check[] {
  const empty = results.filter(({ hasStream }) => hasStream === false);
  const rest = results.filter(({ hasStream }) => hasStream !== false).flatMap(({ checks }) => checks);
  if (empty.length === 0) {
    return rest;
  }
  const subject = "other regions";
  const name = "streams";
  const regions = empty.map(({ region }) => region).join(", ");
  if (results.some(({ hasStream }) => hasStream === true)) {
    return [...rest, { subject, ...ok(name, `no stream to Kloudfuse in ${regions}`) }];
  }
  const others = empty.flatMap(({ region, othersInRegion = [] }) =>
    othersInRegion.length === 0 ? [] : [`in ${region} ${otherStreamsText(othersInRegion)}`],
  );
  const found = [`no stream to Kloudfuse in ${plural(empty.length, "region")}: ${regions}`, ...others].join("; ");
  const remedy =
    "Deploy the streams (npx cdktf deploy or terraform apply), choose another account with --profile, or name the streams with --metrics-stream-name and --logs-stream-name.";
  return [
    ...rest,
    { subject: empty.length === results.length ? "all regions" : subject, ...problem(name, found, remedy) },
  ];
}
