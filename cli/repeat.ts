import { setTimeout as delay } from "node:timers/promises";
import { interrupted } from "./aws/call";

/**
 * Runs a task again and again, until the command is interrupted.
 *
 * @throws UndeterminedError when the command is interrupted, and what the task throws
 */
export async function repeat(seconds: number, abortSignal: AbortSignal, task: () => Promise<void>): Promise<never> {
  for (;;) {
    await task();
    try {
      await delay(seconds * 1000, undefined, { signal: abortSignal });
    } catch {
      throw interrupted();
    }
  }
}
