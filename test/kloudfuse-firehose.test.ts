import { KloudfuseFirehose } from "../modules";
import { firehose, stackWith } from "./helpers/synth";

const METRICS = "aws_kinesis_firehose_delivery_stream.metrics";
const LOGS = "aws_kinesis_firehose_delivery_stream.logs";
const HTTP = "http_endpoint_configuration";

describe("the construct", () => {
  test("makes the role, the bucket, the two streams and the error log, and nothing else", () => {
    expect(firehose().addresses).toEqual([
      "aws_cloudwatch_log_group.errors",
      "aws_cloudwatch_log_stream.logs_http_endpoint_delivery",
      "aws_cloudwatch_log_stream.logs_s3_backup",
      "aws_cloudwatch_log_stream.metrics_http_endpoint_delivery",
      "aws_cloudwatch_log_stream.metrics_s3_backup",
      "aws_iam_role.delivery",
      "aws_iam_role_policy.delivery_deliver",
      "aws_iam_role_policy.delivery_put_records",
      "aws_kinesis_firehose_delivery_stream.logs",
      "aws_kinesis_firehose_delivery_stream.metrics",
      "aws_s3_bucket.backup",
      "aws_s3_bucket_lifecycle_configuration.backup_lifecycle",
      "aws_s3_bucket_ownership_controls.backup_ownership",
      "aws_s3_bucket_policy.backup_tls_only",
      "aws_s3_bucket_public_access_block.backup_public_access",
      "aws_s3_bucket_server_side_encryption_configuration.backup_encryption",
      "aws_s3_bucket_versioning.backup_versioning",
    ]);
  });

  test("keeps delivery errors for 30 days, in a log group named after both streams", () => {
    expect(firehose().resource("aws_cloudwatch_log_group.errors")).toMatchObject({
      name: "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs",
      retention_in_days: 30,
    });
    expect(firehose({ errorLogRetentionDays: 3653 }).resource("aws_cloudwatch_log_group.errors")).toMatchObject({
      retention_in_days: 3653,
    });
  });

  test("lets each stream differ in its buffering", () => {
    const template = firehose({
      bufferingSizeMb: 8,
      bufferingIntervalSeconds: 120,
      metricsBufferingSizeMb: 1,
      logsBufferingIntervalSeconds: 900,
    });
    expect(template.resource(METRICS, HTTP)).toMatchObject({ buffering_size: 1, buffering_interval: 120 });
    expect(template.resource(LOGS, HTTP)).toMatchObject({ buffering_size: 8, buffering_interval: 900 });
  });

  test("tags everything that takes tags", () => {
    const template = firehose({ tags: { team: "platform" } });
    for (const address of [
      "aws_cloudwatch_log_group.errors",
      "aws_iam_role.delivery",
      "aws_s3_bucket.backup",
      METRICS,
      LOGS,
    ]) {
      expect(template.resource(address, "tags")).toEqual({ team: "platform" });
    }
  });

  test("stands twice in one stack", () => {
    const template = stackWith((stack) => {
      for (const team of ["a", "b"]) {
        new KloudfuseFirehose(stack, team, {
          kloudfuseIngesterHost: `${team}.example.com`,
          metricsStreamName: `${team}-metrics`,
          logsStreamName: `${team}-logs`,
          roleName: team,
          backupBucketName: `${team}-failed-data`,
        });
      }
    });
    expect(template.addresses).toHaveLength(34);
    expect(template.resource("aws_kinesis_firehose_delivery_stream.b_metrics", HTTP, "url")).toBe(
      "https://b.example.com/ingester/kinesis/metrics",
    );
  });
});
