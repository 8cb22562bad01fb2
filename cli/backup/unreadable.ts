import { types } from "node:util";
import { UndeterminedError } from "../exit-codes";

/** An object whose format cannot be read: nothing of it was read, and it must not be changed. */
export class UnreadableObject extends UndeterminedError {}

/** Compressed data that is corrupt from some point on: the data before it is valid. */
export class CorruptData extends Error {}

/** Why the data of an object is corrupt. @throws the error itself if the data is not the cause */
export function corruptionReason(error: unknown): string {
  if (error instanceof CorruptData) {
    return error.message;
  }
  if (types.isNativeError(error) && "code" in error && String(error.code).startsWith("Z_")) {
    return error.message;
  }
  throw error;
}
