/** What the exit code of every command means. */
export const EXIT = { healthy: 0, problem: 1, undetermined: 2, interrupted: 130, terminated: 143 } as const;

/** Input that cannot be used; its message is all that is shown. */
export class UnusableInput extends Error {}

/** What keeps a command from determining how things are; its message is all that is shown. */
export class UndeterminedError extends Error {}

/** An error that the report of the command has already. */
export class ReportedError extends UndeterminedError {}
