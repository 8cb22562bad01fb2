import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One run of a command. */
export interface Sample {
  readonly seconds: number;
  /** The peak memory of the largest process, as Node reports it on exit. */
  readonly megabytes: number;
  /** CPU time on all cores, which does not depend on other processes, unlike the elapsed seconds. */
  readonly cpuSeconds: number;
}

/** Runs a shell command in new processes until it exits. @throws Error when it exits with another exit code */
export async function measure(
  command: string,
  folder: string,
  environment: Readonly<Record<string, string>> = {},
  exitCode = 0,
): Promise<Sample> {
  const report = join(folder, "memory.txt");
  const start = performance.now();
  const child = spawn(command, {
    shell: true,
    env: {
      ...process.env,
      ...environment,
      NODE_OPTIONS: `--require ${join(process.cwd(), "bench/report-memory.cjs")}`,
      MEMORY_REPORT: report,
    },
    stdio: ["ignore", "ignore", "pipe"],
  });
  let stderr = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => (stderr += text));
  const ended = await new Promise((resolve) => child.on("close", resolve));
  const seconds = (performance.now() - start) / 1000;
  if (ended !== exitCode) {
    throw new Error(`${command} must exit with ${exitCode}, got exit code ${String(ended)}: ${stderr}`);
  }
  const [kilobytes, microseconds] = readFileSync(report, "utf8").split(" ").map(Number);
  return { seconds, megabytes: (kilobytes ?? NaN) / 1000, cpuSeconds: (microseconds ?? NaN) / 1e6 };
}

/** Runs work in a temporary folder, and deletes the folder afterwards. */
export async function inTemporaryFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-bench-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a bench; the process exits with 1 if the limits are not met. */
export async function runBench(bench: (folder: string) => Promise<boolean>): Promise<void> {
  process.exitCode = (await inTemporaryFolder(bench)) ? 0 : 1;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
