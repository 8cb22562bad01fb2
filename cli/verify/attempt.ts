import { type Outcome, unknown } from "../checks/check";
import { isUndetermined } from "../aws/call";
import type { UndeterminedError } from "../exit-codes";

/** What AWS answered, or why it did not. */
export type Answer<T> = T | UndeterminedError;

/** Keeps a call without an answer from hiding the answers of others; an interruption ends them all. */
export async function attempt<T>(answer: Promise<T>): Promise<Answer<T>> {
  try {
    return await answer;
  } catch (error) {
    if (isUndetermined(error)) {
      return error;
    }
    throw error;
  }
}

/** The check of what could not be determined. */
export function undetermined(name: string, { message }: UndeterminedError): Outcome {
  const [, found = message, remedy = ""] = /^(.*?\.)\s+(.+)$/s.exec(message) ?? [];
  return unknown(name, found, remedy || "Run the command again; if this lasts, look at AWS Health.");
}
