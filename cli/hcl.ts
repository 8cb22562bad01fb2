/** A value in Terraform's own syntax, on one line. */
export function hclValue(value: unknown): string {
  if (Array.isArray(value)) {
    return `[${value.map(hclValue).join(", ")}]`;
  }
  if (typeof value === "object" && value !== null) {
    const entries = Object.entries(value).map(
      ([name, entry]: [string, unknown]) => `${hclText(name)} = ${hclValue(entry)}`,
    );
    return entries.length === 0 ? "{}" : `{ ${entries.join(", ")} }`;
  }
  return typeof value === "string" ? hclText(value) : String(value);
}

/** A quoted text in HCL: its escapes are those of JSON, except for the two template markers. */
export const hclText = (text: string): string => JSON.stringify(text).replace(/[$%](?=\{)/g, "$&$&");
