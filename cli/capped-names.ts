import { plural } from "./numbers";
import { shortened } from "./text";

const MAX_NAMES = 10;
const MAX_LENGTH = 300;

/** The first of many texts, and how many others there are: `a, b, and 3 others`. */
export function cappedNames(texts: readonly string[]): string {
  const others = texts.length - MAX_NAMES;
  const first = texts.slice(0, MAX_NAMES).map((text) => shortened(text, MAX_LENGTH));
  return [...first, ...(others > 0 ? [`and ${plural(others, "other")}`] : [])].join(", ");
}
