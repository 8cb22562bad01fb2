import type { DeliveryStream, HttpDestination } from "../cli/aws/delivery-stream";
import { configurationOutcomes } from "../cli/verify/configuration";
import { regionOfLocation } from "../cli/verify/read-bucket";
import { errorLogOutcomes } from "../cli/verify/error-log";

const LOG = { group: "group", stream: "stream" };
const BACKUP: HttpDestination["backup"] = {
  mode: "FailedDataOnly",
  bucket: "backup",
  roleArn: "role",
  prefix: "kloudfuse-logs-failures/",
  errorOutputPrefix: "",
  compressionFormat: "GZIP",
  kmsKeyArn: undefined,
  errorLog: LOG,
};
const DESTINATION: HttpDestination = {
  url: "https://kfuse.example.com/ingester/kinesis/logs",
  name: "kloudfuse-logs",
  roleArn: "role",
  bufferingSizeMb: 4,
  bufferingIntervalSeconds: 60,
  retryDurationSeconds: 300,
  contentEncoding: "GZIP",
  commonAttributes: { environment: "s3cr3t" },
  secretArn: "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kloudfuse",
  errorLog: LOG,
  backup: BACKUP,
};
const STREAM: DeliveryStream = {
  signal: "logs",
  name: "kloudfuse-logs",
  arn: "arn:aws:firehose:eu-west-1:123456789012:deliverystream/kloudfuse-logs",
  partition: "aws",
  region: "eu-west-1",
  accountId: "123456789012",
  status: "ACTIVE",
  failure: undefined,
  type: "DirectPut",
  encryption: "ENABLED",
  encryptionKeyArn: undefined,
  destination: DESTINATION,
};

/** What is not as documented, a line each. */
const faults = (stream: Partial<DeliveryStream>, others: readonly DeliveryStream[] = []): string[] =>
  configurationOutcomes({ ...STREAM, ...stream }, others)
    .filter(({ verdict }) => verdict !== "ok")
    .map(({ verdict, name, found }) => `${verdict} ${name}: ${found}`);
const faultsOf = (destination: Partial<HttpDestination>): string[] =>
  faults({ destination: { ...DESTINATION, ...destination } });
const faultsOfBackup = (backup: Partial<HttpDestination["backup"]>): string[] =>
  faultsOf({ backup: { ...BACKUP, ...backup } });

describe("the configuration of a stream", () => {
  test("is as documented when every field is", () => {
    expect(faults({})).toEqual([]);
  });

  test("never shows the values of common attributes, which may be secret", () => {
    expect(JSON.stringify(configurationOutcomes(STREAM, []))).not.toContain("s3cr3t");
    expect(JSON.stringify(configurationOutcomes(STREAM, []))).toContain("environment");
  });

  test.each<[Partial<HttpDestination>, string]>([
    [{ url: "http://kfuse.example.com/ingester/kinesis/logs" }, "problem endpoint scheme: http"],
    [{ url: "https://kfuse.example.com:8443/ingester/kinesis/logs" }, "problem endpoint host: kfuse.example.com:8443"],
    [
      { url: "https://kfuse.example.com/ingester/kinesis/metrics" },
      "problem endpoint path: /ingester/kinesis/metrics, documented /ingester/kinesis/logs",
    ],
    [{ url: "<placeholder>" }, "problem endpoint URL: is no URL"],
    [
      { url: "https://kfuse.example.com/ingester/kinesis/logs?key=s3cr3t" },
      "note endpoint URL: has a query or credentials, not shown here",
    ],
    [{ name: "other" }, "note endpoint name: other, documented kloudfuse-logs"],
    [{ contentEncoding: "NONE" }, "problem content encoding: NONE, documented GZIP"],
    [{ bufferingSizeMb: 5 }, "note buffering size: 5 MiB, documented 4 MiB"],
    [{ bufferingIntervalSeconds: 15 }, "note buffering interval: 15 s, documented 60 s"],
    [{ retryDurationSeconds: 0 }, "problem retry duration: 0 s, documented 300 s"],
    [{ retryDurationSeconds: 1 }, "note retry duration: 1 s, documented 300 s"],
    [{ secretArn: undefined }, "note access key: from no secret; AWS does not tell whether a key is set"],
    [{ errorLog: undefined }, "problem error log of delivery: off"],
  ])("differs in one field: %j", (destination, fault) => {
    expect(faultsOf(destination)).toEqual([fault]);
  });

  test.each<[Partial<HttpDestination["backup"]>, string]>([
    [{ mode: "AllData" }, "note backup mode: AllData, documented FailedDataOnly"],
    [{ mode: "" }, "problem backup mode: none, documented FailedDataOnly"],
    [{ prefix: "failed/" }, "note backup prefix: failed/, documented kloudfuse-logs-failures/"],
    [{ compressionFormat: "UNCOMPRESSED" }, "note backup compression: UNCOMPRESSED, documented GZIP"],
    [{ errorLog: undefined }, "note error log of backup: off"],
  ])("differs in one field of the backup: %j", (backup, fault) => {
    expect(faultsOfBackup(backup)).toEqual([fault]);
  });

  test.each(["eu-west-1/kloudfuse-logs-failures/", "team/eu/kloudfuse-logs-failures/"])(
    "has the documented backup prefix after one of the deployment: %s",
    (prefix) => {
      expect(faultsOfBackup({ prefix })).toEqual([]);
    },
  );

  test.each(["eu-kloudfuse-logs-failures/", "eu/kloudfuse-metrics-failures/", "kloudfuse-logs-failures/eu/"])(
    "has a backup prefix that only resembles the documented one: %s",
    (prefix) => {
      expect(faultsOfBackup({ prefix })).toEqual([
        `note backup prefix: ${prefix}, documented kloudfuse-logs-failures/`,
      ]);
    },
  );

  test("shares its backup prefix with another stream", () => {
    expect(faults({}, [STREAM, { ...STREAM, name: "other" }])).toEqual([
      "note backup prefix: kloudfuse-logs-failures/, the same as other has",
    ]);
  });

  test.each<[Partial<DeliveryStream>, string[]]>([
    [{ type: "KinesisStreamAsSource" }, ["problem type: KinesisStreamAsSource, documented DirectPut"]],
    [{ encryption: "DISABLED" }, ["note encryption: DISABLED, ENABLED as this project makes it"]],
    [
      { encryption: "ENABLING_FAILED", failure: "KMS_ACCESS_DENIED: no" },
      ["problem encryption: ENABLING_FAILED: KMS_ACCESS_DENIED: no"],
    ],
    [{ destination: undefined }, ["problem destination: no HTTP endpoint"]],
  ])("differs in the stream itself: %#", (stream, expected) => {
    expect(faults(stream)).toEqual(expected);
  });
});

describe("the error log", () => {
  const NOW = new Date("2026-11-23T12:00:00Z");
  const entry = (minutesAgo: number, errorCode: string, deliveryStreamARN = STREAM.arn) => ({
    time: NOW.getTime() - minutesAgo * 60_000,
    text: JSON.stringify({ deliveryStreamARN, errorCode, message: "it failed" }),
  });
  const lines = (...events: Parameters<typeof errorLogOutcomes>[0]): string[] =>
    errorLogOutcomes(events, STREAM.arn, NOW).map(({ verdict, name, found }) => `${verdict} ${name}: ${found}`);

  test("without entries is well", () => {
    expect(lines()).toEqual(["ok error log: no error in the last 24 hours"]);
  });

  test("has one line for each cause, with count, newest time and AWS's own words", () => {
    expect(
      lines(
        entry(5, "HttpEndpoint.ConnectionFailed"),
        entry(3, "HttpEndpoint.ConnectionFailed"),
        entry(1, "S3.AccessDenied"),
      ),
    ).toEqual([
      "problem error log: backup-denied: The backup bucket denies access; 1 of the newest entries, the last at 2026-11-23 11:59:00Z: S3.AccessDenied: it failed",
      "problem error log: unreachable: The endpoint cannot be reached; 2 of the newest entries, the last at 2026-11-23 11:57:00Z: HttpEndpoint.ConnectionFailed: it failed",
    ]);
  });

  test("is a problem for an hour, and history then", () => {
    expect(lines(entry(60, "S3.AccessDenied"))[0]).toMatch(/^problem /);
    expect(lines(entry(61, "S3.AccessDenied"))[0]).toMatch(/^note /);
  });

  test("leaves out the errors of another stream", () => {
    expect(lines(entry(1, "S3.AccessDenied", "arn:aws:firehose:eu-west-1:123456789012:deliverystream/other"))).toEqual([
      "ok error log: no error in the last 24 hours",
    ]);
  });

  test("shows an entry that is not Firehose's own JSON as it is", () => {
    expect(lines({ time: NOW.getTime(), text: "Connection refused\u001b[31m" })).toEqual([
      "problem error log: unreachable: The endpoint cannot be reached; 1 of the newest entries, the last at 2026-11-23 12:00:00Z: Connection refused [31m",
    ]);
  });
});

describe("the region of a bucket", () => {
  test.each([
    [undefined, "us-east-1"],
    ["", "us-east-1"],
    ["EU", "eu-west-1"],
    ["eu-central-1", "eu-central-1"],
  ])("with the location %j is %s", (location, region) => {
    expect(regionOfLocation(location)).toBe(region);
  });
});
