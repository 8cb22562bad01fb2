import { plural } from "../numbers";
import { type Screen, statusLine } from "./status-line";

/** A count that grows while the user waits. */
export interface CountLine {
  readonly show: (count: number) => void;
  readonly end: () => void;
}

/** A status line that counts what was read. */
export function countLine(screen: Screen, noun: string): CountLine {
  const { show, end } = statusLine(screen);
  return {
    show: (count) => {
      show(`${plural(count, noun)} read`);
    },
    end,
  };
}
