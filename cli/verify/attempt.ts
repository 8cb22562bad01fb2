import { type Outcome, unknown } from "../checks/check";
import { CannotTell } from "../exit-codes";

/** What AWS answered, or why it did not. */
export type Answer<T> = T | CannotTell;

/** The answer of a call, or why there is none, so that it does not hide other answers; an interruption ends them all. */
export async function attempt<T>(abortSignal: AbortSignal, answer: Promise<T>): Promise<Answer<T>> {
  try {
    return await answer;
  } catch (error) {
    if (error instanceof CannotTell && !abortSignal.aborted) {
      return error;
    }
    throw error;
  }
}

/** The check of what AWS did not answer. */
export function undeterminedOutcome(name: string, { message }: CannotTell): Outcome {
  const [, found = message, remedy = ""] = /^(.*?\.)\s+(.+)$/s.exec(message) ?? [];
  return unknown(name, found, remedy || "Run the command again; if this lasts, look at AWS Health.");
}
