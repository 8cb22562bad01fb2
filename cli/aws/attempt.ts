import type { UndeterminedError } from "../exit-codes";
import { isUndetermined } from "./call";

/** What AWS answered, or why it did not. */
export type Answer<T> = T | UndeterminedError;

/** Returns the error of a call that AWS does not answer, so that other calls can go on; an interruption is thrown. */
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
