import { isatty } from "node:tty";
import { createColors, isColorSupported } from "picocolors";

const STANDARD_OUTPUT = 1;

/** Colours on a terminal, unless NO_COLOR says otherwise; nowhere else, whatever CI or FORCE_COLOR say. */
export const colors = createColors(isatty(STANDARD_OUTPUT) && isColorSupported);
