import { Command } from "commander";
import { UnusableInput } from "../../cli/exit-codes";
import {
  checkFleetOptions,
  rejectRepeatedOptions,
  repeatable,
  withAll,
  withFleet,
  withStreamOptions,
} from "../../cli/options";

/** The options that a command line sets. */
function parsed(...args: readonly string[]): Record<string, unknown> {
  const command = withAll(withStreamOptions(new Command("test")))
    .option("--prefix <prefix>", "", repeatable)
    .exitOverride()
    .configureOutput({ writeErr: () => undefined });
  rejectRepeatedOptions(command);
  command.parse(args, { from: "user" });
  return command.opts();
}

describe("the options of a command about streams", () => {
  test("are the table alone where none is set", () => {
    expect(parsed()).toEqual({ format: "table" });
  });

  test("say where the streams are, and how they are named", () => {
    expect(
      parsed(
        ...["--region", "eu-west-1", "--profile", "ops", "--signal", "logs", "--all"],
        ...["--metrics-stream-name", "m", "--logs-stream-name", "l", "--format", "json"],
      ),
    ).toEqual({
      region: "eu-west-1",
      profile: "ops",
      signal: "logs",
      all: true,
      metricsStreamName: "m",
      logsStreamName: "l",
      format: "json",
    });
  });

  test.each([
    ["--signal", "traces", "Allowed choices are metrics, logs."],
    ["--format", "xml", "Allowed choices are table, json."],
  ])("reject %s %s", (option, value, choices) => {
    expect(() => parsed(option, value)).toThrow(choices);
  });

  test("name the guide's streams as the default", () => {
    const help = withStreamOptions(new Command("test")).helpInformation().replace(/\s+/g, " ");
    expect(help).toContain("metrics stream (default: kloudfuse-metrics, or by its endpoint)");
    expect(help).toContain("logs stream (default: kloudfuse-logs, or by its endpoint)");
  });
});

describe("an option that has one value", () => {
  test.each([
    ["--region", "eu-west-1", "us-east-1"],
    ["--signal", "metrics", "logs"],
    ["--format", "json", "json"],
  ])("may not be set twice: %s %s and %s", (option, one, other) => {
    expect(() => parsed(option, one, option, other)).toThrow(
      `error: ${option} must have one value, got several. Remove all but one.`,
    );
  });

  test("may be set once", () => {
    expect(parsed("--region", "eu-west-1", "--signal", "logs")).toMatchObject({ region: "eu-west-1", signal: "logs" });
  });

  test("is none that has no value", () => {
    expect(parsed("--all", "--all")).toMatchObject({ all: true });
  });
});

describe("an option that can be set several times", () => {
  test("has every value, in their order", () => {
    expect(parsed("--prefix", "a", "--prefix", "b")).toMatchObject({ prefix: ["a", "b"] });
  });

  test("is missing where it is not set", () => {
    expect(parsed()).not.toHaveProperty("prefix");
  });
});

describe("the options of a command about a fleet", () => {
  const parsedFleet = (...args: readonly string[]): Record<string, unknown> => {
    const command = withFleet(new Command("test").option("--state <file>"), ["state"])
      .exitOverride()
      .configureOutput({ writeErr: () => undefined });
    command.parse(args, { from: "user" });
    return command.opts();
  };

  test("are none where none is set", () => {
    expect(parsedFleet()).toEqual({});
  });

  test("are the file and any number of accounts", () => {
    expect(parsedFleet("--fleet", "fleet.json", "--account", "1", "--account", "2")).toEqual({
      fleet: "fleet.json",
      account: ["1", "2"],
    });
  });

  test("conflict with an option about one account", () => {
    expect(() => parsedFleet("--fleet", "fleet.json", "--state", "state.json")).toThrow(
      "error: option '--fleet <file>' cannot be used with option '--state <file>'",
    );
  });

  test("are rejected where an account is chosen without a fleet", () => {
    expect(() => {
      checkFleetOptions({ account: ["1", "2"] });
    }).toThrow(new UnusableInput("--account requires --fleet, got 1, 2. Name the fleet file with --fleet."));
    expect(() => {
      checkFleetOptions({ assumeRole: "arn" });
    }).toThrow(new UnusableInput("--assume-role requires --fleet, got arn. Name the fleet file with --fleet."));
    expect(() => {
      checkFleetOptions({ fleet: "fleet.json", externalId: "id" });
    }).toThrow(
      new UnusableInput("--external-id requires --assume-role. The fleet file has the external id of its own role."),
    );
    expect(() => {
      checkFleetOptions({ fleet: "fleet.json", account: ["1"] });
      checkFleetOptions({});
    }).not.toThrow();
  });
});
