// Writes docs/pictures: each command of the CLI as it looks in a terminal of 100 columns, against the emulator of the
// end-to-end tests. Run by hand, with tmux on the PATH: node scripts/run.cjs test/pictures.ts
import { CloudWatchClient, PutMetricDataCommand } from "@aws-sdk/client-cloudwatch";
import {
  CloudWatchLogsClient,
  CreateLogGroupCommand,
  PutSubscriptionFilterCommand,
} from "@aws-sdk/client-cloudwatch-logs";
import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { setTimeout as delay } from "node:timers/promises";
import { promisify } from "node:util";
import { BackupObjects } from "./e2e/helpers/backup";
import { type Emulator, startEmulator } from "./e2e/helpers/emulator";
import { fakeSources } from "./e2e/helpers/fake-sources";
import { FaultProxy } from "./e2e/helpers/fault-proxy";
import { HEALTHY_MINUTE, Region } from "./e2e/helpers/region";
import {
  answerOf,
  cloudWatchLogsData,
  failedKey,
  failedLine,
  gzipObject,
  metricStreamData,
} from "./fixtures/failed-records";
import { allow, grants, inlineChange } from "./helpers/iam-plan";
import { planJson } from "./helpers/plan-json";
import { goodPlan } from "./helpers/rule-plan";
import { svgOf } from "../scripts/svg";
import type { Environment } from "./e2e/helpers/tools";

const execFileAsync = promisify(execFile);

const COLUMNS = 100;
const ROWS = 120;
const MAIN = resolve("cli/dist/main.js");
const FOLDER = "docs/pictures";

/** The screen after a command, with its colors. */
async function screenAfter(command: string, environment: Environment, folder: string): Promise<string> {
  const session = `pictures-${process.pid}`;
  // Not synchronous: a fake of AWS in this process answers the command.
  const tmux = async (...options: readonly string[]): Promise<string> => (await execFileAsync("tmux", options)).stdout;
  const variables = Object.entries(environment)
    .filter((entry): entry is [string, string] => entry[1] !== undefined)
    .map(([name, value]) => `${name}='${value}'`);
  const shell = `cd ${folder}; env ${variables.join(" ")} node ${MAIN} ${command}; tmux wait-for -S ${session}; sleep 60`;
  await tmux("new-session", "-d", "-s", session, "-x", String(COLUMNS), "-y", String(ROWS), shell);
  try {
    await tmux("wait-for", session);
    await delay(500);
    return (await tmux("capture-pane", "-e", "-p", "-t", session)).trimEnd();
  } finally {
    await tmux("kill-session", "-t", session);
  }
}

async function draw(name: string, command: string, environment: Environment, folder = "."): Promise<void> {
  const screen = await screenAfter(command, environment, folder);
  writeFileSync(join(FOLDER, `${name}.svg`), svgOf(`$ kloudfuse-firehose ${command}\n${screen}`, COLUMNS));
  console.log(`${FOLDER}/${name}.svg`);
}

/** Five objects of both streams that failed with two causes. */
async function fill(backup: BackupObjects): Promise<void> {
  for (const number of [1, 2, 3]) {
    await backup.put(
      failedKey("kloudfuse-metrics", number),
      gzipObject([failedLine(metricStreamData("DiskWriteOps")), failedLine(metricStreamData("DiskReadOps"))]),
    );
  }
  const forbidden = { errorMessage: answerOf(403, "Forbidden") };
  for (const number of [1, 2]) {
    await backup.put(
      failedKey("kloudfuse-logs", number),
      gzipObject([failedLine(cloudWatchLogsData("disk is full"), forbidden)]),
    );
  }
}

/** Log groups of which one feeds Kloudfuse and two more can, with what they received an hour ago. */
async function createLogGroups(emulator: Emulator, region: Region): Promise<void> {
  const { endpoint, credentials } = emulator;
  const settings = { endpoint, credentials, region: region.name };
  const [logs, cloudWatch] = [new CloudWatchLogsClient(settings), new CloudWatchClient(settings)];
  const sizes = { "/ecs/api": 41e9, "/ecs/web": 3.4e9, "/aws/lambda/orders": 120e6, "/aws/eks/kloudfuse/cluster": 9e9 };
  for (const [logGroupName, Value] of Object.entries(sizes)) {
    await logs.send(new CreateLogGroupCommand({ logGroupName }));
    const Dimensions = [{ Name: "LogGroupName", Value: logGroupName }];
    const Timestamp = new Date(Date.now() - 3_600_000);
    await cloudWatch.send(
      new PutMetricDataCommand({
        Namespace: "AWS/Logs",
        MetricData: [{ MetricName: "IncomingBytes", Dimensions, Timestamp, Value }],
      }),
    );
  }
  await logs.send(
    new PutSubscriptionFilterCommand({
      logGroupName: "/ecs/api",
      filterName: "kloudfuse-logs",
      filterPattern: "",
      destinationArn: region.streamArn("logs"),
      roleArn: region.roleArn,
    }),
  );
}

/** A plan of a role that may do too much, and of a bucket that keeps failed data forever. */
function writePlan(file: string): void {
  const statement = allow(["firehose:PutRecord", "firehose:PutRecordBatch"], "*", { Sid: "PutRecords" });
  const changes = goodPlan({
    inline: inlineChange(grants({ putRecords: statement })),
    guards: { aws_s3_bucket_lifecycle_configuration: undefined },
  });
  writeFileSync(file, planJson(changes));
}

async function main(): Promise<void> {
  mkdirSync(FOLDER, { recursive: true });
  const state = mkdtempSync(join(tmpdir(), "kloudfuse-firehose-pictures-"));
  const emulator = await startEmulator();
  const proxy = await FaultProxy.start(emulator.endpoint);
  fakeSources(proxy);
  try {
    const { endpoint, credentials } = emulator;
    const { Account = "" } = await new STSClient({ endpoint, credentials, region: "us-east-1" }).send(
      new GetCallerIdentityCommand(),
    );
    const region = new Region(emulator, Account, "eu-central-1");
    await region.deploy();
    for (const minutesAgo of [2, 3, 4, 5]) {
      await region.putMetrics("metrics", minutesAgo, HEALTHY_MINUTE);
    }
    await region.putMetrics("logs", 3, { ...HEALTHY_MINUTE, "DeliveryToHttpEndpoint.Success": 0.5 });
    await draw("verify", "verify", proxy.environment(region.environment));
    const backup = await BackupObjects.make(emulator, "https://kfuse.example.com");
    await fill(backup);
    const environment = { ...emulator.environment, XDG_STATE_HOME: state };
    await draw("failures", "failures --limit 2", environment);
    await draw("replay", "replay --dry-run", environment);
    await createLogGroups(emulator, region);
    await draw("log-groups", "log-groups", proxy.environment(region.environment));
    writePlan(join(state, "plan.json"));
    await draw("policy", "policy plan.json", {}, state);
    await draw("probe", "probe kfuse.invalid:8443", emulator.environment);
  } finally {
    await proxy.stop();
    await emulator.stop();
    rmSync(state, { recursive: true, force: true });
  }
}

void main();
