import { plural } from "../numbers";

/** Where a count is shown: standard error, in general. */
export interface CountScreen {
  readonly isTTY?: boolean;
  readonly write: (text: string) => unknown;
}

/** A count that grows while the user waits. */
export interface CountLine {
  readonly show: (count: number) => void;
  readonly end: () => void;
}

const CLEAR_LINE = "\r\u001b[K";

/** A line that counts, on a terminal; nothing elsewhere. */
export function countLine(screen: CountScreen, noun: string): CountLine {
  const write = (text: string): void => {
    if (screen.isTTY === true) {
      screen.write(`${CLEAR_LINE}${text}`);
    }
  };
  return {
    show: (count) => {
      write(`${plural(count, noun)} read`);
    },
    end: () => {
      write("");
    },
  };
}
