/** An object of parsed JSON; a list is one too. */
export type JsonObject = Readonly<Record<string, unknown>>;

export const isObject = (value: unknown): value is JsonObject => typeof value === "object" && value !== null;

/** Parses JSON; undefined if the text is not JSON. */
export function parsedJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return undefined;
  }
}

/** The value if it is an object, else an empty object. */
export const asObject = (value: unknown): JsonObject => (isObject(value) ? value : {});

export const isString = (value: unknown): value is string => typeof value === "string";

/** The value if it is a string, else undefined. */
export const asString = (value: unknown): string | undefined => (isString(value) ? value : undefined);

/** Whether JSON is encoded as UTF-16: it begins with ASCII, so that a zero byte means UTF-16 without a byte order mark. */
export const isUtf16 = (json: Buffer): boolean => /^(\xFF\xFE|\xFE\xFF|\0.|.\0)/s.test(json.toString("latin1", 0, 2));
