import { UnrecoverableError } from "../aws/call";
import { UndeterminedError, EXIT } from "../exit-codes";
import type { OutputFormat } from "../options";
import { repeat } from "../repeat";
import { errorJson, errorText } from "../terminal/error";
import { redrawn } from "../terminal/screen";
import type { Terminal } from "../terminal/terminal";

/** What to repeat, how often, and where to show it. */
export interface WatchOptions {
  /** The text of one evaluation. */
  readonly evaluate: () => Promise<string>;
  readonly format: OutputFormat;
  readonly seconds: number;
  readonly terminal: Terminal;
  readonly abortSignal: AbortSignal;
}

/**
 * Repeats the evaluation until the command is interrupted. Shows the error of one that fails, and continues.
 *
 * @throws UndeterminedError when the command is interrupted, or the credentials no longer work
 */
export async function watch(options: WatchOptions): Promise<never> {
  const { format, seconds, terminal, abortSignal } = options;
  return await repeat(seconds, abortSignal, async () => {
    const text = await textOf(options);
    await terminal.write(format === "json" ? text : redrawn(text, terminal));
  });
}

async function textOf({ evaluate, format, terminal }: WatchOptions): Promise<string> {
  try {
    return await evaluate();
  } catch (thrown) {
    if (!(thrown instanceof UndeterminedError) || thrown instanceof UnrecoverableError) {
      throw thrown;
    }
    const error = { message: thrown.message, exitCode: EXIT.undetermined };
    return format === "json" ? errorJson(error, new Date()) : errorText(error, terminal);
  }
}
