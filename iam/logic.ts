import { type Planned, UNKNOWN } from "./unknown";

/** Three-valued logic: the result is unknown only if an unknown part can change it. */
export const and = (...parts: readonly Planned<boolean>[]): Planned<boolean> =>
  parts.includes(false) ? false : parts.includes(UNKNOWN) ? UNKNOWN : true;

export const or = (...parts: readonly Planned<boolean>[]): Planned<boolean> =>
  parts.includes(true) ? true : parts.includes(UNKNOWN) ? UNKNOWN : false;

export const not = (part: Planned<boolean>): Planned<boolean> => (part === UNKNOWN ? UNKNOWN : !part);
