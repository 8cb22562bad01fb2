/** Where a text is for: what its placeholders stand for. */
export interface FleetPlace {
  readonly account: string;
  /** Undefined: `{region}` stays. */
  readonly region?: string;
}

const PLACEHOLDER = /\{([a-zA-Z_]+)\}/g;

/** The placeholders that a text may have, as they are written. */
export const PLACEHOLDERS: readonly string[] = ["{account}", "{region}"];

/** A regular expression of a text with a placeholder, for a JSON schema. */
export const PLACEHOLDER_PATTERN = "\\{(account|region)\\}";

/** A value with the placeholders in its texts replaced; the names of a map stay as they are. */
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

/** A text with its placeholders replaced. */
export const textAt = (text: string, { account, region = "{region}" }: FleetPlace): string =>
  text.replaceAll("{account}", account).replaceAll("{region}", region);

/** The placeholders in the texts of a value that mean nothing, as they are written. */
export function unknownPlaceholders(value: unknown): string[] {
  if (typeof value === "string") {
    // Another rule rejects ${…}.
    return [...value.replaceAll(/[$%]\{[^}]*\}?/g, "").matchAll(PLACEHOLDER)]
      .map(([placeholder]) => placeholder)
      .filter((placeholder) => !PLACEHOLDERS.includes(placeholder));
  }
  return typeof value === "object" && value !== null ? Object.values(value).flatMap(unknownPlaceholders) : [];
}

/** What is wrong with the placeholders of a value; undefined where they are all known. */
export function placeholderProblem(label: string, value: unknown): string | undefined {
  const unknown = [...new Set(unknownPlaceholders(value))];
  return unknown.length === 0
    ? undefined
    : `${label} must have no placeholders but {account} and {region}, got ${unknown.join(", ")}. Correct it.`;
}
