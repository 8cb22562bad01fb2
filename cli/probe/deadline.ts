import { InterruptedError } from "../aws/call";

/** A stage did not end in time. */
export class TimeoutError extends Error {}

/**
 * Runs a stage, and aborts it after a timeout.
 *
 * @throws TimeoutError after so many milliseconds
 * @throws UndeterminedError when the command is interrupted
 */
export async function withTimeout<T>(
  milliseconds: number,
  abortSignal: AbortSignal,
  stage: (abortSignal: AbortSignal) => Promise<T>,
): Promise<T> {
  if (abortSignal.aborted) {
    throw new InterruptedError();
  }
  const controller = new AbortController();
  let end = (_reason: Error): void => undefined;
  // Some stages, such as the resolver, cannot be aborted: they are abandoned.
  const ended = new Promise<never>((_resolve, reject) => {
    end = (reason) => {
      reject(reason);
      controller.abort(reason);
    };
  });
  const timer = setTimeout(() => {
    end(new TimeoutError(`no response within ${milliseconds / 1000} s`));
  }, milliseconds);
  const interrupt = (): void => {
    end(new InterruptedError());
  };
  abortSignal.addEventListener("abort", interrupt, { once: true });
  try {
    return await Promise.race([ended, stage(controller.signal)]);
  } finally {
    clearTimeout(timer);
    abortSignal.removeEventListener("abort", interrupt);
  }
}
