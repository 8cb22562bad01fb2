import { spawnSync } from "node:child_process";
import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { asObject } from "../../../iam/json";
import { entriesOf } from "../../../scripts/release/changelog";

const PROJECT = resolve(__dirname, "../../..");

interface ReleaseRun {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** Runs the program in the project, as the release workflow does. */
function run(...command: readonly string[]): ReleaseRun {
  const { status, stdout, stderr } = spawnSync(
    process.execPath,
    ["scripts/run.cjs", "scripts/release/main.ts", ...command],
    { cwd: PROJECT, encoding: "utf8" },
  );
  return { exitCode: status, stdout, stderr };
}

const read = (file: string): string => readFileSync(join(PROJECT, file), "utf8");
const versionOf = (file: string): string => String(asObject(JSON.parse(read(file)))["version"]);
const tag = (): string => `v${versionOf("package.json")}`;

describe("the program of the release workflow", () => {
  test("prints the entries of the version that a tag names", () => {
    expect(run("notes", tag())).toEqual({
      exitCode: 0,
      stdout: entriesOf(versionOf("package.json"), read("CHANGELOG.md")),
      stderr: "",
    });
  });

  test("rejects a tag that is not the version of both packages", () => {
    const version = versionOf("package.json");
    expect(run("notes", "v99.0.0")).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: `The version in package.json must be that of the tag v99.0.0, got "${version}". Change either.\n`,
    });
    expect(run("notes")).toMatchObject({
      exitCode: 1,
      stderr: 'The tag must be v and a semantic version, such as v1.2.0, got "". Push another tag.\n',
    });
  });

  test("writes the module to a folder, with the URL of its repository", () => {
    const folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-release-"));
    try {
      expect(run("module", tag(), folder, "https://example.com/module.git")).toEqual({
        exitCode: 0,
        stdout: "",
        stderr: "",
      });
      expect(readdirSync(folder)).toContain("main.tf.json");
      expect(readFileSync(join(folder, "README.md"), "utf8")).toContain(
        `source = "git::https://example.com/module.git?ref=${tag()}"`,
      );
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test.each<[name: string, more: readonly string[]]>([
    ["the folder and the URL", []],
    ["the URL", ["folder"]],
    ["the folder", ["", "https://example.com/module.git"]],
  ])("writes no module without %s", (_, more) => {
    expect(run("module", tag(), ...more)).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: "The folder to write the module to and the URL of its repository are required, after the tag.\n",
    });
  });

  test("rejects another command", () => {
    expect(run("publish", tag())).toEqual({
      exitCode: 1,
      stdout: "",
      stderr: 'The command must be notes or module, got "publish". Use one of them.\n',
    });
  });
});
