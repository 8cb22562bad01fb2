import { optionIn } from "../../../cli/terminal/arguments";

test.each([
  [["--format", "json"], "json"],
  [["--format=json"], "json"],
  [["--format", "table", "--format=json"], "json"],
  [["--formatted", "json"], undefined],
  [["--format"], undefined],
  [["--", "--format", "json"], undefined],
  [[], undefined],
])("%j has %j", (args, value) => {
  expect(optionIn(args, "--format")).toBe(value);
});
