import { types } from "node:util";

/** The system's code of an error, such as `ENOSPC`. */
export const codeOf = (error: unknown): unknown =>
  types.isNativeError(error) && "code" in error ? error.code : undefined;

export const messageOf = (error: unknown): string => (types.isNativeError(error) ? error.message : String(error));
