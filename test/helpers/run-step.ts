import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";

export interface StepRun {
  readonly exitCode: number | null;
  readonly output: string;
  /** Content of a file in the folder that the step ran in; undefined when there is none. */
  readonly file: (name: string) => string | undefined;
}

/**
 * Runs the commands of a workflow's step as the runner does, in an empty folder.
 *
 * @param programs JavaScript of programs that take the place of the real ones, by name
 */
export function runStep(
  commands: unknown,
  environment: Readonly<Record<string, string>>,
  programs: Readonly<Record<string, string>>,
): StepRun {
  const folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-step-"));
  try {
    const bin = join(folder, "bin");
    mkdirSync(bin);
    for (const [name, script] of Object.entries(programs)) {
      writeFileSync(join(bin, name), `#!/usr/bin/env node\n${script}\n`);
      chmodSync(join(bin, name), 0o755);
    }
    const { status, stdout, stderr } = spawnSync("sh", ["-e", "-c", String(commands)], {
      cwd: folder,
      encoding: "utf8",
      env: {
        PATH: `${bin}${delimiter}${process.env["PATH"] ?? ""}`,
        GITHUB_OUTPUT: join(folder, "github-output"),
        GITHUB_STEP_SUMMARY: join(folder, "github-step-summary"),
        ...environment,
      },
    });
    const files = new Map(
      ["github-output", "github-step-summary", "plan.json", "policies.sarif", "report.md"]
        .filter((name) => existsSync(join(folder, name)))
        .map((name) => [name, readFileSync(join(folder, name), "utf8")]),
    );
    return { exitCode: status, output: `${stdout}${stderr}`, file: (name) => files.get(name) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
