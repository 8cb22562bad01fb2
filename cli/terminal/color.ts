import { Option } from "commander";
import { createColors } from "picocolors";
import { optionIn } from "./arguments";

export type Colors = ReturnType<typeof createColors>;

const COLOR_MODES = ["auto", "always", "never"] as const;

export type ColorMode = (typeof COLOR_MODES)[number];

/** The option of every command that chooses colors. */
export const colorOption = (): Option =>
  new Option("--color <when>", "color the output; auto: on a terminal, unless NO_COLOR is set, or if FORCE_COLOR is")
    .choices(COLOR_MODES)
    .default("auto");

/** The color mode on the command line. */
export function colorModeIn(args: readonly string[]): ColorMode {
  const value = optionIn(args, "--color");
  return COLOR_MODES.find((mode) => mode === value) ?? "auto";
}

/**
 * The colors of a stream. The option takes precedence over NO_COLOR, and that over FORCE_COLOR, as in picocolors.
 * Unlike picocolors, a CI system without a terminal gets no colors: other programs read its logs too.
 */
export function colorsFor(mode: ColorMode, isTTY: boolean, environment: NodeJS.ProcessEnv): Colors {
  const { NO_COLOR = "", FORCE_COLOR = "", TERM } = environment;
  const isAutomatic = NO_COLOR === "" && (FORCE_COLOR !== "" || (isTTY && TERM !== "dumb"));
  return createColors(mode === "always" || (mode === "auto" && isAutomatic));
}
