import { shortened } from "../text";
import type { WaitProgress } from "./wait";

/** Where progress goes: standard error, in general. */
export interface Screen {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly write: (text: string) => unknown;
}

const CLEAR_LINE = "\r\u001b[K";

/** One line that changes on a terminal; elsewhere a line for each change of a status. */
export function progressOn(screen: Screen): WaitProgress {
  const statuses = new Map<string, string>();
  const line = (name: string, status: string, seconds: number): string => `${name}: ${status} after ${seconds} s`;
  if (screen.isTTY === true) {
    return {
      show: (name, status, seconds) => {
        statuses.set(name, line(name, status, seconds));
        // A line that the terminal wraps could not be cleared.
        screen.write(`${CLEAR_LINE}${shortened([...statuses.values()].join(", "), (screen.columns ?? 80) - 1)}`);
      },
      end: () => screen.write(statuses.size > 0 ? CLEAR_LINE : ""),
    };
  }
  return {
    show: (name, status, seconds) => {
      if (statuses.get(name) !== status) {
        statuses.set(name, status);
        screen.write(`${line(name, status, seconds)}\n`);
      }
    },
    end: () => undefined,
  };
}
