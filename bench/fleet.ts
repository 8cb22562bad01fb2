import { rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { measure, median, runBench, type Sample } from "./measure";

const RUNS = 3;
const REGIONS = ["us-east-1", "us-west-2", "eu-west-1", "eu-central-1", "ap-southeast-2"];
const [ONE, FEW, MANY] = [1, 100, 1000];
const MAX_SECONDS = 60;
const MAX_MEGABYTES = 1500;
const MAX_RATIO = 1.1;

/** A fleet with a number of stacks and typical settings: a role to assume, a secret for each region, and tags. */
function fleetOf(stacks: number): string {
  const regions = REGIONS.slice(0, stacks);
  return JSON.stringify({
    state: { s3: { bucket: "states", region: "us-east-1", key: "kloudfuse/{account}/{region}.tfstate" } },
    defaults: {
      assume_role: "arn:aws:iam::{account}:role/Deployer",
      regions,
      inputs: {
        kloudfuse_ingester_host: "kfuse.example.com",
        access_key_secret_arn: "arn:aws:secretsmanager:{region}:{account}:secret:kloudfuse-AbCdEf",
        tags: { owner: "observability" },
      },
    },
    accounts: Array.from({ length: stacks / regions.length }, (_, index) => ({ id: String(111122220000 + index) })),
  });
}

async function synthesize(stacks: number, folder: string): Promise<Sample> {
  const path = join(folder, `${stacks}.json`);
  const outdir = join(folder, "cdktf.out");
  writeFileSync(path, fleetOf(stacks));
  try {
    const environment = { KLOUDFUSE_FIREHOSE_FLEET: path, CDKTF_OUTDIR: outdir };
    return await measure("node scripts/run.cjs main.ts", folder, environment);
  } finally {
    rmSync(outdir, { recursive: true, force: true });
  }
}

async function bench(folder: string): Promise<boolean> {
  const samples = new Map([ONE, FEW, MANY].map((stacks) => [stacks, new Array<Sample>()]));
  // Interleaved, so that all are measured under the same load.
  for (let run = 0; run < RUNS; run++) {
    for (const [stacks, ofStacks] of samples) {
      ofStacks.push(await synthesize(stacks, folder));
    }
  }
  const of = (stacks: number, key: keyof Sample): number =>
    median((samples.get(stacks) ?? []).map((sample) => sample[key]));
  for (const stacks of samples.keys()) {
    console.log(
      `fleet of ${stacks}`.padEnd(18) +
        ` ${of(stacks, "seconds").toFixed(1)} s, ${of(stacks, "cpuSeconds").toFixed(1)} s of CPU time, ` +
        `${of(stacks, "megabytes").toFixed(0)} MB (medians of ${RUNS})`,
    );
  }
  const start = of(ONE, "cpuSeconds");
  const perStack = (stacks: number): number => (1000 * (of(stacks, "cpuSeconds") - start)) / (stacks - ONE);
  const ratio = perStack(MANY) / perStack(FEW);
  console.log(
    `each stack         ${perStack(FEW).toFixed(1)} ms of CPU time of ${FEW}, ${perStack(MANY).toFixed(1)} ms of ${MANY}: ` +
      `ratio ${ratio.toFixed(2)} (at most ${MAX_RATIO})`,
  );
  console.log(`${MANY} stacks        at most ${MAX_SECONDS} s and ${MAX_MEGABYTES} MB`);
  return of(MANY, "seconds") <= MAX_SECONDS && of(MANY, "megabytes") <= MAX_MEGABYTES && ratio <= MAX_RATIO;
}

void runBench(bench);
