import { join } from "node:path";
import { type EndedCommand, run, type Running, start, type EnvironmentVariables } from "./run";
import { PROJECT } from "./terraform";

const MAIN = join(PROJECT, "cli/dist/main.js");

/** Runs the built command as a user does. */
export async function runCli(args: readonly string[], environment: EnvironmentVariables): Promise<EndedCommand> {
  return await run("node", [MAIN, ...args], { cwd: PROJECT, environment });
}

/** Starts the built command. */
export function startCli(args: readonly string[], environment: EnvironmentVariables): Running {
  return start("node", [MAIN, ...args], { cwd: PROJECT, environment });
}
