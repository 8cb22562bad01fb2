import { GetCallerIdentityCommand, STSClient } from "@aws-sdk/client-sts";
import { linesOf, remedyOf } from "./helpers/checks";
import { runCli, startCli } from "./helpers/cli";
import { type Emulator, startEmulator } from "./helpers/emulator";
import { fakeSources } from "./helpers/fake-sources";
import { type AwsCall, FaultProxy, type Handler, refusal, rewrite, times, together } from "./helpers/fault-proxy";
import { Json } from "./helpers/json";
import { HEALTHY_MINUTE, PUT_RECORDS, Region, SECRET } from "./helpers/region";
import type { EndedCommand } from "./helpers/run";

const [METRICS, LOGS] = ["kloudfuse-metrics", "kloudfuse-logs"];

describe("kloudfuse-firehose verify", () => {
  let emulator: Emulator;
  let proxy: FaultProxy;
  let region: Region;

  beforeEach(async () => {
    emulator = await startEmulator();
    proxy = await FaultProxy.start(emulator.endpoint);
    fakeSources(proxy);
    const { endpoint, credentials } = emulator;
    const sts = new STSClient({ endpoint, credentials, region: "us-east-1" });
    const { Account = "" } = await sts.send(new GetCallerIdentityCommand());
    region = new Region(emulator, Account, "eu-central-1");
  });

  afterEach(async () => {
    await Promise.all([proxy.stop(), emulator.stop()]);
  });

  const verify = async (...options: readonly string[]): Promise<EndedCommand> =>
    await runCli(["verify", "--format", "json", ...options], proxy.environment(region.environment));

  const healthyTraffic = async (): Promise<void> => {
    for (const minutesAgo of [2, 3, 4, 5]) {
      await region.putMetrics("metrics", minutesAgo, HEALTHY_MINUTE);
      await region.putMetrics("logs", minutesAgo, HEALTHY_MINUTE);
    }
  };

  test("finds a deployment of this project with traffic healthy, and notes what AWS does not show", async () => {
    await region.deploy();
    await healthyTraffic();
    const ended = await verify();
    expect(linesOf(ended, "note", "problem", "unknown")).toEqual([
      ...[METRICS, LOGS].map(
        (stream) => `note | ${stream} | access key | no secret is configured; AWS does not show whether a key is set`,
      ),
      "note | alarms | alarms | there is no alarm on the streams: nobody is notified when telemetry stops",
    ]);
    expect(ended).toMatchObject({ exitCode: 0, stderr: "" });
    expect(linesOf(ended, "ok")).toEqual(
      expect.arrayContaining([
        "ok | kloudfuse-metrics | status | ACTIVE",
        "ok | kloudfuse-metrics | endpoint path | /ingester/kinesis/metrics",
        "ok | kloudfuse-logs | backup prefix | kloudfuse-logs-failures/",
        "ok | kloudfuse-logs | ThrottledRecords | none",
        "ok | role KloudfuseFirehoseRole-eu-central-1 | trust of firehose | firehose.amazonaws.com, for this account only",
        `ok | bucket ${region.bucket} | region | eu-central-1`,
        `ok | bucket ${region.bucket} | public access | blocked`,
        `ok | bucket ${region.bucket} | encryption | AES256`,
      ]),
    );
    expect(
      linesOf(ended, "ok").filter((line) => /\| IncomingRecords \| 480 records \[[ █]{15}\]$/.test(line)),
    ).toHaveLength(2);
  });

  test("prints a tab-separated line for each note in a pipe, without colors or the access key", async () => {
    await region.deploy();
    const { stdout, stderr } = await runCli(["verify"], proxy.environment(region.environment));
    const [header = "", ...lines] = stdout.trimEnd().split("\n");
    expect(header).toMatch(/^# Account \d{12}, region eu-central-1, evaluated \d{4}-\d\d-\d\d \d\d:\d\d:\d\dZ$/);
    expect(lines.pop()).toMatch(/^# 63 checks: 0 problems, 0 unknown, 5 notes, \d+ ok \(list them with --all\)$/);
    expect(lines.map((line) => line.split("\t").slice(0, 4))).toEqual([
      ["note", "eu-central-1", METRICS, "access key"],
      ["note", "eu-central-1", METRICS, "IncomingRecords"],
      ["note", "eu-central-1", LOGS, "access key"],
      ["note", "eu-central-1", LOGS, "IncomingRecords"],
      ["note", "eu-central-1", "alarms", "alarms"],
    ]);
    expect(stdout + stderr).not.toContain(SECRET);
    expect(stdout).not.toContain("\u001b");
  });

  test("says of a stream without traffic that there is no data yet, and which source is missing", async () => {
    await region.deploy();
    const ended = await verify();
    expect(ended.exitCode).toBe(0);
    expect(linesOf(ended, "note")).toContain(
      "note | kloudfuse-logs | IncomingRecords | no data yet: no record came in within 15 minutes; neither a subscription filter nor an account policy points at the stream",
    );
    expect(linesOf(ended, "note")).toContain(
      "note | kloudfuse-metrics | IncomingRecords | no data yet: no record came in within 15 minutes; no metric stream points at the stream",
    );
    expect(remedyOf(ended, METRICS, "IncomingRecords")).toBe(
      `Create a CloudWatch metric stream with firehose_arn ${region.streamArn("metrics")} (create_metric_stream = true).`,
    );
    expect(remedyOf(ended, LOGS, "IncomingRecords")).toBe(
      `Create a subscription filter, of a log group or of the account, with destination_arn ${region.streamArn("logs")} and role_arn ${region.roleArn} (log_groups, or subscribe_account = true). Its creator needs logs:PutSubscriptionFilter and iam:PassRole.`,
    );
  });

  test("finds in streams made by hand what the guide forgets, and names each missing permission", async () => {
    await region.followTheGuide();
    const ended = await verify();
    expect(ended.exitCode).toBe(1);
    const role = "role KloudfuseFirehoseRole-eu-central-1";
    const objects = (signal: string): string =>
      `missing: s3:AbortMultipartUpload, s3:GetObject, s3:PutObject on arn:aws:s3:::${region.bucket}/kloudfuse-${signal}-failures/*`;
    expect(linesOf(ended, "problem")).toEqual([
      "problem | kloudfuse-metrics | error log of delivery | off",
      "problem | kloudfuse-logs | error log of delivery | off",
      `problem | ${role} | trust of firehose | firehose.amazonaws.com, from any account (confused deputy)`,
      `problem | ${role} | trust of logs | logs.amazonaws.com, from any account (confused deputy)`,
      `problem | ${role} | may find the bucket | missing: s3:GetBucketLocation, s3:ListBucket, s3:ListBucketMultipartUploads on arn:aws:s3:::${region.bucket}`,
      `problem | ${role} | may back up | ${objects("metrics")}; ${objects("logs")}`,
      `problem | bucket ${region.bucket} | public access | BlockPublicAcls, IgnorePublicAcls, BlockPublicPolicy, RestrictPublicBuckets are off`,
      `problem | bucket ${region.bucket} | encryption | no default encryption`,
    ]);
    expect(linesOf(ended, "note")).toEqual(
      expect.arrayContaining([
        "note | kloudfuse-metrics | backup compression | UNCOMPRESSED, documented GZIP",
        `note | ${role} | may put records | allowed on every resource (*) by KloudfuseFirehosePermissions`,
      ]),
    );
  });

  test("shows the newest errors by cause, with what to do", async () => {
    await region.deploy();
    await healthyTraffic();
    const answer = "The following response was received from the endpoint destination.";
    await region.logError("logs", "HttpEndpoint.DestinationException", `${answer} 403: {"errorMessage":"Forbidden"}`);
    const ended = await verify();
    expect(ended.exitCode).toBe(1);
    expect(linesOf(ended, "problem")).toEqual([
      expect.stringMatching(
        /^problem \| kloudfuse-logs \| error log: not-allowed \| 403: the access key is not allowed; 1 entry, the last at .*Z: HttpEndpoint\.DestinationException: The following response/,
      ),
    ]);
    expect(remedyOf(ended, LOGS, "error log: not-allowed")).toContain("Allow the key to ingest in Kloudfuse");
  });

  test("finds deliveries that fail, data that is backed up, and throttling in the metrics", async () => {
    await region.deploy();
    for (const minutesAgo of [2, 3, 4]) {
      await region.putMetrics("logs", minutesAgo, {
        IncomingRecords: 100,
        "DeliveryToHttpEndpoint.Success": 0,
        "DeliveryToHttpEndpoint.DataFreshness": 900,
        "BackupToS3.Records": 30,
        "BackupToS3.Success": 0.5,
        ThrottledRecords: 7,
      });
    }
    const ended = await verify("--signal", "logs");
    expect(ended.exitCode).toBe(1);
    expect(linesOf(ended, "problem").map((line) => line.replace(/ ?\[.*\]/, ""))).toEqual([
      "problem | kloudfuse-logs | DeliveryToHttpEndpoint.Records | no data of 300 records that came in, the oldest over 180 s ago",
      "problem | kloudfuse-logs | DeliveryToHttpEndpoint.Success | 0% now",
      "problem | kloudfuse-logs | DeliveryToHttpEndpoint.DataFreshness | 900 s now, 900 s at most, healthy up to 120 s",
      "problem | kloudfuse-logs | ThrottledRecords | 21 records",
      "problem | kloudfuse-logs | BackupToS3.Records | 90 records could not be delivered and were backed up",
      "problem | kloudfuse-logs | BackupToS3.Success | 50% at worst",
    ]);
    expect(remedyOf(ended, LOGS, "BackupToS3.Records")).toBe(
      "Find the cause with kloudfuse-firehose failures --signal logs, fix it, then resend them with kloudfuse-firehose replay --signal logs.",
    );
  });

  test("finds records that were backed up as AWS documents it for failed data, and those that 413 lost", async () => {
    await region.deploy();
    for (const minutesAgo of [3, 4, 5, 20, 21]) {
      await region.putMetrics("logs", minutesAgo, {
        ...HEALTHY_MINUTE,
        IncomingRecords: 500,
        "DeliveryToHttpEndpoint.Records": 400,
        "DeliveryToS3.Records": 50,
        "DeliveryToS3.Success": 1,
      });
    }
    const ended = await verify("--signal", "logs");
    expect(ended.exitCode).toBe(1);
    expect(linesOf(ended, "problem").map((line) => line.replace(/ ?\[.*\]/, ""))).toEqual([
      "problem | kloudfuse-logs | DeliveryToHttpEndpoint.Records | 250 of 2,500 records that came in over 178 minutes were neither delivered nor backed up",
      "problem | kloudfuse-logs | DeliveryToS3.Records | 150 records could not be delivered and were backed up",
    ]);
  });

  test("says so of a stream that reads from Kinesis and transforms its records", async () => {
    await region.deploy();
    const processing =
      '"ProcessingConfiguration": {"Enabled": true, "Processors": [{"Type": "Lambda", "Parameters": []}]}, "S3BackupMode"';
    proxy.on(
      "DescribeDeliveryStream",
      rewrite((body) =>
        body
          .replace('"DirectPut"', '"KinesisStreamAsSource"')
          .replace(
            '"DeliveryStreamStatus"',
            `"Source": {"KinesisStreamSourceDescription": {"KinesisStreamARN": "arn:aws:kinesis:eu-central-1:1:stream/s"}}, "DeliveryStreamStatus"`,
          )
          .replace('"S3BackupMode"', processing),
      ),
    );
    const ended = await verify("--signal", "logs");
    expect(linesOf(ended, "problem")).toEqual([
      "problem | kloudfuse-logs | type | KinesisStreamAsSource, which reads from arn:aws:kinesis:eu-central-1:1:stream/s; documented DirectPut",
    ]);
    expect(linesOf(ended, "note")).toContain(
      "note | kloudfuse-logs | processing | Lambda transformation; documented none",
    );
  });

  test("counts what managed policies allow, and any Deny against it", async () => {
    await region.followTheGuide();
    const bucket = `arn:aws:s3:::${region.bucket}`;
    await region.attachPolicy("Backup", [{ Effect: "Allow", Action: ["s3:*"], Resource: [bucket, `${bucket}/*`] }]);
    await region.attachPolicy("NoRecords", [
      { Effect: "Deny", Action: PUT_RECORDS, Resource: region.streamArn("logs") },
    ]);
    const lines = linesOf(await verify(), "problem", "ok").filter((line) => line.includes("role Kloudfuse"));
    expect(lines).toContain(
      `problem | role KloudfuseFirehoseRole-eu-central-1 | may put records | denied by NoRecords: firehose:PutRecord, firehose:PutRecordBatch on ${region.streamArn("logs")}`,
    );
    expect(lines).toContain(
      `ok | role KloudfuseFirehoseRole-eu-central-1 | may find the bucket | allowed on ${bucket}`,
    );
  });

  test("finds a stream by the endpoint that it delivers to, whatever its name", async () => {
    await region.makeBucket();
    await region.makeStream("metrics", {}, false, "telemetry");
    const ended = await verify("--signal", "metrics");
    expect(linesOf(ended, "ok")).toContain("ok | telemetry | status | ACTIVE");
  });

  test("is no worse for a signal that is not deployed, unless it is asked for", async () => {
    await region.deploy(["metrics"]);
    const missing =
      "kloudfuse-logs | status | no stream of this name in eu-central-1; the only stream is kloudfuse-metrics";
    const ended = await verify();
    expect({ exitCode: ended.exitCode, problems: linesOf(ended, "problem", "unknown") }).toEqual({
      exitCode: 0,
      problems: [],
    });
    expect(linesOf(ended, "note")).toContain(`note | ${missing}`);
    for (const options of [
      ["--signal", "logs"],
      ["--logs-stream-name", LOGS],
    ]) {
      expect(linesOf(await verify(...options), "problem")).toEqual([`problem | ${missing}`]);
    }
  });

  test("says that both streams are missing where neither is deployed", async () => {
    expect(linesOf(await verify(), "problem")).toEqual(
      [METRICS, LOGS].map(
        (name) =>
          `problem | ${name} | status | no stream of this name in eu-central-1; the region has no delivery stream`,
      ),
    );
  });

  test("finds that the role may not use the stream's key through Firehose, and is content when it may", async () => {
    await region.deploy();
    const keyArn = await region.encrypt("logs");
    const role = "role KloudfuseFirehoseRole-eu-central-1";
    const allow = async (...services: readonly string[]): Promise<void> => {
      await region.putRolePolicy("Key", [
        {
          Effect: "Allow",
          Action: ["kms:Decrypt", "kms:GenerateDataKey"],
          Resource: keyArn,
          Condition: {
            StringEquals: { "kms:ViaService": services.map((service) => `${service}.eu-central-1.amazonaws.com`) },
          },
        },
      ]);
    };
    await allow("s3", "secretsmanager");
    const ended = await verify("--signal", "logs");
    expect({ exitCode: ended.exitCode, problems: linesOf(ended, "problem") }).toEqual({
      exitCode: 1,
      problems: [
        `problem | ${role} | may use the stream's key | missing through firehose.eu-central-1.amazonaws.com: kms:Decrypt, kms:GenerateDataKey on ${keyArn}`,
      ],
    });
    expect(remedyOf(ended, role, "may use the stream's key")).toBe(
      "Allow them in a policy of the role, unless a grant of the key (aws kms list-grants) does: CloudWatch Logs puts records on the stream with this role, and AWS refuses them without the key (streams older than April 2026: from February 2027).",
    );
    await allow("s3", "firehose");
    const repaired = await verify("--signal", "logs");
    expect(repaired.exitCode).toBe(0);
    expect(linesOf(repaired, "ok")).toContain(`ok | ${role} | may use the stream's key | allowed on ${keyArn}`);
  });

  const ROLE = "role KloudfuseFirehoseRole-eu-central-1";
  const statement = (Effect: string, Principal: unknown, Action: unknown, Resource: unknown = "*"): object => ({
    Effect,
    Principal,
    Action,
    Resource,
  });

  test("finds a Deny in the bucket's policy, and whom the policy lets in", async () => {
    await region.deploy();
    const objects = `arn:aws:s3:::${region.bucket}/*`;
    await region.putBucketPolicy([
      { Sid: "OnlyAdmins", ...statement("Deny", "*", "s3:PutObject", objects) },
      statement("Allow", { AWS: "arn:aws:iam::210987654321:root" }, "s3:GetObject", objects),
    ]);
    const ended = await verify("--signal", "logs");
    expect(ended.exitCode).toBe(1);
    expect(linesOf(ended, "problem", "unknown")).toEqual([
      `problem | ${ROLE} | may back up | denied by statement OnlyAdmins of the bucket's policy: s3:PutObject on arn:aws:s3:::${region.bucket}/kloudfuse-logs-failures/*`,
      `problem | bucket ${region.bucket} | bucket policy | statement 2 allows AWS:arn:aws:iam::210987654321:root s3:GetObject`,
    ]);
    expect(remedyOf(ended, ROLE, "may back up")).toBe(
      "Exempt the role from the Deny, or remove it: statement OnlyAdmins of the bucket's policy.",
    );
  });

  test("finds that the policies of keys and secret keep the role out, although its own policies allow everything", async () => {
    await region.deploy(["metrics"]);
    const [streamKey, bucketKey, secretKey] = [
      await region.encrypt("metrics"),
      await region.makeKey("backup"),
      await region.makeKey(),
    ];
    await region.encryptBucket("alias/backup");
    const secret = await region.makeSecret(secretKey);
    await region.makeStream("logs", {
      EndpointConfiguration: { Url: "https://kfuse.example.com/ingester/kinesis/logs" },
      SecretsManagerConfiguration: { Enabled: true, SecretARN: secret },
    });
    await region.putRolePolicy("Everything", [
      { Effect: "Allow", Action: "kms:*", Resource: [streamKey, bucketKey, secretKey] },
      { Effect: "Allow", Action: "secretsmanager:*", Resource: secret },
    ]);
    const withoutProblem = await verify();
    expect(linesOf(withoutProblem, "problem").filter((line) => /key|secret/.test(line))).toEqual([]);
    expect(linesOf(withoutProblem, "ok")).toEqual(
      expect.arrayContaining([
        `ok | ${ROLE} | may use the stream's key | allowed on ${streamKey}`,
        `ok | ${ROLE} | may use the backup's key | allowed on ${bucketKey}`,
        `ok | ${ROLE} | may use the secret's key | allowed on ${secretKey}`,
        `ok | ${ROLE} | may read the secret | allowed on ${secret}`,
      ]),
    );
    proxy.on(
      "DescribeKey",
      rewrite((body) => body.replace(/"KeyState": ?"Enabled"/, '"KeyState": "PendingDeletion"')),
    );
    expect(linesOf(await verify(), "problem").filter((line) => line.includes("key state"))).toHaveLength(3);
    proxy.reset();
    fakeSources(proxy);
    for (const key of [streamKey, bucketKey, secretKey]) {
      await region.putKeyPolicy(key, [statement("Allow", { AWS: region.roleArn.replace(/\/.*$/, "/admin") }, "kms:*")]);
    }
    await region.putSecretPolicy(secret, [statement("Deny", "*", "secretsmanager:GetSecretValue")]);
    const ended = await verify();
    expect(linesOf(ended, "problem").filter((line) => line.includes(" may "))).toEqual([
      `problem | ${ROLE} | may use the stream's key | not allowed by the key's policy through firehose.eu-central-1.amazonaws.com: kms:Decrypt, kms:GenerateDataKey on ${streamKey}`,
      `problem | ${ROLE} | may use the backup's key | not allowed by the key's policy through s3.eu-central-1.amazonaws.com: kms:Decrypt, kms:GenerateDataKey on ${bucketKey}`,
      `problem | ${ROLE} | may read the secret | denied by statement 1 of the secret's policy: secretsmanager:GetSecretValue on ${secret}`,
      `problem | ${ROLE} | may use the secret's key | not allowed by the key's policy through secretsmanager.eu-central-1.amazonaws.com: kms:Decrypt on ${secretKey}`,
    ]);
    expect(ended.stdout + ended.stderr).not.toContain(SECRET);
    expect(proxy.count("GetSecretValue")).toBe(0);
    // Each read that AWS denies is unknown, names its permission, and hides nothing but what depends on it.
    const others = linesOf(ended, "ok", "note", "problem").length;
    for (const [action, permission, checks, hidden] of [
      [`GET /${region.bucket}?policy`, "s3:GetBucketPolicy", 1, 1],
      ["GetKeyPolicy", "kms:GetKeyPolicy", 3, 3],
      ["DescribeKey", "kms:DescribeKey", 3, 5],
      ["DescribeSecret", "secretsmanager:DescribeSecret", 1, 3],
      ["GetResourcePolicy", "secretsmanager:GetResourcePolicy", 1, 1],
    ] as const) {
      proxy.reset();
      fakeSources(proxy);
      proxy.on(action, refusal(403, "AccessDeniedException"));
      const denied = await verify();
      expect({
        action,
        unknown: linesOf(denied, "unknown").map((line) => line.split(" | ").at(-1)),
        hidden: others - linesOf(denied, "ok", "note", "problem").length,
      }).toEqual({ action, unknown: Array.from({ length: checks }, () => `AWS denied ${permission}.`), hidden });
    }
  });

  test("finds an object with failed records, whatever the metrics say", async () => {
    await region.deploy();
    await healthyTraffic();
    const place = `s3://${region.bucket}/kloudfuse-logs-failures/`;
    expect(linesOf(await verify("--signal", "logs"), "ok")).toContain(
      `ok | kloudfuse-logs | failed data | none under ${place}`,
    );
    await region.putFailedObject("logs");
    const ended = await verify("--signal", "logs");
    expect(ended.exitCode).toBe(1);
    expect(linesOf(ended, "problem").map((line) => line.replace(/newest at \d{4}-.*Z$/, "newest at TIME"))).toEqual([
      `problem | kloudfuse-logs | failed data | 1 object under ${place} written in the last 15 minutes, the newest at TIME`,
    ]);
    expect(remedyOf(ended, LOGS, "failed data")).toBe(
      "Find the cause with kloudfuse-firehose failures --signal logs, fix it, then resend them with kloudfuse-firehose replay --signal logs.",
    );
  });

  test("does not know whether there is failed data when S3 denies to list it, and says the rest", async () => {
    await region.deploy();
    proxy.on(`GET /${region.bucket}`, refusal(403, "AccessDenied"));
    const ended = await verify("--signal", "logs");
    expect(ended.exitCode).toBe(2);
    expect(linesOf(ended, "unknown")).toEqual([
      `unknown | kloudfuse-logs | failed data | AWS denied s3:ListBucket on ${region.bucket}.`,
    ]);
    expect(linesOf(ended, "ok")).toContain(`ok | bucket ${region.bucket} | bucket | exists`);
  });

  test("says what to do about a stream, a role and a bucket that do not exist", async () => {
    await region.makeStream("metrics");
    const ended = await verify("--logs-stream-name", LOGS);
    expect(ended.exitCode).toBe(1);
    expect(linesOf(ended, "problem")).toEqual(
      expect.arrayContaining([
        "problem | kloudfuse-logs | status | no stream of this name in eu-central-1; the only stream is kloudfuse-metrics",
        `problem | role KloudfuseFirehoseRole-eu-central-1 | role | ${region.roleArn} does not exist`,
        `problem | bucket ${region.bucket} | bucket | does not exist`,
      ]),
    );
    expect(remedyOf(ended, "role KloudfuseFirehoseRole-eu-central-1", "role")).toContain("Restore the role");
  });

  test("finds a bucket in another region than the streams", async () => {
    await region.makeBucket("eu-west-1");
    await region.makeStream("metrics");
    expect(linesOf(await verify("--signal", "metrics"), "note")).toContain(
      `note | bucket ${region.bucket} | region | eu-west-1, but the streams are in eu-central-1`,
    );
  });

  test("shows AWS's own reason when a stream could not be made, and what to do", async () => {
    await region.deploy();
    const failure = { Type: "KMS_ACCESS_DENIED", Details: "The key policy does not allow it." };
    proxy.on(
      "DescribeDeliveryStream",
      rewrite((body) =>
        body.replace(
          '"DeliveryStreamStatus": "ACTIVE"',
          `"DeliveryStreamStatus": "CREATING_FAILED", "FailureDescription": ${JSON.stringify(failure)}`,
        ),
      ),
    );
    const ended = await verify("--signal", "logs");
    expect(ended.exitCode).toBe(1);
    expect(linesOf(ended, "problem")).toContain(
      "problem | kloudfuse-logs | status | CREATING_FAILED: KMS_ACCESS_DENIED: The key policy does not allow it.",
    );
    expect(remedyOf(ended, LOGS, "status")).toMatch(
      /^Enable the key, .* Delete the stream kloudfuse-logs, fix that, and apply again\.$/,
    );
  });

  const creating = rewrite((body) => body.replace('"ACTIVE"', '"CREATING"'));

  test("is undetermined about a stream in status CREATING, unless it waits for it", async () => {
    await region.deploy();
    proxy.on("DescribeDeliveryStream", creating);
    const ended = await verify("--signal", "logs");
    expect(ended.exitCode).toBe(2);
    expect(linesOf(ended, "unknown")).toEqual(["unknown | kloudfuse-logs | status | CREATING"]);
    proxy.on("DescribeDeliveryStream", times(2, creating));
    const waited = await verify("--signal", "logs", "--wait");
    expect(waited.exitCode).toBe(0);
    expect(waited.stderr).toMatch(/^kloudfuse-logs: CREATING after 0 s\nkloudfuse-logs: ACTIVE after \d+ s\n$/);
  });

  test("waits no longer than the timeout, and not at all after Ctrl-C", async () => {
    await region.deploy();
    proxy.on("DescribeDeliveryStream", creating);
    const ended = await verify("--signal", "logs", "--wait", "--timeout", "1");
    expect(ended.exitCode).toBe(2);
    expect(linesOf(ended, "unknown")).toEqual(["unknown | kloudfuse-logs | status | CREATING after 1 s"]);
    expect(remedyOf(ended, LOGS, "status")).toContain(
      "delete it with aws firehose delete-delivery-stream --delivery-stream-name kloudfuse-logs, and create it again",
    );
    const calls = proxy.count("DescribeDeliveryStream");
    const running = startCli(["verify", "--wait"], proxy.environment(region.environment));
    while (proxy.count("DescribeDeliveryStream") < calls + 2) {
      await new Promise((resolve) => setTimeout(resolve, 20));
    }
    running.kill("SIGINT");
    expect(await running.ended).toMatchObject({ exitCode: 130, stdout: "" });
  });

  test("reports the rest when IAM, metrics or logs are denied, and names the permission", async () => {
    await region.deploy();
    for (const action of ["GetRole", "ListRolePolicies", "GetMetricData", "GetLogEvents"]) {
      proxy.on(action, refusal(403, "AccessDenied"));
    }
    const ended = await verify("--signal", "logs");
    expect(ended.exitCode).toBe(2);
    expect(linesOf(ended, "unknown")).toEqual([
      "unknown | kloudfuse-logs | metrics | AWS denied cloudwatch:GetMetricData.",
      "unknown | kloudfuse-logs | error log | AWS denied logs:GetLogEvents.",
      "unknown | role KloudfuseFirehoseRole-eu-central-1 | trust | AWS denied iam:GetRole.",
      "unknown | role KloudfuseFirehoseRole-eu-central-1 | permissions boundary | AWS denied iam:GetRole.",
      "unknown | role KloudfuseFirehoseRole-eu-central-1 | permissions | AWS denied iam:ListRolePolicies.",
    ]);
    expect(linesOf(ended, "ok")).toContain(`ok | bucket ${region.bucket} | bucket | exists`);
  });

  test("ends with 2 for credentials that AWS refuses, and says what to do", async () => {
    proxy.on("DescribeDeliveryStream", refusal(400, "ExpiredTokenException"));
    const message =
      "AWS refused the credentials at firehose:DescribeDeliveryStream (ExpiredTokenException). Renew them, for example with aws sso login, and run the command again.";
    const ended = await verify();
    expect(ended).toMatchObject({ exitCode: 2, stderr: `kloudfuse-firehose: ${message}\n` });
    expect(JSON.parse(ended.stdout)).toMatchObject({ error: message, summary: { exitCode: 2 }, checks: [] });
  });

  test("ends with 2 without credentials, and says how to provide them", async () => {
    const { AWS_ACCESS_KEY_ID: _id, AWS_SECRET_ACCESS_KEY: _key, ...others } = region.environment;
    const ended = await runCli(["verify"], proxy.environment(others));
    expect(ended).toMatchObject({ exitCode: 2, stdout: "" });
    expect(ended.stderr).toMatch(
      /^kloudfuse-firehose: No usable AWS credentials were found .*Provide them with --profile, AWS_PROFILE, or AWS_ACCESS_KEY_ID and AWS_SECRET_ACCESS_KEY\.\n$/,
    );
    expect(proxy.calls).toEqual({});
  });

  test("finds an error log that was never made", async () => {
    await region.makeBucket();
    const log = { Enabled: true, LogGroupName: "/nowhere", LogStreamName: "errors" };
    await region.makeStream("logs", { CloudWatchLoggingOptions: log });
    expect(linesOf(await verify("--signal", "logs"), "problem")).toContain(
      "problem | kloudfuse-logs | error log | there is no log stream errors in a log group /nowhere",
    );
  });

  describe("in several regions", () => {
    const enabled = (...names: readonly string[]): Handler => {
      const body = JSON.stringify({ Regions: names.map((RegionName) => ({ RegionName, RegionOptStatus: "ENABLED" })) });
      return () =>
        Promise.resolve({ status: 200, headers: { "content-type": "application/json" }, body: Buffer.from(body) });
    };
    const summaryOf = ({ stdout }: EndedCommand): Json => Json.parse(stdout).at("summary");
    const isIn = (name: string, { headers }: AwsCall): boolean =>
      String(headers.authorization).includes(`/${name}/firehose/`);

    test("makes one report, and one that does not answer is undetermined and hides nothing", async () => {
      await region.deploy();
      proxy.on("DescribeDeliveryStream", async (call, aws) =>
        isIn("eu-west-1", call) ? await refusal(403, "AccessDeniedException")(call, aws) : await aws(call),
      );
      const ended = await verify("--region", "eu-central-1", "--region", "eu-west-1");
      expect(ended.exitCode).toBe(2);
      expect(linesOf(ended, "unknown", "problem")).toEqual([
        "unknown | region eu-west-1 | streams | AWS denied firehose:DescribeDeliveryStream.",
      ]);
      expect(linesOf(ended, "ok")).toContain("ok | kloudfuse-metrics | status | ACTIVE");
      expect(JSON.parse(ended.stdout)).toMatchObject({
        summary: { regions: ["eu-central-1", "eu-west-1"], counts: { problem: 0, unknown: 1, note: 5 }, exitCode: 2 },
      });
    });

    test("is content with --all-regions when the streams are in one of them", async () => {
      await region.deploy();
      proxy.on("POST /listRegions", enabled("us-east-1", "eu-west-1", "eu-central-1"));
      const ended = await verify("--all-regions");
      expect({ exitCode: ended.exitCode, faults: linesOf(ended, "problem", "unknown") }).toEqual({
        exitCode: 0,
        faults: [],
      });
      expect(linesOf(ended, "ok")).toContain(
        "ok | other regions | streams | no stream to Kloudfuse in eu-west-1, us-east-1",
      );
      expect(
        summaryOf(ended)
          .at("regions")
          .list.map(({ text }) => text),
      ).toEqual(["eu-central-1", "eu-west-1", "us-east-1"]);
    });

    test("says which regions were asked, and what is there, when none has a stream to Kloudfuse", async () => {
      await region.makeBucket();
      await region.makeStream(
        "metrics",
        { EndpointConfiguration: { Url: "https://other.example.com/" } },
        false,
        "other",
      );
      proxy.on("POST /listRegions", enabled("us-east-1", "eu-central-1"));
      const ended = await verify("--all-regions");
      expect(ended.exitCode).toBe(1);
      expect(linesOf(ended, "problem", "unknown", "note", "ok")).toEqual([
        "problem | all regions | streams | no stream to Kloudfuse in 2 regions: eu-central-1, us-east-1; in eu-central-1 the only stream is other",
      ]);
    });

    test("needs account:ListRegions for --all-regions, and says how to do without", async () => {
      proxy.on("POST /listRegions", () =>
        Promise.resolve({
          status: 403,
          headers: { "content-type": "application/json", "x-amzn-errortype": "AccessDeniedException" },
          body: Buffer.from('{"message": "no"}'),
        }),
      );
      const ended = await verify("--all-regions");
      expect(ended.exitCode).toBe(2);
      expect(ended.stderr).toBe(
        "kloudfuse-firehose: AWS denied account:ListRegions. Grant it to the user or role that runs this command. Or name each region with --region instead of --all-regions.\n",
      );
    });

    test("takes either --region or --all-regions", async () => {
      expect((await verify("--all-regions", "--region", "eu-west-1")).stderr).toBe(
        "kloudfuse-firehose: --all-regions conflicts with --region, got eu-west-1. Use one of the two.\n",
      );
      expect(proxy.calls).toEqual({});
    });
  });

  test("repeats with --watch until Ctrl-C, and continues after an evaluation that failed", async () => {
    await region.deploy();
    proxy.on("DescribeDeliveryStream", times(2, refusal(403, "AccessDeniedException")));
    const running = startCli(["verify", "--watch", "5"], proxy.environment(region.environment));
    while (proxy.count("GetLogEvents") < 1) {
      await new Promise((resolve) => setTimeout(resolve, 50));
    }
    await new Promise((resolve) => setTimeout(resolve, 1500));
    running.kill("SIGINT");
    const { exitCode, stdout, stderr } = await running.ended;
    expect({ exitCode, stderr }).toEqual({
      exitCode: 130,
      stderr: "kloudfuse-firehose: Interrupted before the end.\n",
    });
    expect(stdout).toMatch(/^kloudfuse-firehose: AWS denied firehose:DescribeDeliveryStream\. .*\n# Account /);
    expect(stdout).not.toContain("\u001b");
  });

  test("names a profile that is not configured", async () => {
    const ended = await runCli(["verify", "--profile", "production"], proxy.environment(region.environment));
    expect(ended).toMatchObject({ exitCode: 2, stdout: "" });
    expect(ended.stderr).toBe(
      'kloudfuse-firehose: AWS profile "production" is not configured; configured: none. Choose another one with --profile or AWS_PROFILE, or configure it with aws configure --profile production.\n',
    );
    expect(proxy.calls).toEqual({});
  });

  test("is not put off by throttling", async () => {
    await region.deploy();
    proxy.on("DescribeDeliveryStream", times(2, refusal(400, "ThrottlingException")));
    proxy.on("GetRolePolicy", times(2, refusal(400, "Throttling")));
    expect((await verify()).exitCode).toBe(0);
  });

  test("makes its calls side by side: those to four services are in flight at once", async () => {
    await region.deploy();
    const actions = ["GetMetricData", "GetRole", "GetLogEvents", `GET /${region.bucket}?location`];
    const handler = together(actions);
    for (const action of actions) {
      proxy.on(action, handler);
    }
    expect((await verify()).exitCode).toBe(0);
  });

  test.each(["0", "3601", "soon"])("refuses to wait %s seconds before it asks AWS anything", async (seconds) => {
    expect(await verify("--wait", "--timeout", seconds)).toMatchObject({
      exitCode: 2,
      stderr: `kloudfuse-firehose: --timeout must be a whole number from 1 to 3600, got "${seconds}". Use a number in this range.\n`,
    });
    expect(proxy.calls).toEqual({});
  });
});
