import type { Text } from "./text";

/** The values of a condition key in a request; `absent` where the request does not have the key. */
export type ContextValue = readonly Text[] | "absent";

/** The known context of a request, by condition key in lower case. A key that is not listed is not known. */
export type Context = ReadonlyMap<string, ContextValue>;
