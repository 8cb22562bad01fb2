import { setMaxListeners } from "node:events";

/** Aborts at the first Ctrl-C or SIGTERM, so that a command can end in order; the second one ends the process. */
export function interruption(): AbortSignal {
  const controller = new AbortController();
  // Every call under way listens to it.
  setMaxListeners(0, controller.signal);
  for (const signal of ["SIGINT", "SIGTERM"] as const) {
    process.once(signal, () => {
      controller.abort();
    });
  }
  return controller.signal;
}
