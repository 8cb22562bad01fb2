import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformOutput, TerraformVariable, Token } from "cdktf";
import {
  BackupBucket,
  DeliveryRole,
  KloudfuseFirehose,
  type KloudfuseFirehoseProps,
  type SignalName,
} from "../modules";
import { firehose, inStack, stackWith, type Template } from "./helpers/synth";

const METRICS = "aws_kinesis_firehose_delivery_stream.metrics";
const LOGS = "aws_kinesis_firehose_delivery_stream.logs";
const HTTP = "http_endpoint_configuration";
const ERRORS = "aws_cloudwatch_log_group.errors";
const PERMISSIONS = "aws_iam_policy_document.delivery_deliver_document";
const HOST = "kfuse.example.com";

describe("the construct", () => {
  test("creates the role, the bucket, the two streams and the error log, and nothing else", () => {
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
    expect(firehose().resource(ERRORS)).toMatchObject({
      name: "/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs",
      retention_in_days: 30,
    });
    expect(firehose({ errorLogRetentionDays: 3653 }).resource(ERRORS, "retention_in_days")).toBe(3653);
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

  test("tags everything that supports tags", () => {
    const template = firehose({ tags: { team: "platform" } });
    for (const address of [ERRORS, "aws_iam_role.delivery", "aws_s3_bucket.backup", METRICS, LOGS]) {
      expect(template.resource(address, "tags")).toEqual({ team: "platform" });
    }
  });

  test("can be used twice in one stack, which looks up its location once", () => {
    const template = stackWith((stack) => {
      for (const team of ["a", "b"]) {
        new KloudfuseFirehose(stack, team, {
          kloudfuseIngesterHost: `${team}.example.com`,
          metricsStreamName: `${team}-metrics`,
          logsStreamName: `${team}-logs`,
          role: new DeliveryRole(stack, `${team}_role`, { roleName: team }),
          backupBucket: new BackupBucket(stack, `${team}_bucket`, { bucketName: `${team}-failed-data` }),
        });
      }
    });
    expect(template.addresses).toHaveLength(34);
    expect(template.dataAddresses.filter((address) => !address.startsWith("aws_iam_policy_document"))).toEqual([
      "aws_caller_identity.account",
      "aws_partition.partition",
      "aws_region.region",
      "aws_service_principal.logs_principal",
    ]);
    expect(template.resource("aws_kinesis_firehose_delivery_stream.b_metrics", HTTP, "url")).toBe(
      "https://b.example.com/ingester/kinesis/metrics",
    );
  });

  test("shows the permissions that its role needs", () => {
    const template = stackWith((stack) => {
      const { rolePolicies } = new KloudfuseFirehose(stack, "Default", { kloudfuseIngesterHost: HOST });
      new TerraformOutput(stack, "policies", { value: rolePolicies });
    });
    expect(template.output("policies", "value")).toEqual({
      KloudfuseFirehosePermissions: "${data.aws_iam_policy_document.delivery_put_records_document.json}",
      KloudfuseFirehoseDelivery: "${data.aws_iam_policy_document.delivery_deliver_document.json}",
    });
  });
});

describe("one signal", () => {
  let template: Template;

  beforeAll(() => {
    template = firehose({ signals: ["logs"] });
  });

  test("has its stream, and the other has none", () => {
    expect(template.addresses.filter((address) => address.includes("_stream."))).toEqual([
      "aws_cloudwatch_log_stream.logs_http_endpoint_delivery",
      "aws_cloudwatch_log_stream.logs_s3_backup",
      "aws_kinesis_firehose_delivery_stream.logs",
    ]);
  });

  test("is all that the role may deliver", () => {
    const documents = ["put_records", "deliver"].map((name) =>
      JSON.stringify(template.data(`aws_iam_policy_document.delivery_${name}_document`)),
    );
    for (const document of documents) {
      expect(document).not.toMatch(
        /deliverystream\/kloudfuse-metrics|kloudfuse-metrics-failures|log-stream:kloudfuse-metrics/,
      );
    }
    expect(documents.join()).toContain("deliverystream/kloudfuse-logs");
  });

  test("is the only one that the construct has a stream of", () => {
    inStack((stack) => {
      const kloudfuse = new KloudfuseFirehose(stack, "k", { kloudfuseIngesterHost: HOST, signals: ["logs"] });
      expect(kloudfuse.logsStream.node.path).toBe("test/k/logs");
      expect(() => kloudfuse.metricsStream).toThrow(
        new Error('signals must contain "metrics" to use the metrics stream of test/k, got ["logs"]. Add "metrics".'),
      );
    });
  });

  test.each<[readonly unknown[], string]>([
    [[], "[]"],
    [["traces"], '["traces"]'],
    [["logs", "logs"], '["logs","logs"]'],
  ])("must be one that Kloudfuse receives: %j", (signals, shown) => {
    inStack((stack) => {
      const props = { kloudfuseIngesterHost: HOST, signals: signals as SignalName[] };
      expect(() => new KloudfuseFirehose(stack, "k", props)).toThrow(
        new Error(
          `signals must contain one or both of "metrics", "logs", each once, got ${shown}. Leave it out to send both.`,
        ),
      );
    });
  });
});

describe("a provider", () => {
  let template: Template;

  beforeAll(() => {
    template = stackWith((stack) => {
      const provider = new AwsProvider(stack, "eu", { alias: "eu", region: "eu-west-1" });
      new KloudfuseFirehose(stack, "us", { kloudfuseIngesterHost: HOST });
      new KloudfuseFirehose(stack, "eu_firehose", {
        kloudfuseIngesterHost: HOST,
        provider,
        role: DeliveryRole.fromRoleArn(stack, "role", "arn:aws:iam::123456789012:role/r", { provider }),
      });
    });
  });
  const providersOf = (kind: "resource" | "data"): Map<string, unknown> =>
    new Map(
      (kind === "resource" ? template.addresses : template.dataAddresses).map((address) => [
        address,
        template[kind](address, "provider"),
      ]),
    );

  test("is the provider of every resource and data source of the construct that it is passed to", () => {
    const of = [...providersOf("resource"), ...providersOf("data")];
    const eu = of.filter(([address]) => /\.(eu_firehose|KloudfuseFirehoseLocation-awseu)/.test(address));
    expect(eu.length).toBeGreaterThan(16);
    expect(new Set(eu.map(([, provider]) => provider))).toEqual(new Set(["aws.eu"]));
  });

  test("is not the provider of the others", () => {
    const of = [...providersOf("resource"), ...providersOf("data")];
    const others = of.filter(([address]) => !/\.(eu_firehose|KloudfuseFirehoseLocation-awseu)/.test(address));
    expect(others.length).toBeGreaterThan(20);
    expect(new Set(others.map(([, provider]) => provider))).toEqual(new Set([undefined]));
  });
});

describe("tokens", () => {
  let template: Template;
  let preconditions: { readonly condition: string; readonly error_message: string }[];

  beforeAll(() => {
    template = stackWith((stack) => {
      const variable = (name: string, type: string): TerraformVariable => new TerraformVariable(stack, name, { type });
      new KloudfuseFirehose(stack, "Default", {
        kloudfuseIngesterHost: variable("host", "string").stringValue,
        bufferingSizeMb: variable("size", "number").numberValue,
        accessKey: variable("key", "string").stringValue,
        accessKeySecretArn: variable("secret", "string").stringValue,
        commonAttributes: Token.asStringMap(variable("attributes", "map(string)").value),
        tags: { team: variable("team", "string").stringValue, stage: "production" },
      });
    });
    preconditions = template.data(PERMISSIONS, "lifecycle", "precondition") as typeof preconditions;
  });

  test("are named by locals, which the preconditions refer to", () => {
    expect(template.json).toMatchObject({
      locals: {
        input_kloudfuse_ingester_host: "${var.host}",
        input_buffering_size_mb: "${var.size}",
        input_access_key: "${var.key}",
        input_access_key_secret_arn: "${var.secret}",
        input_common_attributes: "${var.attributes}",
        input_tags: { team: "${var.team}", stage: "production" },
      },
    });
  });

  test("are checked by every rule of their input", () => {
    expect(preconditions.map(({ error_message }) => error_message.replace(/(, \$\{[^}]*\})?, got .*/, ""))).toEqual([
      "kloudfuseIngesterHost must not be null",
      "kloudfuseIngesterHost must be a DNS name or an IPv4 address, without scheme, port, path or placeholder",
      "kloudfuseIngesterHost must have at most 253 characters",
      "bufferingSizeMb must not be null",
      "bufferingSizeMb must be a whole number from 1 to 64",
      "accessKey must have 1 to 4096 bytes",
      "accessKey must have no white space",
      "accessKeySecretArn must be the ARN of a Secrets Manager secret with its six-character suffix, such as -AbCdEf",
      "accessKeySecretArn must have at most 2048 characters",
      "commonAttributes must not be null",
      "commonAttributes must have at most 50 entries",
      "every name in commonAttributes must not be blank",
      "every name in commonAttributes must have at most 256 characters",
      "every value in commonAttributes must have at most 1024 characters",
      "tags must not be null",
      "tags must have at most 50 entries",
      "every name in tags must not be empty",
      "every name in tags must have at most 128 characters",
      "every name in tags must not begin with aws:, which AWS reserves",
      "every name in tags must contain only letters, digits, spaces and _ . : / = + - @",
      "every value in tags must have at most 256 characters",
      "every value in tags must contain only letters, digits, spaces and _ . : / = + - @",
      "tags must have names that differ by more than their case",
      "accessKeySecretArn conflicts with accessKey",
      "accessKeySecretArn must be in the partition that the streams are deployed to",
      "accessKeySecretArn must be in the streams' region",
    ]);
  });

  test("are rejected where they are null and the input has a value of its own", () => {
    const ofSize = preconditions.filter(({ error_message }) => error_message.startsWith("bufferingSizeMb "));
    expect(ofSize).toEqual([
      {
        condition: "${local.input_buffering_size_mb != null}",
        error_message:
          "bufferingSizeMb must not be null, got null. Firehose accepts no other buffering size for an HTTP endpoint.",
      },
      {
        condition:
          "${local.input_buffering_size_mb == null ? true : (local.input_buffering_size_mb == null ? -1 : local.input_buffering_size_mb) >= 1 && (local.input_buffering_size_mb == null ? -1 : local.input_buffering_size_mb) <= 64 && floor((local.input_buffering_size_mb == null ? -1 : local.input_buffering_size_mb)) == (local.input_buffering_size_mb == null ? -1 : local.input_buffering_size_mb)}",
        error_message:
          "bufferingSizeMb must be a whole number from 1 to 64, got ${(local.input_buffering_size_mb == null ? -1 : local.input_buffering_size_mb)}. Firehose accepts no other buffering size for an HTTP endpoint.",
      },
    ]);
  });

  test("are never in a message where they are secret", () => {
    expect(preconditions.filter(({ error_message }) => error_message.includes("local.input_access_key}"))).toEqual([]);
    expect(preconditions.filter(({ error_message }) => /local\.input_access_key\b(?!_)/.test(error_message))).toEqual(
      [],
    );
  });

  // A key's policy names the role, the policy of an existing role the bucket.
  test("are checked where nothing waits for them but what uses them anyway", () => {
    for (const address of ["aws_iam_role.delivery", "aws_s3_bucket.backup", ERRORS]) {
      expect(template.resource(address, "depends_on")).toBeUndefined();
      expect(template.resource(address, "lifecycle", "precondition")).toBeUndefined();
    }
  });

  test("cost nothing where there are none", () => {
    const literal = firehose({ bufferingSizeMb: 1, tags: { team: "platform" } });
    expect(literal.json).not.toHaveProperty("locals");
    expect(literal.data(PERMISSIONS, "lifecycle")).toBeUndefined();
    expect(literal.resource("aws_s3_bucket.backup", "lifecycle", "precondition")).toBeUndefined();
  });
});

test("a role, a bucket and a stream with tokens check them too", () => {
  const template = stackWith((stack) => {
    const text = new TerraformVariable(stack, "text", { type: "string" }).stringValue;
    const number = new TerraformVariable(stack, "number", { type: "number" }).numberValue;
    const props: KloudfuseFirehoseProps = {
      kloudfuseIngesterHost: HOST,
      role: new DeliveryRole(stack, "role", { roleName: text }),
      backupBucket: new BackupBucket(stack, "bucket", { retentionDays: number }),
    };
    new KloudfuseFirehose(stack, "Default", props);
  });
  expect(template.resource("aws_iam_role.role", "lifecycle", "precondition")).toMatchObject([
    { error_message: expect.stringMatching(/^roleName must not be null/) as unknown },
    { error_message: expect.stringMatching(/^roleName must be 1 to 64 of /) as unknown },
  ]);
  expect(template.resource("aws_s3_bucket.bucket", "lifecycle", "precondition")).toMatchObject([
    { error_message: expect.stringMatching(/^retentionDays must not be null/) as unknown },
    { error_message: expect.stringMatching(/^retentionDays must be a whole number from 1 to 2147483647, /) as unknown },
  ]);
});
