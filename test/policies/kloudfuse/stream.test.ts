import { UNKNOWN } from "../../../iam/unknown";
import { type PlannedStream, STREAM, toStream } from "../../../policies/kloudfuse/stream";
import { type PlannedChange, planOf } from "../../helpers/plan";
import { resourceAt } from "../resource-at";

const ADDRESS = `${STREAM}.s`;
const HTTP = "http_endpoint_configuration.0";
const BACKUP = `${HTTP}.s3_configuration.0`;

const VALUES = {
  name: "kloudfuse-logs",
  destination: "http_endpoint",
  server_side_encryption: [{ key_arn: "stream-key" }],
  http_endpoint_configuration: [
    {
      url: "https://kfuse.example.com/ingester/kinesis/logs",
      name: "endpoint",
      role_arn: "role",
      cloudwatch_logging_options: [{ log_group_name: "delivery-group" }],
      secrets_manager_configuration: [{ secret_arn: "secret", role_arn: "secret-role" }],
      s3_configuration: [
        {
          role_arn: "backup-role",
          bucket_arn: "bucket",
          prefix: "prefix/",
          kms_key_arn: "backup-key",
          cloudwatch_logging_options: [{ log_group_name: "backup-group" }],
        },
      ],
    },
  ],
};

function streamOf(more: Partial<PlannedChange> = {}, others: readonly PlannedChange[] = []): PlannedStream {
  const plan = planOf([{ address: ADDRESS, values: VALUES, ...more }, ...others]);
  return toStream(plan, resourceAt(plan, ADDRESS));
}

const linksOf = (stream: PlannedStream): Readonly<Record<string, PlannedStream["role"]>> => ({
  role: stream.role,
  backupRole: stream.backupRole,
  secretRole: stream.secretRole,
  bucket: stream.bucket,
  secret: stream.secret,
  streamKey: stream.streamKey,
  backupKey: stream.backupKey,
  deliveryLogGroup: stream.deliveryLogGroup,
  backupLogGroup: stream.backupLogGroup,
});

describe("a stream", () => {
  test("has its name, its URL, its endpoint's name and its prefix", () => {
    const { name, url, endpointName, prefix, signal, recognition } = streamOf();
    expect([name, url, endpointName, prefix, signal?.streamName, recognition]).toEqual([
      "kloudfuse-logs",
      "https://kfuse.example.com/ingester/kinesis/logs",
      "endpoint",
      "prefix/",
      "kloudfuse-logs",
      "certain",
    ]);
  });

  test("has a name that is not known", () => {
    expect(streamOf({ unknown: ["name"] }).name).toBe(UNKNOWN);
  });

  test("has the links of its settings", () => {
    expect(Object.fromEntries(Object.entries(linksOf(streamOf())).map(([name, { value }]) => [name, value]))).toEqual({
      role: "role",
      backupRole: "backup-role",
      secretRole: "secret-role",
      bucket: "bucket",
      secret: "secret",
      streamKey: "stream-key",
      backupKey: "backup-key",
      deliveryLogGroup: "delivery-group",
      backupLogGroup: "backup-group",
    });
  });

  test("has no links of settings that the configuration leaves out", () => {
    const omitted = streamOf({
      values: { name: "kloudfuse-logs" },
      unknown: ["server_side_encryption", "http_endpoint_configuration"],
    });
    expect(Object.values(linksOf(omitted))).toEqual(
      Array.from({ length: 9 }, () => ({
        kind: "absent",
        value: undefined,
        resource: undefined,
        candidates: [],
        via: undefined,
      })),
    );
  });

  test.each([
    ["aws_iam_role", "name", "role", "role"],
    ["aws_iam_role", "name", "backup-role", "backupRole"],
    ["aws_iam_role", "name", "secret-role", "secretRole"],
    ["aws_s3_bucket", "bucket", "bucket", "bucket"],
    ["aws_secretsmanager_secret", "name", "secret", "secret"],
    ["aws_kms_key", "key_id", "stream-key", "streamKey"],
    ["aws_kms_key", "key_id", "backup-key", "backupKey"],
    ["aws_cloudwatch_log_group", "name", "delivery-group", "deliveryLogGroup"],
    ["aws_cloudwatch_log_group", "name", "backup-group", "backupLogGroup"],
  ])("is linked to the %s whose %s is %s as its %s", (type, path, value, name) => {
    const stream = streamOf({}, [{ address: `${type}.x`, values: { [path]: value } }]);
    expect(linksOf(stream)[name]?.resource?.address).toBe(`${type}.x`);
  });
});

describe("a stream whose URL is not known", () => {
  const PATHS = [`${HTTP}.url`, `${HTTP}.role_arn`, `${BACKUP}.bucket_arn`];
  const unnamed = (role: PlannedChange, bucket: PlannedChange): string =>
    streamOf(
      {
        values: {
          name: "x",
          destination: "http_endpoint",
          http_endpoint_configuration: [{ s3_configuration: [{ prefix: "x" }] }],
        },
        unknown: PATHS,
        references: {
          [`${HTTP}.url`]: ["var.url"],
          [`${HTTP}.role_arn`]: [`${role.address}.arn`],
          [`${BACKUP}.bucket_arn`]: [`${bucket.address}.arn`],
        },
      },
      [role, bucket],
    ).recognition;
  const role = (label: string, name: string): PlannedChange => ({
    address: `aws_iam_role.${label}`,
    values: { name },
    unknown: ["arn", "id"],
  });
  const bucket = (label: string, name: string): PlannedChange => ({
    address: `aws_s3_bucket.${label}`,
    values: { bucket: name },
    unknown: ["arn", "id"],
  });

  test("is possibly to Kloudfuse where nothing near it says so", () => {
    expect(unnamed(role("x", "x"), bucket("x", "x"))).toBe("possible");
  });

  test.each([
    ["role's name", role("x", "kfuse"), bucket("x", "x")],
    ["role's address", role("kfuse", "x"), bucket("x", "x")],
    ["bucket's name", role("x", "x"), bucket("x", "kfuse")],
    ["bucket's address", role("x", "x"), bucket("kfuse", "x")],
  ])("is to Kloudfuse where its %s says so", (_, ofRole, ofBucket) => {
    expect(unnamed(ofRole, ofBucket)).toBe("certain");
  });

  test("is to Kloudfuse where the ARN of a role of another root says so", () => {
    const { recognition } = streamOf({
      values: {
        name: "x",
        destination: "http_endpoint",
        http_endpoint_configuration: [{ role_arn: "arn:aws:iam::123456789012:role/kfuse" }],
      },
      unknown: [`${HTTP}.url`],
    });
    expect(recognition).toBe("certain");
  });
});
