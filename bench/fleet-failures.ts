import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { FakeAws } from "../test/e2e/helpers/fake-aws";
import { failedKey, failedLine, gzipObject } from "../test/fixtures/failed-records";
import { measure, median, runBench, type Sample } from "./measure";

const RUNS = 3;
const STREAM = "kloudfuse-logs";
const [ONE, MANY] = [1, 200];
const [OBJECTS, RECORDS, RECORD_BYTES] = [20, 500, 1000];
const MAX_MEGABYTES = 256;

const fleetOf = (stacks: number): string =>
  JSON.stringify({
    defaults: {
      assume_role: "arn:aws:iam::{account}:role/ReadOnly",
      regions: ["us-east-1"],
      inputs: { kloudfuse_ingester_host: "kfuse.example.com", create_metrics_stream: false },
    },
    accounts: Array.from({ length: stacks }, (_, index) => ({ id: String(111122220000 + index) })),
  });

/** Every stack has the same objects of failed records. */
async function start(): Promise<FakeAws> {
  const fake = await FakeAws.start([{ name: STREAM }]);
  for (let object = 0; object < OBJECTS; object++) {
    const lines = Array.from({ length: RECORDS }, (_, index) =>
      failedLine(`${object} ${index} `.repeat(RECORD_BYTES).slice(0, RECORD_BYTES)),
    );
    fake.s3.put(failedKey(STREAM, object), gzipObject(lines));
  }
  return fake;
}

async function bench(folder: string): Promise<boolean> {
  const fake = await start();
  const samples = new Map([ONE, MANY].map((stacks) => [stacks, new Array<Sample>()]));
  try {
    for (let run = 0; run < RUNS; run++) {
      for (const [stacks, ofStacks] of samples) {
        const path = join(folder, `${stacks}.json`);
        writeFileSync(path, fleetOf(stacks));
        const command = `node cli/dist/main.js failures --fleet ${path} --limit 0`;
        ofStacks.push(await measure(command, folder, fake.environment, 1));
      }
    }
  } finally {
    await fake.stop();
  }
  const of = (stacks: number, key: keyof Sample): number =>
    median((samples.get(stacks) ?? []).map((sample) => sample[key]));
  for (const stacks of samples.keys()) {
    console.log(
      `failures of ${stacks}`.padEnd(18) +
        ` ${of(stacks, "seconds").toFixed(1)} s, ${of(stacks, "cpuSeconds").toFixed(1)} s of CPU time, ` +
        `${of(stacks, "megabytes").toFixed(0)} MB (medians of ${RUNS}; ${OBJECTS * RECORDS} records per stack)`,
    );
  }
  console.log(`${MANY} stacks         at most ${MAX_MEGABYTES} MB`);
  return of(MANY, "megabytes") <= MAX_MEGABYTES;
}

void runBench(bench);
