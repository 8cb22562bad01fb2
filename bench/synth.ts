import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

const RUNS = 15;

interface Sample {
  readonly seconds: number;
  readonly megabytes: number;
}

/** Runs a shell command cold; the memory is the largest process's, as Node reports it on exit. */
function measure(command: string, folder: string): Sample {
  const report = join(folder, "memory.txt");
  const start = process.hrtime.bigint();
  const { status, stderr } = spawnSync(command, {
    shell: true,
    encoding: "utf8",
    env: {
      ...process.env,
      NODE_OPTIONS: `--require ${join(process.cwd(), "bench/report-memory.cjs")}`,
      MEMORY_REPORT: report,
      CDKTF_OUTDIR: join(folder, "cdktf.out"),
    },
  });
  const seconds = Number(process.hrtime.bigint() - start) / 1e9;
  if (status !== 0) {
    throw new Error(`${command} must succeed, got exit code ${String(status)}: ${stderr}`);
  }
  return { seconds, megabytes: Number(readFileSync(report, "utf8")) / 1000 };
}

function median(values: readonly number[]): number {
  const sorted = [...values].sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)] ?? NaN;
}

function appCommand(): string {
  const configuration: unknown = JSON.parse(readFileSync("cdktf.json", "utf8"));
  if (typeof configuration === "object" && configuration !== null && "app" in configuration) {
    return String(configuration.app);
  }
  throw new Error("cdktf.json must name the app, got none.");
}

const folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-bench-"));
try {
  const commands = { "require('cdktf')": `node -e "require('cdktf')"`, "app's synth": appCommand() };
  const samples = Object.entries(commands).map(([name, command]) => ({ name, command, runs: new Array<Sample>() }));
  // Side by side, so that both see the same noise.
  for (let run = 0; run < RUNS; run++) {
    for (const { command, runs } of samples) {
      runs.push(measure(command, folder));
    }
  }
  const medians = samples.map(({ name, runs }) => ({
    name,
    seconds: median(runs.map(({ seconds }) => seconds)),
    megabytes: median(runs.map(({ megabytes }) => megabytes)),
  }));
  for (const { name, seconds, megabytes } of medians) {
    console.log(`${name.padEnd(18)} ${seconds.toFixed(3)} s  ${megabytes.toFixed(0)} MB  (medians of ${RUNS})`);
  }
  const [baseline, app] = medians;
  if (baseline !== undefined && app !== undefined) {
    console.log(
      `ratio              ${(app.seconds / baseline.seconds).toFixed(2)} (at most 2), ${app.megabytes.toFixed(0)} MB (at most 150)`,
    );
  }
} finally {
  rmSync(folder, { recursive: true, force: true });
}
