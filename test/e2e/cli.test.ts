import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCli } from "./helpers/cli";
import { run } from "./helpers/run";
import { PROJECT } from "./helpers/terraform";

const COMMANDS = ["verify", "probe", "failures", "replay", "adopt", "policy"];

describe("kloudfuse-firehose", () => {
  let folder = "";

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-cli-"));
  });

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("lists its commands", async () => {
    const { exitCode, stdout } = await runCli(["--help"], {});
    expect(exitCode).toBe(0);
    expect([...stdout.matchAll(/^ {2}([a-z]+) (?:\[options\]|<)/gm)].map(([, name]) => name)).toEqual([
      ...COMMANDS,
      "completion",
    ]);
  });

  test.each(COMMANDS)("explains %s with its exit codes and examples", async (command) => {
    const { exitCode, stdout, stderr } = await runCli([command, "--help"], {});
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toMatch(/\nExit code: 0 .*, 1 .*, 2 /);
    expect(stdout).toMatch(new RegExp(`\nExamples:\n(.*\n)*.*kloudfuse-firehose ${command}`));
  });

  test.each([
    [["unknown"], /^error: unknown command 'unknown'/],
    [["verify", "--unknown"], /^error: unknown option '--unknown'/],
    [
      ["failures", "--format", "xml"],
      /^error: option '--format <format>' argument 'xml' is invalid\. Allowed choices are table, json\./,
    ],
    [
      ["replay", "--signal", "traces"],
      /^error: option '--signal <signal>' argument 'traces' is invalid\. Allowed choices are metrics, logs\./,
    ],
  ])("ends %j with 2 and says why", async (args, message) => {
    const { exitCode, stdout, stderr } = await runCli(args, {});
    expect({ exitCode, stdout }).toEqual({ exitCode: 2, stdout: "" });
    expect(stderr).toMatch(message);
  });

  test("prints an error as JSON too where JSON is asked for", async () => {
    const { exitCode, stdout, stderr } = await runCli(["verify", "--format", "json", "--unknown"], {});
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: "error: unknown option '--unknown'\n" });
    expect(JSON.parse(stdout)).toMatchObject({
      error: "unknown option '--unknown'",
      summary: { account: null, counts: { problem: 0 }, exitCode: 2 },
      checks: [],
    });
  });

  test.each(["bash", "fish", "zsh"])("prints the completion for %s", async (shell) => {
    const { exitCode, stdout, stderr } = await runCli(["completion", shell], {});
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("all-regions");
  });

  test.each([
    [["--color", "always"], {}, true],
    [["--color", "auto"], {}, false],
    [[], { FORCE_COLOR: "1" }, true],
    [[], { FORCE_COLOR: "1", NO_COLOR: "1" }, false],
    [["--color", "never"], { FORCE_COLOR: "1" }, false],
  ])("colors an error with %j and %j: %s", async (options, environment, isColored) => {
    const { stderr } = await runCli(["probe", "no host", ...options], environment);
    expect(stderr).toMatch(/kloudfuse-firehose:/);
    expect(stderr.includes("\u001b[31m")).toBe(isColored);
  });

  test("takes a reader that has seen enough for no failure", async () => {
    const main = join(PROJECT, "cli/dist/main.js");
    const plan = join(folder, "plan.json");
    writeFileSync(plan, '{"format_version": "1.2", "planned_values": {}}');
    const { exitCode, stderr } = await run(
      "bash",
      ["-c", `set -o pipefail; node ${main} policy ${plan} --allow-no-stream --format sarif | true`],
      { cwd: PROJECT, environment: {} },
    );
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
  });
});
