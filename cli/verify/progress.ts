import { type Screen, statusLine } from "../terminal/status-line";
import type { WaitProgress } from "./wait";

/** One line that changes on a terminal; elsewhere a line for each change of a status. */
export function progressOn(screen: Screen): WaitProgress {
  const statuses = new Map<string, string>();
  const textOf = (name: string, status: string, seconds: number): string => `${name}: ${status} after ${seconds} s`;
  if (screen.isTTY === true) {
    const line = statusLine(screen);
    return {
      show: (name, status, seconds) => {
        statuses.set(name, textOf(name, status, seconds));
        line.show([...statuses.values()].join(", "));
      },
      end: line.end,
    };
  }
  return {
    show: (name, status, seconds) => {
      if (statuses.get(name) !== status) {
        statuses.set(name, status);
        screen.write(`${textOf(name, status, seconds)}\n`);
      }
    },
    end: () => undefined,
  };
}
