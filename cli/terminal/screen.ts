import { plural } from "../numbers";
import type { Terminal } from "./terminal";

const CLEAR = "\u001b[H\u001b[2J\u001b[3J";

/** The lines that stay free for the cursor and for the line that says how many are hidden. */
const FREE_ROWS = 2;

/** The text with a prefix that clears the screen, cut to its height; without a terminal, the text itself. */
export function redrawn(text: string, { isTTY, rows }: Pick<Terminal, "isTTY" | "rows">): string {
  if (!isTTY) {
    return text;
  }
  const lines = text.trimEnd().split("\n");
  const max = rows === undefined ? lines.length : Math.max(rows - FREE_ROWS, 1);
  const hidden = lines.length - max;
  const rest =
    hidden > 0 ? [`… ${plural(hidden, "more line")}: enlarge the terminal, or run the command without --watch`] : [];
  return `${CLEAR}${[...lines.slice(0, max), ...rest].join("\n")}\n`;
}
