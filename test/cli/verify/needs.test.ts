import type { DeliveryStream, HttpDestination } from "../../../cli/aws/delivery-stream";
import { type KeysInUse, needsOf } from "../../../cli/verify/needs";
import { backupWith, destinationWith, streamWith } from "../../helpers/delivery-stream";

const ROLE = "arn:aws:iam::123456789012:role/http";
const BACKUP_ROLE = "arn:aws:iam::123456789012:role/backup";
const KEY = "arn:aws-cn:kms:cn-north-1:123456789012:key/1";

function stream(
  destination: Partial<HttpDestination>,
  backup: Partial<HttpDestination["backup"]> = {},
): DeliveryStream {
  return streamWith({
    arn: "arn:aws-cn:firehose:cn-north-1:123456789012:deliverystream/kloudfuse-logs",
    partition: "aws-cn",
    region: "cn-north-1",
    destination: destinationWith({
      roleArn: ROLE,
      secretArn: undefined,
      errorLog: undefined,
      ...destination,
      backup: backupWith({ bucket: "failed", roleArn: ROLE, errorLog: undefined, ...backup }),
    }),
  });
}

/** Keys that are named by their ARN. */
const keysWith = (fields: Partial<KeysInUse> = {}): KeysInUse => ({
  ofBuckets: new Map(),
  ofSecrets: new Map(),
  arns: new Map([[KEY, KEY]]),
  ...fields,
});
const lines = (roleArn: string, streams: readonly DeliveryStream[], keys = keysWith()): string[] =>
  needsOf(roleArn, streams, keys).map(({ purpose, resource }) => `${purpose} ${resource}`);
const exampleOf = (backup: Partial<HttpDestination["backup"]>): string | undefined =>
  needsOf(ROLE, [stream({}, backup)], keysWith()).find(({ purpose }) => purpose === "backUp")?.example;

describe("what a role needs", () => {
  test("is the stream and the backup, in the stream's own partition, and no log, key or secret that is not used", () => {
    expect(lines(ROLE, [stream({})])).toEqual([
      "putRecords arn:aws-cn:firehose:cn-north-1:123456789012:deliverystream/kloudfuse-logs",
      "findBucket arn:aws-cn:s3:::failed",
      "backUp arn:aws-cn:s3:::failed/kloudfuse-logs-failures/*",
    ]);
  });

  describe("of what feeds a stream", () => {
    const OWN = "arn:aws:iam::123456789012:role/metric-stream";
    const encrypted = { ...stream({}), encryption: "ENABLED", encryptionKeyArn: KEY };
    const needs = (roleArn: string, senderRole: string): string[] =>
      needsOf(roleArn, [encrypted], keysWith(), [
        { service: "metricStreams", roleArn: senderRole, stream: encrypted },
      ]).map(({ purpose, sender }) => `${purpose} ${sender ?? "-"}`);

    test("is the stream and its key", () => {
      expect(needs(OWN, OWN)).toEqual(["putRecords metricStreams", "useStreamKey metricStreams"]);
    });

    test("is no more where it is the delivery role", () => {
      expect(needs(ROLE, ROLE)).toEqual(["putRecords -", "useStreamKey -", "findBucket -", "backUp -"]);
    });

    test("is nothing of another role", () => {
      expect(needs("other", OWN)).toEqual([]);
    });
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

  test("is the stream's key through Firehose for the delivery role, and the backup's through S3", () => {
    const encrypted = { ...stream({}, { roleArn: BACKUP_ROLE, kmsKeyArn: KEY }), encryptionKeyArn: KEY };
    const keys = (roleArn: string): unknown[] =>
      needsOf(roleArn, [encrypted], keysWith())
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
    const of = (bucket: string): string[] =>
      lines(ROLE, [stream({})], keysWith({ ofBuckets: new Map([[bucket, KEY]]) }));
    expect(of("failed")).toContain(`useBackupKey ${KEY}`);
    expect(of("other")).not.toContain(`useBackupKey ${KEY}`);
  });

  test("is the key that an alias stands for, and none where AWS manages it", () => {
    const aliased = [stream({}, { kmsKeyArn: "alias/backup" })];
    expect(lines(ROLE, aliased, keysWith({ arns: new Map([["alias/backup", KEY]]) }))).toContain(`useBackupKey ${KEY}`);
    expect(lines(ROLE, aliased).filter((line) => line.startsWith("useBackupKey"))).toEqual([]);
  });

  test("is the secret's key through Secrets Manager", () => {
    const secretArn = "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:kloudfuse";
    const needs = needsOf(ROLE, [stream({ secretArn })], keysWith({ ofSecrets: new Map([[secretArn, KEY]]) }));
    expect(needs.find(({ purpose }) => purpose === "useSecretKey")).toEqual({
      purpose: "useSecretKey",
      resource: KEY,
      example: KEY,
      owner: KEY,
      via: ["secretsmanager.cn-north-1.amazonaws.com.cn"],
    });
  });

  test("names the owner of the policy that decides too: bucket, key and secret, and none of stream and log", () => {
    const secretArn = "arn:aws-cn:secretsmanager:cn-north-1:123456789012:secret:kloudfuse";
    const errorLog = { group: "group", stream: "stream" };
    const needs = needsOf(ROLE, [stream({ secretArn, errorLog }, { kmsKeyArn: KEY })], keysWith());
    expect(needs.map(({ purpose, owner }) => [purpose, owner])).toEqual([
      ["putRecords", undefined],
      ["logErrors", undefined],
      ["readSecret", secretArn],
      ["findBucket", "arn:aws-cn:s3:::failed"],
      ["backUp", "arn:aws-cn:s3:::failed"],
      ["useBackupKey", KEY],
    ]);
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
