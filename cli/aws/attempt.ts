import type { UndeterminedError } from "../exit-codes";
import { isUndetermined } from "./call";

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
