import { createColors } from "picocolors";
import type { Terminal } from "../../cli/terminal/terminal";

/** A terminal of so many columns, or a pipe, that keeps what is written. */
export function fakeTerminal(
  options: Partial<Omit<Terminal, "colors" | "write">> & { readonly color?: boolean } = {},
): Terminal & {
  readonly written: () => string;
} {
  const { isTTY = true, columns = 80, rows, color = false } = options;
  let text = "";
  return {
    isTTY,
    columns,
    rows,
    colors: createColors(color),
    write: (more) => {
      text += more;
      return Promise.resolve();
    },
    written: () => text,
  };
}
