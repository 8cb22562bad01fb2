import type { OutputFormat, StreamOptions } from "../options";
import type { Terminal } from "../terminal/terminal";

export interface ProbeOptions extends StreamOptions {
  readonly format: OutputFormat;
  readonly all?: boolean;
  readonly dryRun?: boolean;
  readonly send?: boolean;
  /** In seconds. */
  readonly timeout: string;
}

/** Defaults of the process that a caller may override. */
export interface ProbeOverrides {
  /** Default: Ctrl-C and SIGTERM. */
  readonly abortSignal?: AbortSignal;
  /** Certificate authorities as PEM. Default: Node's own, and those of NODE_EXTRA_CA_CERTS. */
  readonly authorities?: string;
  /** Missing: the standard output. */
  readonly terminal?: Terminal;
}

/** What every stage of a probe needs. */
export interface ProbeContext {
  /** How long to wait for a response. */
  readonly timeoutMs: number;
  /** As PEM; undefined for Node's own. */
  readonly authorities: string | undefined;
  readonly abortSignal: AbortSignal;
}
