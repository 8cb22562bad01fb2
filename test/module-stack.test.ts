import { readFileSync } from "node:fs";
import { join } from "node:path";
import { KloudfuseFirehoseModule } from "../modules";
import { synthesize } from "./helpers/synth";

const MODULE = join(__dirname, "../terraform/kloudfuse-firehose");

const committed = (file: string): unknown => JSON.parse(readFileSync(join(MODULE, file), "utf8"));

const VARIABLES = {
  kloudfuse_ingester_host: ["string", undefined],
  metrics_stream_name: ["string", "kloudfuse-metrics"],
  logs_stream_name: ["string", "kloudfuse-logs"],
  buffering_size_mb: ["number", 4],
  buffering_interval_seconds: ["number", 60],
  metrics_buffering_size_mb: ["number", null],
  metrics_buffering_interval_seconds: ["number", null],
  logs_buffering_size_mb: ["number", null],
  logs_buffering_interval_seconds: ["number", null],
  retry_duration_seconds: ["number", 300],
  access_key: ["string", null],
  access_key_secret_arn: ["string", null],
  common_attributes: ["map(string)", {}],
  create_role: ["bool", true],
  role_arn: ["string", null],
  role_name: ["string", "KloudfuseFirehoseRole"],
  role_path: ["string", "/"],
  permissions_boundary_arn: ["string", null],
  create_backup_bucket: ["bool", true],
  backup_bucket_arn: ["string", null],
  backup_bucket_name: ["string", null],
  backup_retention_days: ["number", 30],
  backup_force_destroy: ["bool", false],
  kms_key_arn: ["string", null],
  error_log_retention_days: ["number", 30],
  tags: ["map(string)", {}],
} as const;

const BUCKET_NAME =
  'coalesce(var.backup_bucket_name, join("-", ["kloudfuse-firehose-backup", data.aws_caller_identity.account.account_id, data.aws_region.region.id]))';

const OUTPUTS = {
  role_arn: "${var.create_role ? aws_iam_role.delivery[0].arn : var.role_arn}",
  role_name: "${var.create_role ? aws_iam_role.delivery[0].name : basename(var.role_arn)}",
  backup_bucket_arn: "${var.create_backup_bucket ? aws_s3_bucket.backup[0].arn : var.backup_bucket_arn}",
  backup_bucket_name: `\${var.create_backup_bucket ? ${BUCKET_NAME} : element(split(":", var.backup_bucket_arn), 5)}`,
  metrics_stream_arn: "${aws_kinesis_firehose_delivery_stream.metrics.arn}",
  metrics_stream_name: "${aws_kinesis_firehose_delivery_stream.metrics.name}",
  metrics_endpoint_url: "https://${var.kloudfuse_ingester_host}/ingester/kinesis/metrics",
  logs_stream_arn: "${aws_kinesis_firehose_delivery_stream.logs.arn}",
  logs_stream_name: "${aws_kinesis_firehose_delivery_stream.logs.name}",
  logs_endpoint_url: "https://${var.kloudfuse_ingester_host}/ingester/kinesis/logs",
  error_log_group_name: "${aws_cloudwatch_log_group.errors.name}",
};

describe("the module", () => {
  const template = synthesize((app) => new KloudfuseFirehoseModule(app, "kloudfuse-firehose"));

  test("has exactly the documented variables, with their types and defaults", () => {
    expect(Object.keys(template.json.variable)).toEqual(Object.keys(VARIABLES));
    for (const [name, [type, fallback]] of Object.entries(VARIABLES)) {
      expect([name, template.variable(name, "type"), template.variable(name, "default")]).toEqual([
        name,
        type,
        fallback,
      ]);
      expect(template.variable(name, "description")).toEqual(expect.stringMatching(/\.$/));
    }
  });

  test("takes null only where null is the default", () => {
    for (const [name, [, fallback]] of Object.entries(VARIABLES)) {
      expect([name, template.variable(name, "nullable")]).toEqual([name, fallback === null ? undefined : false]);
    }
  });

  test("hides the access key and nothing else", () => {
    const sensitive = Object.keys(VARIABLES).filter((name) => template.variable(name, "sensitive") !== undefined);
    expect(sensitive).toEqual(["access_key"]);
  });

  test("has exactly the documented outputs", () => {
    const outputs = Object.entries(OUTPUTS).map(([name, value]) => [
      name,
      { value, description: expect.stringMatching(/\.$/) as unknown },
    ]);
    expect(template.json.output).toEqual(Object.fromEntries(outputs));
    expect(Object.keys(template.json.output)).toEqual(Object.keys(OUTPUTS));
  });

  test("has addresses without hashes, and no data source but those it uses", () => {
    expect(template.addresses).toEqual([
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
    expect(template.dataAddresses).toEqual([
      "aws_caller_identity.account",
      "aws_iam_policy_document.backup_tls_only_document",
      "aws_iam_policy_document.delivery_deliver_document",
      "aws_iam_policy_document.delivery_put_records_document",
      "aws_iam_policy_document.delivery_trust",
      "aws_partition.partition",
      "aws_region.region",
    ]);
  });

  test("makes the role and the bucket when it is told to, by a flag that is always known", () => {
    expect(template.resource("aws_iam_role.delivery", "count")).toBe("${var.create_role ? 1 : 0}");
    expect(template.resource("aws_s3_bucket.backup", "count")).toBe("${var.create_backup_bucket ? 1 : 0}");
    const counts = template.addresses.map((address) => template.resource(address, "count"));
    expect(counts.filter((count) => count !== undefined)).toHaveLength(8);
  });

  test("needs Terraform 1.9 and the provider from 5.100 to 6", () => {
    expect(template.json.terraform).toEqual({
      required_version: ">= 1.9.0",
      required_providers: { aws: { source: "hashicorp/aws", version: ">= 5.100.0, < 7.0.0" } },
    });
  });

  test("holds no provider, backend, cloud, comment or literal template", () => {
    expect(Object.keys(template.json)).toEqual(["terraform", "variable", "data", "resource", "output"]);
    const text = JSON.stringify(template.json);
    for (const absent of ['"provider"', '"backend"', '"cloud"', '"//"', "$${", "TfToken", process.cwd(), "0.21"]) {
      expect(text).not.toContain(absent);
    }
  });

  test("is the same whenever it is made, and the same that is committed", () => {
    const again = synthesize((app) => new KloudfuseFirehoseModule(app, "kloudfuse-firehose"));
    expect(JSON.stringify(again.json)).toBe(JSON.stringify(template.json));
    const { terraform, variable, data, resource, output } = template.json;
    expect(committed("main.tf.json")).toEqual({ data, resource });
    expect(committed("variables.tf.json")).toEqual({ variable });
    expect(committed("outputs.tf.json")).toEqual({ output });
    expect(committed("versions.tf.json")).toEqual({ terraform });
  });

  test("follows a secret and a key that are unknown when it plans", () => {
    expect(
      template.resource("aws_kinesis_firehose_delivery_stream.logs", "http_endpoint_configuration", "dynamic"),
    ).toMatchObject({
      secrets_manager_configuration: {
        for_each: "${(var.access_key_secret_arn != null) ? [var.access_key_secret_arn] : []}",
      },
    });
    expect(template.data("aws_iam_policy_document.delivery_deliver_document", "dynamic", "statement")).toMatchObject([
      { for_each: "${(var.kms_key_arn != null) ? [true] : []}", content: { sid: "UseKmsKey" } },
      { for_each: "${(var.access_key_secret_arn != null) ? [true] : []}", content: { sid: "ReadAccessKey" } },
    ]);
  });
});
