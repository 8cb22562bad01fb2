import { asObject } from "../../iam/json";

const parsed = new Map<string, readonly string[]>();

/** The keys of a path such as `http_endpoint_configuration.0.url`. */
export function keysOf(path: string): readonly string[] {
  let keys = parsed.get(path);
  if (keys === undefined) {
    keys = path.split(".");
    parsed.set(path, keys);
  }
  return keys;
}

/** The member of an object or a list. */
export const child = (value: unknown, key: string): unknown => asObject(value)[key];

/** The value at a path; `undefined` where there is none. */
export const valueAt = (value: unknown, path: string): unknown => keysOf(path).reduce(child, value) ?? undefined;
