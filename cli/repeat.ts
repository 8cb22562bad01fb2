import { parseWholeNumber } from "./numbers";
import { pause } from "./pause";

const MIN_SECONDS = 5;
const MAX_SECONDS = 3600;

/** Parses the seconds between two runs from an option. @throws UnusableInput when they are invalid */
export const parseRepeatSeconds = (option: string, text: string): number =>
  parseWholeNumber(option, text, MIN_SECONDS, MAX_SECONDS);

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
