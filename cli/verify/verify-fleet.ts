import { type FleetReport, stackChecks } from "../fleet/report";
import { runTargets, type TargetsContext } from "../fleet/run-targets";
import { type FleetSelection, selectTargets } from "../fleet/select-targets";
import { streamNamesOf } from "../fleet/stream-names";
import type { AwsOptions } from "../options";
import { expectedStack } from "./expected-stack";
import { evaluateRegion } from "./regions";
import type { WaitProgress } from "./wait";

/** Which stacks and streams of a fleet are checked. */
export interface VerifyFleetOptions extends FleetSelection, Pick<AwsOptions, "profile"> {}

/** With several stacks at once, only the number of stacks that were read is shown. */
const NO_PROGRESS: WaitProgress = { show: () => undefined, end: () => undefined };

/**
 * Checks the streams of every stack of a fleet that is selected.
 *
 * @param waitSeconds how long to wait for streams in status CREATING; undefined: does not wait
 * @throws UnusableInput when the fleet file cannot be used
 * @throws UndeterminedError when the credentials work for no stack
 */
export async function verifyFleet(
  options: VerifyFleetOptions,
  waitSeconds: number | undefined,
  context: Pick<TargetsContext, "abortSignal" | "progress">,
): Promise<FleetReport> {
  const { fleet, profile } = options;
  const evaluatedAt = new Date();
  const waiting =
    waitSeconds === undefined ? {} : { waitOptions: { timeoutSeconds: waitSeconds, progress: NO_PROGRESS } };
  const answers = await runTargets(
    selectTargets(options),
    { ...context, ...(profile === undefined ? {} : { profile }) },
    async (target, access) => {
      const expected = expectedStack(target, fleet);
      const regionOptions = { ...streamNamesOf(target, options), access, expected, ...waiting };
      return (await evaluateRegion(target.region, regionOptions, context.abortSignal)).checks;
    },
  );
  return { fleet, evaluatedAt, stacks: answers.map(stackChecks) };
}
