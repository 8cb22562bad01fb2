import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { asObject, type JsonObject } from "../policies/json";
import { deployment, planJson } from "../test/helpers/plan";
import { measure, median } from "./measure";

const RUNS = 3;
const RESOURCES = [10_000, 100_000] as const;
const MAX_SECONDS = 2;
const MAX_MEGABYTES = 300;
const CLI = "node dist/cli/main.js";

const PER_MODULE = deployment().length;

/** A plan of many modules, each with a role, a bucket and a log group of its own. */
function planWith(resources: number): string {
  const modules = Array.from({ length: Math.ceil(resources / PER_MODULE) }, (_, index) =>
    deployment({ module: `module.k${index}`, bucket: `failures-${index}` }).map((change) => ({
      ...change,
      values: ownNames(change.values, index),
    })),
  );
  return planJson(modules.flat());
}

const ownNames = (values: JsonObject, index: number): JsonObject =>
  asObject(
    JSON.parse(
      JSON.stringify(values)
        .replaceAll("KloudfuseFirehoseRole", `KloudfuseFirehoseRole${index}`)
        .replaceAll("/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs", `/aws/kinesisfirehose/k${index}`),
    ),
  );

async function bench(folder: string): Promise<boolean> {
  const file = join(folder, "plan.json");
  let isMet = true;
  for (const resources of RESOURCES) {
    writeFileSync(file, planWith(resources));
    const samples = [];
    for (let run = 0; run < RUNS; run += 1) {
      samples.push(await measure(`${CLI} policy ${file}`, folder));
    }
    const seconds = median(samples.map((sample) => sample.seconds));
    const megabytes = median(samples.map((sample) => sample.megabytes));
    const factor = resources / RESOURCES[0];
    // Ten times the resources take at most ten times as long.
    isMet &&= seconds <= MAX_SECONDS * factor && megabytes <= MAX_MEGABYTES * factor;
    console.log(
      `policy, ${resources} resources  ${seconds.toFixed(2)} s (at most ${MAX_SECONDS * factor}), ` +
        `${megabytes.toFixed(0)} MB (at most ${MAX_MEGABYTES * factor})`,
    );
  }
  return isMet;
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-policies-"));
  try {
    process.exitCode = (await bench(folder)) ? 0 : 1;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
