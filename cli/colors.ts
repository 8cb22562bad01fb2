import { isatty } from "node:tty";
import { colorModeIn, colorsFor } from "./terminal/color";

const STANDARD_OUTPUT = 1;

/** The colors of the standard output. */
export const colors = colorsFor(colorModeIn(process.argv), isatty(STANDARD_OUTPUT), process.env);
