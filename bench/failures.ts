import { type ChildProcess, spawn } from "node:child_process";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type ServerResponse } from "node:http";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { failedKey, failedLine, gzipObject } from "../test/fixtures/failed-records";
import { measure, median } from "./measure";

const RUNS = 5;
const STREAM = "kloudfuse-logs";
const CLI = "node cli/dist/main.js failures --signal logs --limit 0 --region eu-west-1";

/** Objects of about 5 MB before compression, which is what Firehose buffers for S3 unless it is set otherwise. */
const CASES = [
  { name: "8 KB records", recordBytes: 8000, records: 500, objects: 40, target: 160 },
  { name: "250-byte records", recordBytes: 250, records: 8000, objects: 40, target: 50 },
] as const;
const MAX_MEGABYTES = 256;

/** Text of which GZIP makes what it makes of telemetry. */
function record(number: number, bytes: number): string {
  const line = `{"number":${number},"value":${(number * 7919) % 104729},"host":"ip-10-0-${number % 256}-${(number * 31) % 256}"}`;
  return line.repeat(Math.ceil(bytes / line.length)).slice(0, bytes);
}

/** Answers like Firehose and S3 as far as `failures` asks them, from memory. */
function serve(recordBytes: number, records: number, objects: number): void {
  const content = new Map(
    Array.from({ length: objects }, (_, object) => {
      const lines = Array.from({ length: records }, (__, at) => failedLine(record(object * records + at, recordBytes)));
      return [failedKey(STREAM, object), gzipObject(lines)] as const;
    }),
  );
  const list = [...content]
    .map(([key, { length }]) => `<Contents><Key>${key}</Key><ETag>"e"</ETag><Size>${length}</Size></Contents>`)
    .join("");
  const server = createServer((request, response) => {
    request.resume().on("end", () => {
      const path = new URL(request.url ?? "/", "http://localhost").pathname;
      answer(response, request.method === "POST", content.get(path.replace(/^\/backup\//, "")), list);
    });
  });
  server.listen(0, "127.0.0.1", () => {
    const address = server.address();
    process.stdout.write(`${address === null || typeof address === "string" ? "" : address.port}\n`);
  });
}

function answer(response: ServerResponse, isFirehose: boolean, object: Buffer | undefined, list: string): void {
  if (isFirehose) {
    response.end(JSON.stringify({ DeliveryStreamDescription: DESCRIPTION }));
  } else if (object === undefined) {
    response.end(`<ListBucketResult><IsTruncated>false</IsTruncated>${list}</ListBucketResult>`);
  } else {
    response.writeHead(200, { "content-length": object.length, etag: '"e"' }).end(object);
  }
}

const DESCRIPTION = {
  DeliveryStreamName: STREAM,
  DeliveryStreamARN: `arn:aws:firehose:eu-west-1:123456789012:deliverystream/${STREAM}`,
  DeliveryStreamStatus: "ACTIVE",
  DeliveryStreamType: "DirectPut",
  Destinations: [
    {
      DestinationId: "1",
      HttpEndpointDestinationDescription: {
        EndpointConfiguration: { Url: "https://kfuse.example.com/ingester/kinesis/logs", Name: STREAM },
        S3BackupMode: "FailedDataOnly",
        S3DestinationDescription: { BucketARN: "arn:aws:s3:::backup", Prefix: `${STREAM}-failures/` },
      },
    },
  ],
};

async function startServer(values: readonly number[]): Promise<{ child: ChildProcess; endpoint: string }> {
  const args = ["scripts/run.cjs", "bench/failures.ts", ...values.map(String)];
  const child = spawn("node", args, { stdio: ["ignore", "pipe", "inherit"] });
  const port = await new Promise<string>((resolve) => child.stdout.setEncoding("utf8").once("data", resolve));
  return { child, endpoint: `http://127.0.0.1:${port.trim()}` };
}

async function bench(folder: string): Promise<void> {
  for (const { name, recordBytes, records, objects, target } of CASES) {
    const { child, endpoint } = await startServer([recordBytes, records, objects]);
    try {
      const environment = { AWS_ENDPOINT_URL: endpoint, AWS_ACCESS_KEY_ID: "bench", AWS_SECRET_ACCESS_KEY: "bench" };
      const payload = (recordBytes * records * objects) / 1e6;
      const rates = new Array<number>();
      const memory = new Array<number>();
      for (let run = 0; run < RUNS; run++) {
        const { seconds, megabytes } = await measure(CLI, folder, environment, 1);
        rates.push(payload / seconds);
        memory.push(megabytes);
      }
      console.log(
        `${name.padEnd(17)} ${median(rates).toFixed(0)} MB/s of payload (at least ${target}; median of ${RUNS} runs of ${payload} MB, start of the process included), ` +
          `${Math.max(...memory).toFixed(0)} MB of memory (at most ${MAX_MEGABYTES})`,
      );
    } finally {
      child.kill();
    }
  }
}

async function main(): Promise<void> {
  const [recordBytes, records, objects] = process.argv.slice(3).map(Number);
  if (recordBytes !== undefined && records !== undefined && objects !== undefined) {
    serve(recordBytes, records, objects);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-bench-"));
  try {
    await bench(folder);
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

void main();
