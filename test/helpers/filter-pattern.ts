/**
 * Whether a JSON filter pattern of conditions `($.property = "text")` joined by `&&` matches a log event, as documented: a
 * comparison is case-sensitive and of the whole text, and `*` at the beginning or the end of it stands for any text.
 * Elsewhere `*` stands for itself.
 *
 * Source: CloudWatch Logs User Guide, "Filter and pattern syntax".
 */
export function matchesJsonPattern(pattern: string, event: Readonly<Record<string, unknown>>): boolean {
  const [, conditions] = /^\{ (.+) \}$/.exec(pattern) ?? [];
  if (conditions === undefined) {
    throw new Error(`A JSON filter pattern must be in braces, got ${pattern}.`);
  }
  return conditions.split(" && ").every((condition) => {
    const [, property, text] = /^\(\$\.(\w+) = "([^"\\]*)"\)$/.exec(condition) ?? [];
    if (property === undefined || text === undefined) {
      throw new Error(`The helper knows conditions ($.property = "text") only, got ${condition}. Add the other kind.`);
    }
    const [, start = "", middle = "", end = ""] = /^(\*?)(.*?)(\*?)$/.exec(text) ?? [];
    const value = event[property];
    const anchored = `${start === "" ? "^" : ""}${middle.replace(/[^\w]/g, "\\$&")}${end === "" ? "$" : ""}`;
    return typeof value === "string" && new RegExp(anchored).test(value);
  });
}
