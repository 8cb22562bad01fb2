/** The values of the placeholders. */
export interface FleetPlace {
  readonly account: string;
  /** Undefined: `{region}` is not replaced. */
  readonly region?: string;
}

const PLACEHOLDER = /\{([a-zA-Z_]+)\}/g;

/** The known placeholders. */
export const PLACEHOLDERS: readonly string[] = ["{account}", "{region}"];

/** A regular expression that matches a string with a placeholder, for a JSON schema. */
export const PLACEHOLDER_PATTERN = "\\{(account|region)\\}";

/** Replaces the placeholders in the strings of a value, except in the names of a map. */
export function replacePlaceholders(value: unknown, place: FleetPlace): unknown {
  if (typeof value === "string") {
    return textAt(value, place);
  }
  if (Array.isArray(value)) {
    return value.map((entry: unknown) => replacePlaceholders(entry, place));
  }
  return typeof value === "object" && value !== null
    ? Object.fromEntries(Object.entries(value).map(([name, entry]) => [name, replacePlaceholders(entry, place)]))
    : value;
}

/** Replaces the placeholders in a string. */
export const textAt = (text: string, { account, region = "{region}" }: FleetPlace): string =>
  text.replaceAll("{account}", account).replaceAll("{region}", region);

/** The unknown placeholders in the strings of a value. */
export function unknownPlaceholders(value: unknown): string[] {
  if (typeof value === "string") {
    // Another rule rejects ${…}.
    return [...value.replaceAll(/[$%]\{[^}]*\}?/g, "").matchAll(PLACEHOLDER)]
      .map(([placeholder]) => placeholder)
      .filter((placeholder) => !PLACEHOLDERS.includes(placeholder));
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(unknownPlaceholders) : [];
}

/** The error about unknown placeholders in a value; undefined if it has none. */
export function placeholderProblem(label: string, value: unknown): string | undefined {
  const unknown = [...new Set(unknownPlaceholders(value))];
  return unknown.length === 0
    ? undefined
    : `${label} must contain only the placeholders {account} and {region}, got ${unknown.join(", ")}. Correct it.`;
}
