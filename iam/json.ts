/** An object of parsed JSON; a list is one too. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null;

/** The value of a JSON text, undefined where the text is not JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value if it is an object, else one without anything. */
export const asObject = (value: unknown): JsonObject => (isObject(value) ? value : {});
