import { printable } from "../text";
import { optionIn } from "./arguments";
import { reportObject } from "./report-json";
import type { Terminal } from "./terminal";
import { wrapped } from "./wrap";

const COMMAND = "kloudfuse-firehose";

/** An error that ends a command. */
export interface EndingError {
  readonly message: string;
  readonly exitCode: number;
}

/** The line that says why a command ended. */
export function errorText({ message }: EndingError, { isTTY, columns, colors }: Terminal): string {
  const prefix = `${COMMAND}: `;
  if (!isTTY) {
    return `${colors.red(prefix.trimEnd())} ${message}\n`;
  }
  const [first = "", ...others] = wrapped(printable(message), columns, { first: prefix, others: "  " });
  return `${[`${colors.red(prefix.trimEnd())}${first.slice(prefix.trimEnd().length)}`, ...others].join("\n")}\n`;
}

/** The error as JSON, in the form of a report without checks. */
export function errorJson({ message, exitCode }: EndingError, now: Date): string {
  const report = { accountId: undefined, regions: [], evaluatedAt: now, checks: [] };
  return `${JSON.stringify({ error: message, ...reportObject(report, exitCode) }, null, 2)}\n`;
}

/** Whether the command line requests JSON, even if it is invalid otherwise. */
export const isJsonRequested = (args: readonly string[]): boolean => optionIn(args, "--format") === "json";
