import type { FleetTarget } from "../../fleet";
import type { Answer } from "../aws/attempt";
import { InterruptedError, throwIfUnrecoverable } from "../aws/call";
import { type AwsAccess, requestHandlerOf } from "../aws/settings";
import { UndeterminedError } from "../exit-codes";
import { mergeConcurrently } from "../merge";
import { plural, readableNumber } from "../numbers";
import type { AwsOptions } from "../options";
import type { StatusLine } from "../terminal/status-line";
import { MAX_CONCURRENT_TARGETS } from "./limits";
import { targetAccess } from "./target-access";

/** What was read from an account and region, or why it could not be read. */
export interface TargetAnswer<T> {
  readonly target: FleetTarget;
  readonly answer: Answer<T>;
}

/** What reading the targets requires. */
export interface TargetsContext extends Pick<AwsOptions, "profile"> {
  readonly abortSignal: AbortSignal;
  /** Shows how many targets are read. */
  readonly progress: StatusLine;
}

/**
 * Reads several accounts and regions, some of them concurrently. If one cannot be read, the others are still read.
 * After an interruption the rest is undetermined.
 *
 * @returns the answers in the order of the targets
 * @throws UnrecoverableError when the credentials work for no target
 */
export async function runTargets<T>(
  targets: readonly FleetTarget[],
  context: TargetsContext,
  read: (target: FleetTarget, access: AwsAccess) => Promise<T>,
): Promise<TargetAnswer<T>[]> {
  const { progress } = context;
  const answers = new Map<FleetTarget, Answer<T>>();
  const show = (): void => {
    progress.show(`${readableNumber(answers.size)} of ${plural(targets.length, "stack")} read`);
  };
  show();
  try {
    const results = mergeConcurrently(
      targets,
      async function* (target): AsyncGenerator<TargetAnswer<T>> {
        yield { target, answer: await answerOf(target, context, read) };
      },
      MAX_CONCURRENT_TARGETS,
    );
    for await (const batch of results) {
      for (const { target, answer } of batch) {
        answers.set(target, answer);
      }
      show();
    }
  } finally {
    progress.end();
  }
  throwIfUnrecoverable([...answers.values()]);
  return targets.flatMap((target) => {
    const answer = answers.get(target);
    return answer === undefined ? [] : [{ target, answer }];
  });
}

async function answerOf<T>(
  target: FleetTarget,
  { profile, abortSignal }: TargetsContext,
  read: (target: FleetTarget, access: AwsAccess) => Promise<T>,
): Promise<Answer<T>> {
  if (abortSignal.aborted) {
    return new InterruptedError();
  }
  const requestHandler = requestHandlerOf(abortSignal);
  const options = { requestHandler, ...(profile === undefined ? {} : { profile }) };
  try {
    return await read(target, await targetAccess(target, options, abortSignal));
  } catch (error) {
    if (error instanceof UndeterminedError) {
      return error;
    }
    throw error;
  } finally {
    // Otherwise the connections of hundreds of accounts would stay open.
    requestHandler.destroy();
  }
}
