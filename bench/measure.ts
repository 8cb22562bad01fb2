import { spawn } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** One run of a command. */
export interface Sample {
  readonly seconds: number;
  /** The peak of the memory of the largest process, as Node reports it on exit. */
  readonly megabytes: number;
  /** Of the processor, on all cores: other processes do not change it, unlike the seconds. */
  readonly processorSeconds: number;
}

/** Runs a shell command cold, to its end. @throws Error when it ends with another exit code */
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
    throw new Error(`${command} must end with ${exitCode}, got exit code ${String(ended)}: ${stderr}`);
  }
  const [kilobytes, microseconds] = readFileSync(report, "utf8").split(" ").map(Number);
  return { seconds, megabytes: (kilobytes ?? NaN) / 1000, processorSeconds: (microseconds ?? NaN) / 1e6 };
}

/** Does work in a folder that is gone afterwards. */
export async function inFolder<T>(work: (folder: string) => Promise<T>): Promise<T> {
  const folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-bench-"));
  try {
    return await work(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** Runs a bench; the process ends with 1 where the limits are not met. */
export async function runBench(bench: (folder: string) => Promise<boolean>): Promise<void> {
  process.exitCode = (await inFolder(bench)) ? 0 : 1;
}

export function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}
