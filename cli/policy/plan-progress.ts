import { readableNumber } from "../numbers";
import type { CountScreen } from "../terminal/count-line";

/** How many plans of a fleet were evaluated, while the user waits. */
export interface PlanProgress {
  readonly show: (count: number) => void;
  readonly end: () => void;
}

const CLEAR_LINE = "\r\u001b[K";

/** A line that counts, on a terminal; nothing elsewhere. */
export function planProgress(total: number, screen: CountScreen): PlanProgress {
  const write = (text: string): void => {
    if (screen.isTTY === true) {
      screen.write(`${CLEAR_LINE}${text}`);
    }
  };
  return {
    show: (count) => {
      write(`${readableNumber(count)} of ${readableNumber(total)} plans evaluated`);
    },
    end: () => {
      write("");
    },
  };
}
