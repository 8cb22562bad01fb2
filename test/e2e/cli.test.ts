import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { runCli } from "./helpers/cli";
import { run } from "./helpers/run";
import { PROJECT } from "./helpers/terraform";

const COMMANDS = ["verify", "probe", "failures", "replay", "policy"];

describe("kloudfuse-firehose", () => {
  const folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-cli-"));

  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
  });

  test("lists its commands", async () => {
    const { exitCode, stdout } = await runCli(["--help"], {});
    expect(exitCode).toBe(0);
    expect([...stdout.matchAll(/^ {2}([a-z]+) \[options\]/gm)].map(([, name]) => name)).toEqual(COMMANDS);
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
