import { type Outcome, unknown } from "./check";

/** The check of what could not be determined. */
export function undetermined(name: string, { message }: Pick<Error, "message">): Outcome {
  const [, found = message, remedy = ""] = /^(.*?\.)\s+(.+)$/s.exec(message) ?? [];
  return unknown(name, found, remedy || "Run the command again; if this lasts, look at AWS Health.");
}
