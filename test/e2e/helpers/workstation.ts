import { cpSync, existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type EndedCommand, outputOf, run, type EnvironmentVariables } from "./run";
import { PROJECT } from "./terraform";

const SOURCES = [
  "cdktf.json",
  "fleet",
  "iam",
  "main.ts",
  "modules",
  "package.json",
  "scripts/run.cjs",
  "tsconfig.json",
];

/** A temporary copy of the project, in which a user types `npx cdktf …`. */
export class Workstation {
  public readonly folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-workstation-"));

  public constructor(private readonly environment: EnvironmentVariables) {
    for (const source of SOURCES) {
      cpSync(join(PROJECT, source), join(this.folder, source), { recursive: true });
    }
    symlinkSync(join(PROJECT, "node_modules"), join(this.folder, "node_modules"));
  }

  public async deploy(options: readonly string[], variables?: EnvironmentVariables): Promise<string> {
    return outputOf("cdktf deploy", await this.tryDeploy(options, variables));
  }

  public async tryDeploy(options: readonly string[], variables?: EnvironmentVariables): Promise<EndedCommand> {
    return await this.cdktf(["deploy", "--auto-approve", "--skip-provider-lock", ...options], variables);
  }

  public async diff(options: readonly string[], variables?: EnvironmentVariables): Promise<string> {
    return outputOf("cdktf diff", await this.cdktf(["diff", "--skip-provider-lock", ...options], variables));
  }

  public async destroy(options: readonly string[], variables?: EnvironmentVariables): Promise<string> {
    return outputOf("cdktf destroy", await this.tryDestroy(options, variables));
  }

  public async tryDestroy(options: readonly string[], variables?: EnvironmentVariables): Promise<EndedCommand> {
    return await this.cdktf(["destroy", "--auto-approve", "--skip-provider-lock", ...options], variables);
  }

  public write(file: string, text: string): void {
    writeFileSync(join(this.folder, file), text);
  }

  public read(file: string): string {
    return readFileSync(join(this.folder, file), "utf8");
  }

  public has(file: string): boolean {
    return existsSync(join(this.folder, file));
  }

  public remove(): void {
    rmSync(this.folder, { recursive: true, force: true });
  }

  /** Without npx, which would put the project's own packages on the PATH. */
  public async node(args: readonly string[], variables: EnvironmentVariables = {}): Promise<EndedCommand> {
    return await run(process.execPath, args, {
      cwd: this.folder,
      environment: { ...this.environment, ...variables, FORCE_COLOR: "0", CI: "1" },
    });
  }

  private async cdktf(args: readonly string[], variables: EnvironmentVariables = {}): Promise<EndedCommand> {
    return await run("npx", ["cdktf", ...args], {
      cwd: this.folder,
      environment: { ...this.environment, ...variables, FORCE_COLOR: "0", CI: "1" },
    });
  }
}
