/** Stands for a value that is not known, such as one that Terraform knows only after it applies. */
export const UNKNOWN: unique symbol = Symbol("not known");

export type Planned<T> = T | typeof UNKNOWN;
