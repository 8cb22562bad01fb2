import { setMaxListeners } from "node:events";

const EXIT_CODES = { SIGINT: 130, SIGTERM: 143 } as const;

/**
 * Aborts at the first Ctrl-C or SIGTERM, so that a command can report what it did; the second one ends the process.
 * Either way the process ends with 128 and the number of the signal, as shells expect it.
 */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  // Every call in flight listens to it.
  setMaxListeners(0, controller.signal);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    // Not once: without a listener a library that cleans up on exit would end the process.
    process.on(signal, () => {
      if (controller.signal.aborted) {
        process.exit(EXIT_CODES[signal]);
      }
      controller.abort();
      // At the end: until then the command sets an exit code of its own.
      process.once("exit", () => {
        process.exitCode = EXIT_CODES[signal];
      });
    });
  }
  return controller.signal;
}
