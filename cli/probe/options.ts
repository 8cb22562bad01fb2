import type { Format, StreamOptions } from "../options";

export interface ProbeOptions extends StreamOptions {
  readonly format: Format;
  readonly dryRun?: boolean;
  readonly send?: boolean;
  /** Seconds, as given. */
  readonly timeout: string;
}

/** What a caller may give instead of the process's own. */
export interface Surroundings {
  /** Not given: Ctrl-C and SIGTERM. */
  readonly abortSignal?: AbortSignal;
  /** Certificate authorities as PEM. Not given: Node's own, and those of NODE_EXTRA_CA_CERTS. */
  readonly authorities?: string;
}
