import { shortened } from "../text";
import { DEFAULT_COLUMNS } from "./terminal";

/** Where progress is shown, usually standard error. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly write: (text: string) => unknown;
}

/** A line that shows the progress of a command, until the command prints something. */
export interface StatusLine {
  readonly show: (text: string) => void;
  readonly end: () => void;
}

const CLEAR_LINE = "\r\u001b[K";

/** One line that changes, on a terminal; nothing elsewhere. */
export function statusLine(screen: Screen): StatusLine {
  if (screen.isTTY !== true) {
    return { show: () => undefined, end: () => undefined };
  }
  let isShown = false;
  return {
    show: (text) => {
      isShown = true;
      // A line that the terminal wraps could not be cleared.
      screen.write(`${CLEAR_LINE}${shortened(text, (screen.columns ?? DEFAULT_COLUMNS) - 1)}`);
    },
    end: () => {
      if (isShown) {
        screen.write(CLEAR_LINE);
      }
      isShown = false;
    },
  };
}
