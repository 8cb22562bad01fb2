import { readableNumber } from "../numbers";
import type { Colors } from "./color";

/** One entry of a report, of any command. */
export interface ReportRow {
  /** A verdict or a severity, of at most 7 letters. */
  readonly word: string;
  readonly color: (colors: Colors) => (text: string) => string;
  /** The subject on a terminal: a stream, a role, an address in a plan. */
  readonly heading: string;
  /** The subject in a pipe: fields between word and name. */
  readonly fields: readonly (string | undefined)[];
  readonly name: string;
  readonly found: string;
  /** Details of what was found, such as objects. */
  readonly details: readonly string[];
  /** What to do; empty where no action is needed. */
  readonly remedy: string;
}

/** The width of the longest word, as in `problem`. */
export const WORD_WIDTH = 7;

/** The number of details that a terminal lists. */
const MAX_DETAILS = 20;

/** The details that a terminal lists, and the number of the others. */
export function shownDetails(details: readonly string[]): readonly string[] {
  const rest = details.length - MAX_DETAILS;
  return rest > 0
    ? [...details.slice(0, MAX_DETAILS), `… and ${readableNumber(rest)} more; --format json has all`]
    : details;
}
