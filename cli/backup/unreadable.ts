import { types } from "node:util";
import { UndeterminedError } from "../exit-codes";

/** An object in a format that cannot be read: nothing in it was read, and it must stay as it is. */
export class UnreadableObject extends UndeterminedError {}

/** Compressed data that is damaged from some point on: what comes before is good. */
export class CorruptData extends Error {}

/** What is wrong with the data of an object. @throws error itself when it is not about the data */
export function corruptionReason(error: unknown): string {
  if (error instanceof CorruptData) {
    return error.message;
  }
  if (types.isNativeError(error) && "code" in error && String(error.code).startsWith("Z_")) {
    return error.message;
  }
  throw error;
}
