/** An object of parsed JSON; a list is one too. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null;

/** The value if it is an object, else one without anything. */
export const asObject = (value: unknown): JsonObject => (isObject(value) ? value : {});
