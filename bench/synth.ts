import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { measure, median, type Sample } from "./measure";

const RUNS = 15;
const MAX_RATIO = 1.6;

function appCommand(): string {
  const configuration: unknown = JSON.parse(readFileSync("cdktf.json", "utf8"));
  if (typeof configuration === "object" && configuration !== null && "app" in configuration) {
    return String(configuration.app);
  }
  throw new Error("cdktf.json must have an app, got none.");
}

async function bench(folder: string): Promise<void> {
  const commands = { "require('cdktf')": `node -e "require('cdktf')"`, "app's synth": appCommand() };
  const samples = Object.entries(commands).map(([name, command]) => ({ name, command, runs: new Array<Sample>() }));
  // Interleaved, so that both are measured under the same load.
  for (let run = 0; run < RUNS; run++) {
    for (const { command, runs } of samples) {
      runs.push(await measure(command, folder, { CDKTF_OUTDIR: join(folder, "cdktf.out") }));
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
      `ratio              ${(app.seconds / baseline.seconds).toFixed(2)} (at most ${MAX_RATIO}), ${app.megabytes.toFixed(0)} MB (at most 150)`,
    );
  }
}

const folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-bench-"));
void bench(folder).finally(() => {
  rmSync(folder, { recursive: true, force: true });
});
