/** What the exit code of every command means. */
export const EXIT = { healthy: 0, problem: 1, undetermined: 2, interrupted: 130, terminated: 143 } as const;

/** Input that cannot be used. The command prints the message only. */
export class UnusableInput extends Error {}

/** Something could not be determined. The command prints the message only. */
export class UndeterminedError extends Error {}

/** An error that the report of the command has already. */
export class ReportedError extends UndeterminedError {}
