import { spawn } from "node:child_process";
import { join } from "node:path";
import { FakeAws } from "../test/e2e/helpers/fake-aws";
import { failedKey, failedLine, gzipObject } from "../test/fixtures/failed-records";
import { Json } from "../test/e2e/helpers/json";
import type { EnvironmentVariables } from "../test/e2e/helpers/run";
import { inTemporaryFolder, measure, median, type Sample } from "./measure";

const RUNS = 3;
const HELP_RUNS = 15;
const STREAM = "kloudfuse-logs";
const CLI = "node cli/dist/main.js";
const MAX_MEGABYTES = 256;

/** A workload of objects with records, and the rates to reach in MB of payload per second. */
interface Workload {
  readonly objects: number;
  readonly records: number;
  readonly recordBytes: number;
  readonly replayRate: number;
  readonly failuresRate: number;
}

const WORKLOADS: Readonly<Record<string, Workload>> = {
  "records of 8 KB": { objects: 100, records: 500, recordBytes: 8000, replayRate: 80, failuresRate: 160 },
  "records of 250 B": { objects: 40, records: 16_000, recordBytes: 250, replayRate: 30, failuresRate: 50 },
};
const SMALL_OBJECTS = { objects: 50_000, records: 1, recordBytes: 250, replayRate: 0, failuresRate: 0 };

/** Text that GZIP compresses about as well as telemetry. */
function record(number: number, bytes: number): string {
  const line = `{"number":${number},"value":${(number * 7919) % 104729},"host":"ip-10-0-${number % 256}-${(number * 31) % 256}"}`;
  return line.repeat(Math.ceil(bytes / line.length)).slice(0, bytes);
}

const megabytesOf = ({ objects, records, recordBytes }: Workload): number => (objects * records * recordBytes) / 1e6;

/** Serves S3 and Firehose with the objects of a workload in a separate process, and sends the environment of its clients. */
async function serve(workload: Workload): Promise<void> {
  const fake = await FakeAws.start([{ name: STREAM }], true);
  for (let object = 0; object < workload.objects; object++) {
    const lines = Array.from({ length: workload.records }, (_, index) =>
      failedLine(record(object * workload.records + index, workload.recordBytes)),
    );
    fake.s3.put(failedKey(STREAM, object), gzipObject(lines));
  }
  process.on("message", () => {
    process.send?.(fake.firehose.acceptedRecords);
    fake.firehose.acceptedRecords = 0;
    fake.s3.untag();
  });
  process.send?.(fake.environment);
}

/** The process that serves S3 and Firehose. */
interface ServerProcess {
  readonly environment: EnvironmentVariables;
  /** The number of records since the last call; removes the tags of all objects. */
  readonly accepted: () => Promise<number>;
  readonly stop: () => void;
}

async function startServer(name: string): Promise<ServerProcess> {
  const child = spawn("node", ["scripts/run.cjs", "bench/replay.ts", name], {
    stdio: ["ignore", "inherit", "inherit", "ipc"],
  });
  const message = async (): Promise<Json> =>
    await new Promise((resolve) => {
      child.once("message", (value: unknown) => {
        resolve(new Json(value));
      });
    });
  const environment = await message();
  return {
    environment: Object.fromEntries(environment.keys.map((key) => [key, environment.at(key).text])),
    accepted: async () => {
      const number = message();
      child.send("accepted?");
      return Number((await number).value);
    },
    stop: () => child.kill(),
  };
}

async function benchWorkload(name: string, workload: Workload, folder: string, runs: number): Promise<void> {
  const server = await startServer(name);
  const environment = { ...server.environment, XDG_STATE_HOME: folder };
  const samples = { replay: new Array<Sample>(), dryRun: new Array<Sample>(), failures: new Array<Sample>() };
  try {
    for (let run = 0; run < runs; run++) {
      // A new journal, and no tags: each run sends everything again.
      const journal = join(folder, `${name.replace(/ /g, "-")}-${run}.jsonl`);
      samples.replay.push(await measure(`${CLI} replay --signal logs --journal ${journal}`, folder, environment));
      const accepted = await server.accepted();
      if (accepted !== workload.objects * workload.records) {
        throw new Error(
          `Every record must be accepted once, got ${accepted} of ${workload.objects * workload.records}.`,
        );
      }
      samples.dryRun.push(await measure(`${CLI} replay --signal logs --dry-run`, folder, environment));
      samples.failures.push(await measure(`${CLI} failures --signal logs --limit 0`, folder, environment, 1));
    }
  } finally {
    server.stop();
  }
  const megabytes = megabytesOf(workload);
  const line = (title: string, of: readonly Sample[], rate: number): string => {
    const seconds = median(of.map((sample) => sample.seconds));
    const cpuSeconds = median(of.map((sample) => sample.cpuSeconds));
    const goal = rate === 0 ? "" : ` (at least ${rate})`;
    return `  ${title.padEnd(18)} ${(megabytes / seconds).toFixed(1)} MB/s${goal}, ${seconds.toFixed(1)} s, ${cpuSeconds.toFixed(1)} s of CPU time`;
  };
  console.log(`${name} (${workload.objects} objects, ${megabytes} MB, medians of ${runs}, start included)`);
  console.log(line("replay", samples.replay, workload.replayRate));
  console.log(line("replay --dry-run", samples.dryRun, 0));
  console.log(line("failures", samples.failures, workload.failuresRate));
  for (const command of ["replay", "failures"] as const) {
    const peak = Math.max(...samples[command].map((sample) => sample.megabytes));
    console.log(`  ${`memory of ${command}`.padEnd(18)} ${peak.toFixed(0)} MB (at most ${MAX_MEGABYTES})`);
  }
}

async function bench(folder: string): Promise<void> {
  for (const [name, workload] of Object.entries(WORKLOADS)) {
    await benchWorkload(name, workload, folder, RUNS);
  }
  await benchWorkload("small objects", SMALL_OBJECTS, folder, 1);
  const help = new Array<number>();
  for (let run = 0; run < HELP_RUNS; run++) {
    help.push((await measure(`${CLI} replay --help`, folder)).seconds);
  }
  console.log(`--help             ${median(help).toFixed(3)} s (at most 0.3, median of ${HELP_RUNS})`);
}

const [name] = process.argv.slice(3);
void (name === undefined ? inTemporaryFolder(bench) : serve(WORKLOADS[name] ?? SMALL_OBJECTS));
