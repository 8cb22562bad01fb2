import { FirehoseClient, PutRecordBatchCommand } from "@aws-sdk/client-firehose";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Backup } from "../test/e2e/helpers/backup";
import { type Emulator, REGION, startEmulator } from "../test/e2e/helpers/emulator";
import { failedKey, failedLine, gzipObject } from "../test/fixtures/failed-records";
import { measure, median } from "./measure";

const RUNS = 3;
const HELP_RUNS = 15;
const CONCURRENCY = 4;
const [OBJECTS, RECORDS, RECORD_BYTES] = [40, 500, 8000];
const MEGABYTES = (OBJECTS * RECORDS * RECORD_BYTES) / 1e6;
const TARGET = 20;
const CLI = "node cli/dist/main.js";

/** Text, as the emulator takes no other bytes, of which GZIP makes what it makes of telemetry. */
function record(number: number): string {
  const line = `{"number":${number},"value":${(number * 7919) % 104729},"host":"ip-10-0-${number % 256}-${(number * 31) % 256}"}`;
  return line.repeat(Math.ceil(RECORD_BYTES / line.length)).slice(0, RECORD_BYTES);
}

const records = (object: number): string[] =>
  Array.from({ length: RECORDS }, (_, index) => record(object * RECORDS + index));

/** What the emulator takes, in MB a second, when the same batches are sent by as many requests at once. */
async function emulatorRate({ endpoint, credentials }: Emulator): Promise<number> {
  const firehose = new FirehoseClient({ endpoint, region: REGION, credentials });
  const batches = Array.from({ length: OBJECTS }, (_, object) =>
    records(object).map((data) => ({ Data: Buffer.from(data) })),
  );
  const start = performance.now();
  const sendAll = async (): Promise<void> => {
    for (let Records = batches.pop(); Records !== undefined; Records = batches.pop()) {
      await firehose.send(new PutRecordBatchCommand({ DeliveryStreamName: "kloudfuse-logs", Records }));
    }
  };
  await Promise.all(Array.from({ length: CONCURRENCY }, sendAll));
  return MEGABYTES / ((performance.now() - start) / 1000);
}

async function bench(emulator: Emulator, ingester: string, folder: string): Promise<void> {
  const backup = await Backup.make(emulator, ingester);
  for (let object = 0; object < OBJECTS; object++) {
    await backup.put(failedKey("kloudfuse-logs", object), gzipObject(records(object).map((data) => failedLine(data))));
  }
  const environment = { ...emulator.environment, XDG_STATE_HOME: folder };
  const samples = new Array<{ emulator: number; replay: number; failures: number; megabytes: number }>();
  for (let run = 0; run < RUNS; run++) {
    // A journal of its own, and no tags: each run has everything to do again.
    const options = `--signal logs --journal ${join(folder, `${run}.jsonl`)}`;
    const rate = await emulatorRate(emulator);
    const replay = await measure(`${CLI} replay ${options}`, folder, environment);
    await backup.untag();
    const failures = await measure(`${CLI} failures --signal logs --limit 0`, folder, environment, 1);
    samples.push({
      emulator: rate,
      replay: MEGABYTES / replay.seconds,
      failures: MEGABYTES / failures.seconds,
      megabytes: Math.max(replay.megabytes, failures.megabytes),
    });
  }
  const of = (name: "emulator" | "replay" | "failures" | "megabytes"): number =>
    median(samples.map((sample) => sample[name]));
  const goal = Math.min(TARGET, of("emulator"));
  const help = new Array<number>();
  for (let run = 0; run < HELP_RUNS; run++) {
    help.push((await measure(`${CLI} replay --help`, folder)).seconds);
  }
  console.log(`emulator takes     ${of("emulator").toFixed(1)} MB/s of payload  (medians of ${RUNS}, ${MEGABYTES} MB)`);
  console.log(`replay             ${of("replay").toFixed(1)} MB/s, start of the process included`);
  console.log(`failures           ${of("failures").toFixed(1)} MB/s`);
  console.log(`memory             ${of("megabytes").toFixed(0)} MB (at most 256)`);
  console.log(
    `ratio              ${(of("replay") / goal).toFixed(2)} of the lesser of ${TARGET} MB/s and the emulator's rate`,
  );
  console.log(`--help             ${median(help).toFixed(3)} s (at most 0.3, median of ${HELP_RUNS})`);
}

async function main(): Promise<void> {
  const folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-bench-"));
  const sink = createServer((incoming, outgoing) => {
    incoming.resume().on("end", () => outgoing.end("{}"));
  });
  await new Promise<void>((resolve) => sink.listen(0, "127.0.0.1", resolve));
  const address = sink.address();
  const port = address === null || typeof address === "string" ? 0 : address.port;
  const emulator = await startEmulator();
  try {
    await bench(emulator, `http://127.0.0.1:${port}`, folder);
  } finally {
    await emulator.stop();
    sink.close();
    sink.closeAllConnections();
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
