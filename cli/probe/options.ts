import type { Format, StreamOptions } from "../options";

export interface ProbeOptions extends StreamOptions {
  readonly format: Format;
  readonly dryRun?: boolean;
  readonly send?: boolean;
  /** In seconds. */
  readonly timeout: string;
}

/** What a caller may override of the process. */
export interface ProbeOverrides {
  /** Default: Ctrl-C and SIGTERM. */
  readonly abortSignal?: AbortSignal;
  /** Certificate authorities as PEM. Default: Node's own, and those of NODE_EXTRA_CA_CERTS. */
  readonly authorities?: string;
}
