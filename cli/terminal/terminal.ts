import { once } from "node:events";
import { type Colors, colorModeIn, colorsFor } from "./color";

/** The output that a report is printed to. */
export interface Terminal {
  /** False when the output is piped or redirected. */
  readonly isTTY: boolean;
  readonly columns: number;
  /** Undefined where there is no screen. */
  readonly rows: number | undefined;
  readonly colors: Colors;
  /** Resolves once the reader is ready for more. */
  readonly write: (text: string) => Promise<void>;
}

/** A stream of the process: a terminal, a pipe or a file. */
export interface OutputStream extends NodeJS.EventEmitter {
  readonly isTTY?: boolean;
  readonly columns?: number;
  readonly rows?: number;
  readonly write: (text: string) => boolean;
}

/** Used for a terminal that does not report its width. */
export const DEFAULT_COLUMNS = 80;

/** Lines that are longer are hard to read. */
const MAX_COLUMNS = 160;

/** The terminal of an output stream. */
export function terminalOf(stream: OutputStream): Terminal {
  const { isTTY = false, columns = 0, rows } = stream;
  return {
    isTTY,
    columns: columns === 0 ? DEFAULT_COLUMNS : Math.min(columns, MAX_COLUMNS),
    rows,
    colors: colorsFor(colorModeIn(process.argv), isTTY, process.env),
    write: async (text) => {
      if (!stream.write(text)) {
        await once(stream, "drain");
      }
    },
  };
}

export const standardOutput = (): Terminal => terminalOf(process.stdout);

export const standardError = (): Terminal => terminalOf(process.stderr);
