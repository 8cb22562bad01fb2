import { type ChildProcess, spawn } from "node:child_process";
import { randomInt } from "node:crypto";
import { once } from "node:events";
import { devNull } from "node:os";
import type { EnvironmentVariables } from "./run";
import { requireTools } from "./tools";

/** An AWS emulator of a scenario's own, or the one that AWS_ENDPOINT_URL names. */
export interface Emulator {
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** What a tool needs in its environment to work on the emulator and on nothing else. */
  readonly environment: EnvironmentVariables;
  readonly stop: () => Promise<void>;
}

export const REGION = "us-east-1";

const SECONDS_TO_START = 60;

/** @throws Error naming the tool that is missing, or showing why the emulator did not start */
export async function startEmulator(): Promise<Emulator> {
  requireTools(process.env);
  const shared = process.env["AWS_ENDPOINT_URL"];
  if (shared) {
    return { ...at(shared), stop: () => Promise.resolve() };
  }
  // Port 0: the operating system chooses a free one as the server binds it, so that nothing can clash.
  const server = spawn("moto_server", ["-H", "127.0.0.1", "-p", "0"], {
    env: { ...process.env, PYTHONUNBUFFERED: "1" },
    stdio: ["ignore", "pipe", "pipe"],
  });
  const guard = guardOf(server);
  const stop = async (): Promise<void> => {
    guard.kill("SIGKILL");
    await end(server);
  };
  try {
    return { ...at(await endpointOf(server)), stop };
  } catch (error) {
    await stop();
    throw error;
  }
}

/** LocalStack takes twelve digits for the number of an account: scenarios that share it do not meet. */
function at(endpoint: string): Omit<Emulator, "stop"> {
  const accessKeyId = `1${String(randomInt(1e11)).padStart(11, "0")}`;
  const credentials = { accessKeyId, secretAccessKey: "test" };
  return {
    endpoint,
    credentials,
    environment: {
      AWS_ENDPOINT_URL: endpoint,
      AWS_REGION: REGION,
      AWS_ACCESS_KEY_ID: credentials.accessKeyId,
      AWS_SECRET_ACCESS_KEY: credentials.secretAccessKey,
      AWS_CONFIG_FILE: devNull,
      AWS_SHARED_CREDENTIALS_FILE: devNull,
      AWS_EC2_METADATA_DISABLED: "true",
    },
  };
}

/** Where the server says that it listens. */
async function endpointOf(server: ChildProcess): Promise<string> {
  return await new Promise((resolve, reject) => {
    let output = "";
    const fail = (reason: string): void => {
      clearTimeout(timer);
      reject(new Error(`moto_server ${reason}:\n${output}`));
    };
    const timer = setTimeout(() => {
      fail(`did not start within ${SECONDS_TO_START} seconds`);
    }, SECONDS_TO_START * 1000);
    const listen = (data: Buffer): void => {
      // The server logs every request: nothing is kept once it runs.
      const endpoint = /Running on (http:\S+)/.exec((output += data.toString()))?.[1];
      if (endpoint !== undefined) {
        clearTimeout(timer);
        for (const stream of [server.stdout, server.stderr]) {
          stream?.off("data", listen).resume();
        }
        resolve(endpoint);
      }
    };
    server.stdout?.on("data", listen);
    server.stderr?.on("data", listen);
    server.on("error", ({ message }) => {
      fail(message);
    });
    server.on("exit", (code) => {
      fail(`ended with exit code ${String(code)}`);
    });
  });
}

/** Ends the server when this process is gone, however it went: its end of the pipe is then closed. */
function guardOf(server: ChildProcess): ChildProcess {
  const script = 'trap "" INT TERM HUP; read -r _; kill "$1"';
  return spawn("sh", ["-c", script, "sh", String(server.pid)], { stdio: ["pipe", "ignore", "ignore"] });
}

async function end(server: ChildProcess): Promise<void> {
  if (server.exitCode !== null || server.signalCode !== null || server.pid === undefined) {
    return;
  }
  const ended = once(server, "exit");
  server.kill();
  await ended;
}
