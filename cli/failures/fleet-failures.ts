import type { FleetTarget } from "../../fleet";
import { attempt } from "../aws/attempt";
import { InterruptedError, throwIfUnrecoverable } from "../aws/call";
import { type AwsContext, awsContext } from "../aws/context";
import { type StreamWithBackup, streamsWithBackup } from "../aws/find-streams";
import { type Check, exitCodeOf } from "../checks/check";
import { undetermined } from "../checks/undetermined";
import { ReportedError, UndeterminedError } from "../exit-codes";
import { fleetChecks, stackChecks } from "../fleet/report";
import { runTargets, type TargetAnswer, type TargetsContext } from "../fleet/run-targets";
import { type FleetSelection, selectTargets } from "../fleet/select-targets";
import { signalsOf, streamNamesOf } from "../fleet/stream-names";
import type { AwsOptions } from "../options";
import { failureChecks } from "./checks";
import { BackupReading, type ReadingOptions } from "./reading";
import type { FailuresReport, Findings } from "./report";

/** Which stacks of a fleet are read. */
export interface FleetFailuresOptions extends FleetSelection, Pick<AwsOptions, "profile"> {}

/** What to read of each stack, and the report to write to. */
export interface FleetFailuresContext
  extends Pick<ReadingOptions, "range" | "limit">, Pick<TargetsContext, "abortSignal" | "progress"> {
  readonly report: FailuresReport;
}

/** What was found in the backup of one stack. */
interface StackFindings {
  readonly findings: Findings;
  /** The checks of streams whose backup is not known. */
  readonly withoutBackup: readonly Check[];
}

/**
 * Decodes the failed records in the backup of every stack of a fleet that is selected, and returns the exit code.
 *
 * @throws UnusableInput when the fleet file cannot be used
 * @throws UndeterminedError when the credentials work for no stack, or the command is interrupted
 */
export async function fleetFailures(options: FleetFailuresOptions, context: FleetFailuresContext): Promise<number> {
  const { fleet, profile } = options;
  const { abortSignal, progress, report } = context;
  const evaluatedAt = new Date();
  const targetsContext = { abortSignal, progress, ...(profile === undefined ? {} : { profile }) };
  const answers = await runTargets(selectTargets(options), targetsContext, async (target, access) =>
    readStack(target, await awsContext(access, abortSignal), options, context),
  );
  const fleetReport = { fleet, evaluatedAt, stacks: answers.map((each) => stackChecks(checksAnswer(each))) };
  await report.endFleet(allFindings(answers), fleetReport);
  if (abortSignal.aborted) {
    throw new ReportedError(new InterruptedError().message);
  }
  return exitCodeOf(fleetChecks(fleetReport));
}

async function readStack(
  target: FleetTarget,
  aws: AwsContext,
  { fleet, signal }: FleetFailuresOptions,
  { range, limit, progress, report }: FleetFailuresContext,
): Promise<StackFindings> {
  // Each on its own, so that a missing stream does not prevent reading the other.
  const answers = await Promise.all(
    signalsOf(target, signal).map((each) =>
      attempt(streamsWithBackup(aws, streamNamesOf(target, { fleet, signal: each }))),
    ),
  );
  throwIfUnrecoverable(answers);
  const streams = new Array<StreamWithBackup>();
  const withoutBackup = new Array<Check>();
  for (const answer of answers) {
    if (answer instanceof UndeterminedError) {
      withoutBackup.push({ subject: "stack", ...undetermined("stream", answer) });
    } else {
      streams.push(...answer);
    }
  }
  const { account, region } = target;
  const records: Pick<FailuresReport, "record"> = {
    record: async (shown) => {
      progress.end();
      await report.record({ account, region, ...shown });
    },
  };
  const findings = await new BackupReading(aws, { range, limit, followed: undefined }, records).run(streams);
  return { findings, withoutBackup };
}

function checksAnswer({ target, answer }: TargetAnswer<StackFindings>): TargetAnswer<readonly Check[]> {
  if (answer instanceof UndeterminedError) {
    return { target, answer };
  }
  const { findings, withoutBackup } = answer;
  const { stopped } = findings;
  const stoppedChecks = stopped === null ? [] : [{ subject: "stack", ...undetermined("reading", stopped) }];
  return { target, answer: [...failureChecks(findings), ...withoutBackup, ...stoppedChecks] };
}

/** The findings of all stacks as one; the checks of a stack say why its reading stopped early. */
function allFindings(answers: readonly TargetAnswer<StackFindings>[]): Findings {
  const found = answers.flatMap(({ target: { account, region }, answer }) =>
    answer instanceof UndeterminedError ? [] : [{ account, region, findings: answer.findings }],
  );
  return {
    streams: found.flatMap(({ account, findings }) => findings.streams.map((stream) => ({ account, ...stream }))),
    causes: found
      .flatMap(({ account, region, findings }) => findings.causes.map((cause) => ({ account, region, ...cause })))
      .sort((one, other) => other.records - one.records),
    shown: found.reduce((sum, { findings }) => sum + findings.shown, 0),
    stopped: null,
  };
}
