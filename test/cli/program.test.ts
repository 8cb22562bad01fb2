import { version } from "../../cli/package.json";
import { programOf } from "../../cli/program";

test("the program has each command, with the option of all commands in its help", () => {
  const { commands } = programOf();
  expect(commands.map((command) => command.name())).toEqual([
    "verify",
    "probe",
    "failures",
    "replay",
    "log-groups",
    "adopt",
    "policy",
    "completion",
  ]);
  for (const command of commands) {
    expect(command.helpInformation()).toContain("--color <when>");
  }
});

test("the program prints the version of its package", () => {
  const program = programOf()
    .exitOverride()
    .configureOutput({ writeOut: () => undefined });
  expect(() => program.parse(["--version"], { from: "user" })).toThrow(version);
});

test("the program has no other command", () => {
  const program = programOf()
    .exitOverride()
    .configureOutput({ writeErr: () => undefined, writeOut: () => undefined });
  expect(() => program.parse(["repair"], { from: "user" })).toThrow("unknown command 'repair'");
});
