import { colorModeIn, colorsFor, type ColorMode } from "../../../cli/terminal/color";

test.each<[ColorMode, boolean, NodeJS.ProcessEnv, boolean]>([
  ["auto", true, {}, true],
  ["auto", false, {}, false],
  ["auto", true, { TERM: "dumb" }, false],
  ["auto", true, { NO_COLOR: "1" }, false],
  ["auto", true, { NO_COLOR: "" }, true],
  ["auto", false, { FORCE_COLOR: "1" }, true],
  ["auto", false, { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
  ["auto", false, { CI: "true" }, false],
  ["always", false, { NO_COLOR: "1" }, true],
  ["never", true, { FORCE_COLOR: "1" }, false],
])("--color %s, terminal %s, environment %j: %s", (mode, isTTY, environment, expected) => {
  expect(colorsFor(mode, isTTY, environment).isColorSupported).toBe(expected);
});

test.each<[readonly string[], ColorMode]>([
  [["verify"], "auto"],
  [["verify", "--color", "never"], "never"],
  [["--color=always", "verify"], "always"],
  [["verify", "--color", "red"], "auto"],
  [["policy", "--", "--color=always"], "auto"],
])("%j chooses %s", (args, mode) => {
  expect(colorModeIn(args)).toBe(mode);
});
