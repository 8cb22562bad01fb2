import { pause } from "./pause";

/**
 * Runs a task again and again, until the command is interrupted.
 *
 * @throws UndeterminedError when the command is interrupted, and what the task throws
 */
export async function repeat(seconds: number, abortSignal: AbortSignal, task: () => Promise<void>): Promise<never> {
  for (;;) {
    await task();
    await pause(seconds * 1000, abortSignal);
  }
}
