import { Json } from "./json";
import type { EndedCommand } from "./run";

/** The checks as `--format json` shows them, a line each: verdict, subject, name, what was found. */
export function linesOf({ stdout }: Pick<EndedCommand, "stdout">, ...verdicts: readonly string[]): string[] {
  return Json.parse(stdout)
    .at("checks")
    .list.filter((check) => verdicts.includes(check.at("verdict").text))
    .map((check) => ["verdict", "subject", "name", "found"].map((key) => check.at(key).text).join(" | "));
}

/** What a check says to do. */
export function remedyOf({ stdout }: Pick<EndedCommand, "stdout">, subject: string, name: string): string {
  const checks = Json.parse(stdout).at("checks").list;
  const found = checks.find((check) => check.at("subject").text === subject && check.at("name").text === name);
  return found?.at("remedy").text ?? `no check ${name} of ${subject}`;
}
