import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gzipSync } from "node:zlib";
import {
  answerOf,
  AWS_EXAMPLE,
  cloudWatchLogsData,
  failedKey,
  failedLine,
  gzipObject,
  metricStreamData,
} from "../fixtures/failed-records";
import { operatorCase } from "../helpers/backup";
import { BackupObjects } from "./helpers/backup";
import { runCli, startCli } from "./helpers/cli";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { FaultProxy, refusal } from "./helpers/fault-proxy";
import { Json } from "./helpers/json";
import type { EndedCommand } from "./helpers/run";
import { PROJECT } from "./helpers/terraform";

const [METRICS, LOGS] = ["kloudfuse-metrics", "kloudfuse-logs"];

describe("kloudfuse-firehose failures", () => {
  let emulator: Emulator;
  let proxy: FaultProxy;
  let backup: BackupObjects;

  beforeEach(async () => {
    emulator = await startEmulator();
    proxy = await FaultProxy.start(emulator.endpoint);
    backup = await BackupObjects.make(emulator, "https://kfuse.example.com");
  });

  afterEach(async () => {
    await Promise.all([proxy.stop(), emulator.stop()]);
  });

  const failures = async (...options: readonly string[]): Promise<EndedCommand> =>
    await runCli(["failures", ...options], proxy.environment(emulator.environment));
  const found = async (...options: readonly string[]): Promise<{ exitCode: number | null; json: Json }> => {
    const { exitCode, stdout } = await failures("--format", "json", ...options);
    return { exitCode, json: Json.parse(stdout) };
  };

  /** One object of each signal, with three causes. */
  const fill = async (): Promise<void> => {
    await backup.put(
      failedKey(METRICS, 1),
      gzipObject([failedLine(metricStreamData("DiskWriteOps")), failedLine(metricStreamData("DiskReadOps"))]),
    );
    const forbidden = { errorMessage: answerOf(403, "Forbidden"), arrivalTimestamp: 1594260000000, attemptsMade: 1 };
    await backup.put(
      failedKey(LOGS, 1),
      `${[AWS_EXAMPLE, failedLine(cloudWatchLogsData("disk is full"), forbidden)].join("\n")}\n`,
    );
  };

  test("decodes every record of both streams and groups them by cause", async () => {
    await fill();
    const { exitCode, json } = await found();
    expect(exitCode).toBe(1);
    expect(json.at("records").list.map(({ value }) => value)).toMatchObject([
      {
        stream: METRICS,
        object: failedKey(METRICS, 1),
        index: 0,
        cause: "endpoint-failing",
        attemptsMade: 5,
        arrived: "2020-07-09T03:39:03.615Z",
        lastAttemptEnded: "2020-07-09T03:41:21.318Z",
        errorCode: "HttpEndpoint.DestinationException",
        errorMessage: answerOf(503, "Service Unavailable"),
        payload: { kind: "metric stream", metrics: [{ metric_name: "DiskWriteOps", namespace: "AWS/EC2" }] },
      },
      { stream: METRICS, index: 1, payload: { metrics: [{ metric_name: "DiskReadOps" }] } },
      {
        stream: LOGS,
        index: 0,
        cause: "not-authenticated",
        bytes: 15,
        payload: { kind: "text", text: "sample raw data" },
      },
      {
        stream: LOGS,
        index: 1,
        cause: "not-allowed",
        attemptsMade: 1,
        payload: {
          kind: "CloudWatch Logs",
          logGroup: "log_group_name",
          logEvents: [{ timestamp: 1510109208016, message: "disk is full" }],
        },
      },
    ]);
    const bytes = Buffer.byteLength(metricStreamData("DiskWriteOps") + metricStreamData("DiskReadOps"));
    expect(json.at("causes").list.map(({ value }) => value)).toMatchObject([
      {
        stream: METRICS,
        cause: "endpoint-failing",
        records: 2,
        bytes,
        first: "2020-07-09T03:39:03.615Z",
        last: "2020-07-09T03:41:21.318Z",
      },
      { stream: LOGS, cause: "not-authenticated", records: 1, errorCodes: ["HttpEndpoint.DestinationException"] },
      { stream: LOGS, cause: "not-allowed", records: 1, first: "2020-07-09T02:00:00.000Z", isPermanent: false },
    ]);
  });

  test("shows people the payload, the causes and what to do, in tab-separated lines without colors in a pipe", async () => {
    await fill();
    const { exitCode, stdout, stderr } = await failures();
    expect({ exitCode, stderr }).toEqual({ exitCode: 1, stderr: "" });
    expect(stdout).toContain("\t2020-07-09 03:39:03Z\t2020-07-09 03:41:21Z\t5\t");
    expect(stdout).toContain("2017-11-08 02:46:48Z disk is full");
    expect(stdout).toContain('"metric_name":"DiskWriteOps"');
    expect(stdout).toContain("403: the access key is not");
    expect(stdout).toContain("Allow the key to ingest in");
    expect(stdout).toMatch(
      /\n# 3 checks: 3 problems, 0 unknown, 0 notes, 0 ok\n# 4 failed records in 2 objects, 4 shown\n$/,
    );
    expect(stdout).not.toContain("\u001b");
  });

  test("lists as many records as --limit says, and still counts all of them", async () => {
    await fill();
    const { json } = await found("--limit", "1");
    expect(json.at("records").list).toHaveLength(1);
    expect(json.value).toMatchObject({ shown: 1, objects: 2 });
    const none = (await found("--limit", "0")).json;
    expect(none.at("records").list).toEqual([]);
    expect(none.at("causes").list.reduce((sum, cause) => sum + Number(cause.at("records").value), 0)).toBe(4);
  });

  test("keeps to one signal, and to a range of time", async () => {
    await fill();
    expect((await found("--signal", "logs")).json.value).toMatchObject({ objects: 1 });
    expect(await found("--since", "1h")).toMatchObject({ exitCode: 1, json: { value: { objects: 2 } } });
    expect(await found("--until", "1h")).toMatchObject({ exitCode: 0, json: { value: { objects: 0, causes: [] } } });
    expect(await found("--since", "2h", "--until", "1h")).toMatchObject({
      exitCode: 0,
      json: { value: { objects: 0 } },
    });
    expect(await found("--since", "2099-01-01")).toMatchObject({
      exitCode: 2,
      json: { value: { error: expect.stringContaining("--since must not be in the future") as unknown } },
    });
  });

  test("names what is corrupt, and reads on behind it", async () => {
    await fill();
    const [cut, text] = [failedKey(LOGS, 2), failedKey(LOGS, 3)];
    await backup.put(cut, gzipObject([failedLine("one"), failedLine("two")]).subarray(0, 150));
    await backup.put(text, `no record\n${failedLine("three")}\n`);
    const { exitCode, json } = await found("--signal", "logs");
    expect(exitCode).toBe(1);
    const corrupt = json.at("corrupt", "items").list.map((one) => [one.at("key").text, one.at("reason").text]);
    expect(corrupt.at(-2)).toEqual([cut, "entry 0: the rest is corrupt: unexpected end of file"]);
    expect(corrupt.at(-1)).toEqual([text, "entry 0: this is not a failed record"]);
    expect(json.at("records").list.at(-1)?.value).toMatchObject({ object: text, index: 1, payload: { text: "three" } });
    expect((await failures()).stdout).toContain(`corrupt entries\t2; ${cut}: entry 0: the rest is corrupt`);
  });

  test("reads every compression format, and names an object that it cannot read", async () => {
    const files = ["f3.zip", "f3-raw.snappy", "f3-framed.snappy", "f3.hsnappy"];
    for (const [number, file] of files.entries()) {
      await backup.put(failedKey(LOGS, number), operatorCase(file));
    }
    expect((await found("--signal", "logs")).json.value).toMatchObject({ objects: 4, failedRecords: 4 });
    await backup.put(failedKey(LOGS, 4), Buffer.from("28b52ffd2400", "hex"));
    const { json } = await found("--signal", "logs");
    expect(json.value).toMatchObject({
      objects: 4,
      failedRecords: 4,
      unreadable: {
        count: 1,
        items: [
          { key: failedKey(LOGS, 4), reason: "the object is Zstandard, which cannot be read; it stays as it is" },
        ],
      },
    });
  });

  test("is undetermined where an object cannot be read, or none is the stream's", async () => {
    await backup.put(failedKey(LOGS, 1), Buffer.from("28b52ffd2400", "hex"));
    expect((await failures("--signal", "logs")).exitCode).toBe(2);
    await backup.put(
      failedKey(METRICS, 1).replaceAll(`/${METRICS}-1-`, "/renamed-1-"),
      gzipObject([failedLine("one")]),
    );
    const { exitCode, json } = await found("--signal", "metrics");
    expect({ exitCode, foreignObjects: json.at("foreignObjects").value }).toEqual({ exitCode: 2, foreignObjects: 1 });
    expect(json.at("undetermined").list.map(({ text }) => text)).toEqual([METRICS]);
    expect(json.at("checks").list.map(({ value }) => value)).toMatchObject([
      {
        subject: METRICS,
        verdict: "unknown",
        found:
          "1 object under s3://kloudfuse-backup/kloudfuse-metrics-failures/, none with a key that Firehose builds for failed records of this stream",
      },
    ]);
  });

  test("lets nothing that others wrote steer the terminal", async () => {
    await backup.put(
      failedKey(LOGS, 1),
      gzipObject([
        failedLine("\u001b[2Jgone\u202e", { errorMessage: "\u001b]0;owned\u0007", errorCode: "X\u001b[31m" }),
      ]),
    );
    const { stdout } = await failures();
    expect(stdout).toContain("[2Jgone");
    // eslint-disable-next-line no-control-regex -- they are what must be absent, beside the tabs between fields
    expect(stdout).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u202a-\u202e]/);
  });

  test("is healthy when nothing failed", async () => {
    const { exitCode, stdout } = await failures("--all");
    const none = (stream: string): string =>
      `ok\tus-east-1\t${stream}\tfailed records\tnone in 0 objects under s3://kloudfuse-backup/${stream}-failures/\t-`;
    expect({ exitCode, lines: stdout.split("\n").slice(1) }).toEqual({
      exitCode: 0,
      lines: [
        none(METRICS),
        none(LOGS),
        "# 2 checks: 0 problems, 0 unknown, 0 notes, 2 ok",
        "# 0 failed records in 0 objects, 0 shown",
        "",
      ],
    });
    expect(stdout).toMatch(/^# Account \d{12}, region us-east-1, evaluated /);
  });

  test("names the object that may not be read, and continues with the others", async () => {
    await fill();
    proxy.on(`GET /kloudfuse-backup/${failedKey(METRICS, 1)}`, refusal(403, "AccessDenied"));
    const { exitCode, json } = await found();
    expect(exitCode).toBe(1);
    expect(json.value).toMatchObject({
      objects: 1,
      unreadable: {
        count: 1,
        items: [
          {
            key: failedKey(METRICS, 1),
            reason: `AWS denied s3:GetObject on kloudfuse-backup/${failedKey(METRICS, 1)}. Grant it to the user or role that runs this command.`,
          },
        ],
      },
    });
  });

  test.each([
    [
      "AccessDenied",
      403,
      "AWS denied s3:ListBucket on kloudfuse-backup. Grant it to the user or role that runs this command.",
    ],
    [
      "ExpiredToken",
      400,
      "AWS refused the credentials at s3:ListBucket on kloudfuse-backup (ExpiredToken). Renew them, for example with aws sso login, and run the command again.",
    ],
    ["NoSuchBucket", 404, "The backup bucket kloudfuse-backup does not exist. Run kloudfuse-firehose verify."],
  ])("is undetermined when S3 answers %s, and says what to do", async (code, status, message) => {
    proxy.on("GET /kloudfuse-backup", refusal(status, code));
    const { exitCode, stdout, stderr } = await failures("--format", "json");
    expect({ exitCode, stderr }).toEqual({ exitCode: 2, stderr: `kloudfuse-firehose: ${message}\n` });
    expect(Json.parse(stdout).at("stopped").text).toBe(message);
  });

  test("is undetermined without credentials or region, and says what to do", async () => {
    const { AWS_ACCESS_KEY_ID: _, AWS_SECRET_ACCESS_KEY: __, ...anonymous } = emulator.environment;
    const noCredentials = await runCli(["failures"], anonymous);
    expect(noCredentials.exitCode).toBe(2);
    expect(noCredentials.stderr).toMatch(
      /^kloudfuse-firehose: No usable AWS credentials were found \(.*\)\. Provide them with --profile, /,
    );
    const { AWS_REGION: ___, ...placeless } = emulator.environment;
    expect(await runCli(["failures"], placeless)).toMatchObject({
      exitCode: 2,
      stderr: "kloudfuse-firehose: The AWS region is missing. Set it with --region, AWS_REGION or in the profile.\n",
    });
  });

  test("ends in order at Ctrl-C, with whole JSON of what it read", async () => {
    for (let number = 0; number < 40; number++) {
      await backup.put(failedKey(LOGS, number), gzipObject([failedLine(`record ${number}`)]));
      proxy.on(`GET /kloudfuse-backup/${failedKey(LOGS, number)}`, async (call, aws) => {
        await new Promise((resolve) => setTimeout(resolve, number * 50));
        return await aws(call);
      });
    }
    const running = startCli(["failures", "--format", "json"], proxy.environment(emulator.environment));
    while (proxy.count(`GET /kloudfuse-backup/${failedKey(LOGS, 12)}`) === 0) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    running.kill("SIGINT");
    const { exitCode, stdout, stderr } = await running.ended;
    expect({ exitCode, stderr }).toEqual({
      exitCode: 130,
      stderr: "kloudfuse-firehose: Interrupted before the end.\n",
    });
    const json = Json.parse(stdout);
    expect(json.at("stopped").text).toBe("Interrupted before the end.");
    expect(json.at("records").list.length).toBeGreaterThan(0);
    expect(json.at("records").list.length).toBeLessThan(40);
  });

  test("is undetermined when Ctrl-C comes while the last object is read", async () => {
    await backup.put(failedKey(LOGS, 1), gzipObject([failedLine("one")]));
    proxy.on(`GET /kloudfuse-backup/${failedKey(LOGS, 1)}`, async (call, aws) => {
      await new Promise((resolve) => setTimeout(resolve, 2000));
      return await aws(call);
    });
    const running = startCli(["failures", "--format", "json"], proxy.environment(emulator.environment));
    while (proxy.count(`GET /kloudfuse-backup/${failedKey(LOGS, 1)}`) === 0) {
      await new Promise((resolve) => setTimeout(resolve, 10));
    }
    running.kill("SIGINT");
    const { exitCode, stdout } = await running.ended;
    expect({ exitCode, stopped: Json.parse(stdout).at("stopped").text }).toEqual({
      exitCode: 130,
      stopped: "Interrupted before the end.",
    });
  });

  test("follows: lists each failed record once, as it arrives, until Ctrl-C", async () => {
    await backup.put(failedKey(LOGS, 1), gzipObject([failedLine("first")]));
    const running = startCli(["failures", "--follow", "5"], proxy.environment(emulator.environment));
    const calls = async (action: string, count: number): Promise<void> => {
      while (proxy.count(action) < count) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    // The first record is read once its stream is listed: this reading cannot find the second one.
    await calls(`GET /kloudfuse-backup/${failedKey(LOGS, 1)}`, 1);
    await backup.put(failedKey(LOGS, 2), gzipObject([failedLine("second")]));
    // Of both streams, in the reading that finds the second record, and in one that finds nothing.
    await calls("GET /kloudfuse-backup", 8);
    running.kill("SIGINT");
    const { exitCode, stdout } = await running.ended;
    expect(exitCode).toBe(130);
    expect(stdout.match(/^record\t.*/gm)?.map((line) => line.split("\t").at(-1))).toEqual([
      "text: first",
      "text: second",
    ]);
    expect(stdout.match(/^# \d failed.*/gm)).toEqual([
      "# 1 failed record in 1 object, 1 shown",
      "# 1 failed record in 1 object, 1 shown",
    ]);
  });

  test("follows: a reading that Ctrl-C interrupts is no report", async () => {
    const running = startCli(
      ["failures", "--signal", "logs", "--follow", "5"],
      proxy.environment(emulator.environment),
    );
    const isRead = async (count: number): Promise<void> => {
      while (proxy.count("GET /kloudfuse-backup") < count) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
    };
    await isRead(1);
    proxy.on("GET /kloudfuse-backup", async (call, aws) => {
      await new Promise((resolve) => setTimeout(resolve, 2000));
      return await aws(call);
    });
    await isRead(2);
    running.kill("SIGINT");
    const { exitCode, stdout, stderr } = await running.ended;
    expect({ exitCode, stderr }).toEqual({
      exitCode: 130,
      stderr: "kloudfuse-firehose: Interrupted before the end.\n",
    });
    expect(stdout.match(/^# \d failed.*/gm)).toEqual(["# 0 failed records in 0 objects, 0 shown"]);
  });

  test("refuses to follow until a time that is over", async () => {
    expect(await failures("--follow", "--until", "1h")).toMatchObject({
      exitCode: 2,
      stderr: "kloudfuse-firehose: --follow conflicts with --until, got 1h. Use one of the two.\n",
    });
  });

  test("stays under 256 MB, whatever the bucket holds", async () => {
    const folder = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-memory-"));
    try {
      const records = Array.from({ length: 60 }, (_, index) => failedLine(`${index} ${"x".repeat(990_000)}`));
      // Larger than what is read at once, compressed to nothing, without an end, and many of the usual size.
      await backup.put(failedKey(LOGS, 0), `${records.join("\n")}\n`);
      await backup.put(failedKey(LOGS, 1), gzipSync(Buffer.alloc(400_000_000)));
      await backup.put(failedKey(LOGS, 2), gzipSync(`{"attemptsMade":${"1".repeat(100_000_000)}`));
      // Very many entries that are corrupt, a record of very many lines, and a record that packs very many events of nothing.
      await backup.put(failedKey(LOGS, 30), gzipSync("x\n".repeat(4_000_000)));
      await backup.put(failedKey(LOGS, 32), gzipSync("{\n".repeat(4_000_000)));
      await backup.put(failedKey(LOGS, 31), failedLine(gzipSync(`{"logEvents":[${"0,".repeat(2_000_000)}0]}`)));
      await Promise.all(
        Array.from({ length: 20 }, (_, index) =>
          backup.put(failedKey(LOGS, 3 + index), `${records.slice(0, 3).join("\n")}\n`),
        ),
      );
      const report = join(folder, "memory.txt");
      const { exitCode } = await runCli(["failures", "--limit", "1000000", "--format", "json"], {
        ...emulator.environment,
        NODE_OPTIONS: `--require ${join(PROJECT, "bench/report-memory.cjs")}`,
        MEMORY_REPORT: report,
      });
      expect(exitCode).toBe(1);
      expect(Number(readFileSync(report, "utf8").split(" ")[0]) / 1000).toBeLessThan(256);
    } finally {
      rmSync(folder, { recursive: true, force: true });
    }
  });

  test("refuses a limit that is none before it asks AWS anything", async () => {
    expect(await failures("--limit", "-1")).toMatchObject({
      exitCode: 2,
      stdout: "",
      stderr:
        'kloudfuse-firehose: --limit must be a whole number from 0 to 1000000000, got "-1". Use a number in this range.\n',
    });
    expect(proxy.calls).toEqual({});
  });
});
