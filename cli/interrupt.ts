import { setMaxListeners } from "node:events";
import { EXIT } from "./exit-codes";

const EXIT_CODES = { SIGINT: EXIT.interrupted, SIGTERM: EXIT.terminated } as const;

let exitCode: number | undefined;

/**
 * Aborts at the first Ctrl-C or SIGTERM, so that a command can report what it did; the second one ends the process.
 * Either way the process ends with 128 and the number of the signal, as shells expect it.
 */
export function interruptSignal(): AbortSignal {
  const controller = new AbortController();
  // Every request in flight listens to it.
  setMaxListeners(0, controller.signal);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // Keeps listening: without a listener, a library that cleans up on exit would end the process.
    process.on(signal, () => {
      if (controller.signal.aborted) {
        process.exit(EXIT_CODES[signal]);
      }
      exitCode = EXIT_CODES[signal];
      controller.abort();
    });
  }
  return controller.signal;
}

/** The exit code of an interrupted process, as shells expect; undefined if it was not interrupted. */
export const interruptedExitCode = (): number | undefined => exitCode;
