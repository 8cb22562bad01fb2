import type { Outcome } from "../../cli/checks/check";
import { UndeterminedError } from "../../cli/exit-codes";

/** An outcome in a line, without its remedy. */
export const outcomeLine = ({ verdict, name, found }: Pick<Outcome, "verdict" | "name" | "found">): string =>
  `${verdict} ${name}: ${found}`;

/** The error of a value that AWS denied. */
export const denied = (): UndeterminedError => new UndeterminedError("AWS denied it. Allow it.");

/** The error of an action that AWS denied. */
export const deniedAction = (action: string): UndeterminedError =>
  new UndeterminedError(`AWS denied ${action}. Grant it to the user or role that runs this command.`);
