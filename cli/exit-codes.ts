/** What the exit code of every command means. */
export const EXIT = { clean: 0, problem: 1, unusable: 2 } as const;

/** Input that cannot be used; its message is all that is shown. */
export class UnusableInput extends Error {}
