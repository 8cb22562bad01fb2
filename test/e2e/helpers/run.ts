import { spawn } from "node:child_process";

/** How a command ended. */
export interface EndedCommand {
  readonly exitCode: number | null;
  readonly stdout: string;
  readonly stderr: string;
  /** Both streams, in the order in which they came. */
  readonly output: string;
}

export type EnvironmentVariables = Readonly<Record<string, string>>;

/** A command that is running. */
export interface Running {
  readonly kill: (signal: NodeJS.Signals) => void;
  readonly ended: Promise<EndedCommand>;
}

/** Runs a command to its end, whatever its exit code. */
export async function run(
  command: string,
  args: readonly string[],
  options: { readonly cwd: string; readonly environment: EnvironmentVariables },
): Promise<EndedCommand> {
  return await start(command, args, options).ended;
}

/** Starts a command. */
export function start(
  command: string,
  args: readonly string[],
  { cwd, environment }: { readonly cwd: string; readonly environment: EnvironmentVariables },
): Running {
  const child = spawn(command, args, {
    cwd,
    env: { ...ownEnvironment(), ...environment },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const ended = new Promise<EndedCommand>((resolve, reject) => {
    let [stdout, stderr, output] = ["", "", ""];
    child.stdout.setEncoding("utf8").on("data", (text: string) => {
      stdout += text;
      output += text;
    });
    child.stderr.setEncoding("utf8").on("data", (text: string) => {
      stderr += text;
      output += text;
    });
    child.on("error", reject);
    child.on("close", (exitCode) => {
      resolve({ exitCode, stdout, stderr, output });
    });
  });
  return { kill: (signal) => child.kill(signal), ended };
}

/** The command's output, with every success and failure of its own. */
export function outputOf(command: string, { exitCode, stdout, output }: EndedCommand): string {
  if (exitCode !== 0) {
    throw new Error(`${command} ended with exit code ${String(exitCode)}:\n${output}`);
  }
  return stdout;
}

/** A text for people, without the line breaks and the frame that a tool puts into it. */
export function unwrapped(text: string): string {
  return text.replace(/\s*[│╷╵]?\s+/g, " ");
}

/** This process's environment without what would point a tool at a real account or change its answers. */
function ownEnvironment(): NodeJS.ProcessEnv {
  const foreign =
    /^(AWS_(?!CA_BUNDLE$)|TF_VAR_|TF_CLI_ARGS|TF_WORKSPACE$|TF_DATA_DIR$|TF_LOG|KLOUDFUSE_FIREHOSE_|(?:NO|FORCE)_COLOR$)/;
  return {
    ...Object.fromEntries(Object.entries(process.env).filter(([name]) => !foreign.test(name))),
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
  };
}
