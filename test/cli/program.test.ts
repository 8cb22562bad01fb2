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

test.each([
  ["verify", "--signal", "metrics", "logs"],
  ["probe", "--timeout", "5", "6"],
  ["failures", "--since", "2h", "3h"],
  ["replay", "--region", "eu-west-1", "us-east-1"],
  ["log-groups", "--region", "eu-west-1", "us-east-1"],
  ["adopt", "--region", "eu-west-1", "us-east-1"],
  ["policy", "--format", "json", "junit"],
])("the command %s rejects %s twice", (command, option, one, other) => {
  const program = programOf();
  for (const each of [program, ...program.commands]) {
    each.exitOverride().configureOutput({ writeErr: () => undefined });
  }
  expect(() => program.parse([command, option, one, option, other], { from: "user" })).toThrow(
    `error: ${option} must have one value, got several. Remove all but one.`,
  );
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
