/** A value that is not known, such as one that Terraform knows only after the apply. */
export const UNKNOWN: unique symbol = Symbol("not known");

/** A value that may be unknown in a plan. */
export type Planned<T> = T | typeof UNKNOWN;
