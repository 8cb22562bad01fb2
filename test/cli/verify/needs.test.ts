import type { DeliveryStream, HttpDestination } from "../../../cli/aws/delivery-stream";
import { needsOf } from "../../../cli/verify/needs";

const ROLE = "arn:aws:iam::123456789012:role/http";
const BACKUP_ROLE = "arn:aws:iam::123456789012:role/backup";
const KEY = "arn:aws-cn:kms:cn-north-1:123456789012:key/1";

function stream(
  destination: Partial<HttpDestination>,
  backup: Partial<HttpDestination["backup"]> = {},
): DeliveryStream {
  return {
    signal: "logs",
    name: "kloudfuse-logs",
    arn: "arn:aws-cn:firehose:cn-north-1:123456789012:deliverystream/kloudfuse-logs",
    partition: "aws-cn",
    region: "cn-north-1",
    accountId: "123456789012",
    status: "ACTIVE",
    failure: undefined,
    type: "DirectPut",
    sourceArn: undefined,
    encryption: "ENABLED",
    encryptionKeyArn: undefined,
    destination: {
      url: "https://kfuse.example.com/ingester/kinesis/logs",
      name: "kloudfuse-logs",
      roleArn: ROLE,
      bufferingSizeMb: 4,
      bufferingIntervalSeconds: 60,
      retryDurationSeconds: 300,
      contentEncoding: "GZIP",
      processors: [],
      commonAttributes: {},
      secretArn: undefined,
      errorLog: undefined,
      ...destination,
      backup: {
        mode: "FailedDataOnly",
        bucket: "failed",
        roleArn: ROLE,
        prefix: "kloudfuse-logs-failures/",
        errorOutputPrefix: "",
        compressionFormat: "GZIP",
        kmsKeyArn: undefined,
        errorLog: undefined,
        ...backup,
      },
    },
  };
}

const lines = (roleArn: string, streams: readonly DeliveryStream[], keys = new Map<string, string>()): string[] =>
  needsOf(roleArn, streams, keys).map(({ purpose, resource }) => `${purpose} ${resource}`);
const exampleOf = (backup: Partial<HttpDestination["backup"]>): string | undefined =>
  needsOf(ROLE, [stream({}, backup)], new Map()).find(({ purpose }) => purpose === "backUp")?.example;

describe("what a role needs", () => {
  test("is the stream and the backup, in the stream's own partition, and no log, key or secret that is not used", () => {
    expect(lines(ROLE, [stream({})])).toEqual([
      "putRecords arn:aws-cn:firehose:cn-north-1:123456789012:deliverystream/kloudfuse-logs",
      "findBucket arn:aws-cn:s3:::failed",
      "backUp arn:aws-cn:s3:::failed/kloudfuse-logs-failures/*",
    ]);
  });

  test("is divided where the backup has a role of its own", () => {
    const own = [stream({}, { roleArn: BACKUP_ROLE })];
    expect(lines(ROLE, own)).toEqual([
      "putRecords arn:aws-cn:firehose:cn-north-1:123456789012:deliverystream/kloudfuse-logs",
    ]);
    expect(lines(BACKUP_ROLE, own)).toEqual([
      "findBucket arn:aws-cn:s3:::failed",
      "backUp arn:aws-cn:s3:::failed/kloudfuse-logs-failures/*",
    ]);
  });

  test("is the logs, the secret and the key that are used, each named once", () => {
    const secretArn = "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:kloudfuse";
    const errorLog = { group: "/aws/kinesisfirehose/logs", stream: "errors" };
    const full = stream({ secretArn, errorLog }, { errorLog, kmsKeyArn: KEY });
    expect(lines(ROLE, [full, full]).slice(1)).toEqual([
      "logErrors arn:aws-cn:logs:cn-north-1:123456789012:log-group:/aws/kinesisfirehose/logs:log-stream:errors",
      `readSecret ${secretArn}`,
      "findBucket arn:aws-cn:s3:::failed",
      "backUp arn:aws-cn:s3:::failed/kloudfuse-logs-failures/*",
      `useBackupKey ${KEY}`,
    ]);
  });

  test("is the stream's key through Firehose for whoever delivers, and the backup's through S3", () => {
    const encrypted = { ...stream({}, { roleArn: BACKUP_ROLE, kmsKeyArn: KEY }), encryptionKeyArn: KEY };
    const keys = (roleArn: string): unknown[] =>
      needsOf(roleArn, [encrypted], new Map())
        .filter(({ resource }) => resource === KEY)
        .map(({ purpose, via }) => ({ purpose, via }));
    expect(keys(ROLE)).toEqual([{ purpose: "useStreamKey", via: ["firehose.cn-north-1.amazonaws.com.cn"] }]);
    expect(keys(BACKUP_ROLE)).toEqual([{ purpose: "useBackupKey", via: ["s3.cn-north-1.amazonaws.com.cn"] }]);
  });

  test.each([
    ["ENABLED", true],
    ["ENABLING", true],
    ["ENABLING_FAILED", true],
    ["DISABLED", false],
    ["DISABLING", false],
  ])("with the encryption %s is the stream's key: %s", (encryption, isNeeded) => {
    const needs = lines(ROLE, [{ ...stream({}), encryption, encryptionKeyArn: KEY }]);
    expect(needs.includes(`useStreamKey ${KEY}`)).toBe(isNeeded);
  });

  test("is the bucket's own key where the stream names none", () => {
    expect(lines(ROLE, [stream({})], new Map([["failed", KEY]]))).toContain(`useBackupKey ${KEY}`);
    expect(lines(ROLE, [stream({})], new Map([["other", KEY]]))).not.toContain(`useBackupKey ${KEY}`);
  });

  test("is to write where failed data goes: below the error type, or where the error prefix says", () => {
    expect(exampleOf({})).toBe(
      "arn:aws-cn:s3:::failed/kloudfuse-logs-failures/http-endpoint-failed/2026/01/31/12/failed-data",
    );
    expect(exampleOf({ errorOutputPrefix: "errors/!{firehose:error-output-type}/!{timestamp:yyyy}/" })).toBe(
      "arn:aws-cn:s3:::failed/errors/http-endpoint-failed/2026/2026/01/31/12/failed-data",
    );
  });
});
