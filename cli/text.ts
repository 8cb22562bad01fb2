// Control characters and bidirectional controls: text of others must not control the terminal.
const UNPRINTABLE = /[\p{Cc}\p{Cf}\u2028\u2029]+/gu;

/** A text on one line, safe for a terminal. */
export const printable = (text: string): string => text.replace(UNPRINTABLE, " ").trim();

/** A text on one line of at most so many characters, safe for a terminal. */
export function shortened(text: string, length: number): string {
  const line = printable(text);
  if (line.length <= length) {
    return line;
  }
  // Removes half of a surrogate pair at the end.
  return `${line.slice(0, length - 1).replace(/[\uD800-\uDBFF]$/, "")}…`;
}
