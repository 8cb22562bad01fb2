import { accessSync, constants } from "node:fs";
import { delimiter, join } from "node:path";

/** Environment variables, which may not be set. */
export type Environment = Readonly<Record<string, string | undefined>>;

const EXTENSIONS = process.platform === "win32" ? [".exe", ".cmd", ".bat"] : [""];

/**
 * Makes sure that the tools that the end-to-end tests run are on the PATH.
 *
 * @throws Error naming each tool that is missing, and what to do
 */
export function requireTools(environment: Environment): void {
  requireAll(environment, environment["AWS_ENDPOINT_URL"] ? ["terraform"] : ["terraform", "moto_server"]);
}

/** The same for the tests that need no AWS. */
export function requireTerraform(environment: Environment): void {
  requireAll(environment, ["terraform"]);
}

function requireAll(environment: Environment, tools: readonly Tool[]): void {
  const missing = tools.filter((tool) => !isOnPath(tool, environment["PATH"] ?? ""));
  if (missing.length > 0) {
    throw new Error(`${missing.join(" and ")} must be on the PATH. ${missing.map((tool) => ADVICE[tool]).join(" ")}`);
  }
}

type Tool = keyof typeof ADVICE;

const ADVICE = {
  terraform: "Install Terraform 1.9 or later.",
  moto_server:
    "Install it with `pip install 'moto[server]'`, or set AWS_ENDPOINT_URL to another AWS emulator, which is then used.",
} as const;

function isOnPath(tool: string, path: string): boolean {
  return path
    .split(delimiter)
    .filter((folder) => folder !== "")
    .some((folder) => EXTENSIONS.some((extension) => isExecutable(join(folder, tool + extension))));
}

function isExecutable(file: string): boolean {
  try {
    accessSync(file, constants.X_OK);
    return true;
  } catch {
    return false;
  }
}
