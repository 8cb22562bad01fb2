import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { TerraformVariable, Token } from "cdktf";
import {
  BackupBucket,
  DeliveryRole,
  HttpDeliveryStream,
  type HttpDeliveryStreamProps,
  KloudfuseFirehose,
} from "../modules";
import type { ReadableAddressStack } from "../modules/stacks/addresses";
import { SECRET_ARN } from "./helpers/account";
import { firehose, inStack, stackWith, type Template } from "./helpers/synth";

const METRICS = "aws_kinesis_firehose_delivery_stream.metrics";
const LOGS = "aws_kinesis_firehose_delivery_stream.logs";
const HTTP = "http_endpoint_configuration";
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555";
const REGION = "${data.aws_region.region.id}";
const ROLE =
  "arn:${data.aws_partition.partition.partition}:iam::${data.aws_caller_identity.account.account_id}:role${aws_iam_role.delivery.path}${aws_iam_role.delivery.name}";
const BUCKET =
  'arn:${data.aws_partition.partition.partition}:s3:::${join("-", ["kloudfuse-firehose-backup", data.aws_caller_identity.account.account_id, data.aws_region.region.id])}';

function requiredProps(stack: ReadableAddressStack): HttpDeliveryStreamProps {
  return {
    streamName: "s",
    endpointUrl: "https://example.com/path",
    role: DeliveryRole.fromRoleArn(stack, "role", "arn:aws:iam::123456789012:role/r"),
    backupBucket: BackupBucket.fromBucketArn(stack, "bucket", "arn:aws:s3:::bucket"),
  };
}

const ADDRESS = "aws_kinesis_firehose_delivery_stream.stream";

function stream(props: Partial<HttpDeliveryStreamProps> = {}): Template {
  return stackWith((stack) => {
    new HttpDeliveryStream(stack, "stream", { ...requiredProps(stack), ...props });
  });
}

describe("a delivery stream", () => {
  let template: Template;

  beforeAll(() => {
    template = firehose();
  });

  test("is Direct PUT to an HTTP endpoint that is named after it", () => {
    for (const [address, name] of [
      [METRICS, "kloudfuse-metrics"],
      [LOGS, "kloudfuse-logs"],
    ] as const) {
      expect(template.resource(address, "name")).toBe(name);
      expect(template.resource(address, HTTP, "name")).toBe(name);
      expect(template.resource(address, "destination")).toBe("http_endpoint");
      expect(template.resource(address, "kinesis_source_configuration")).toBeUndefined();
      expect(template.resource(address, "msk_source_configuration")).toBeUndefined();
    }
  });

  test("delivers to the guide's paths on the ingester host", () => {
    expect(template.resource(METRICS, HTTP, "url")).toBe("https://kfuse.example.com/ingester/kinesis/metrics");
    expect(template.resource(LOGS, HTTP, "url")).toBe("https://kfuse.example.com/ingester/kinesis/logs");
  });

  test("buffers 4 MiB or 60 seconds, retries for 300 seconds and compresses with GZIP", () => {
    for (const address of [METRICS, LOGS]) {
      expect(template.resource(address, HTTP)).toMatchObject({
        buffering_size: 4,
        buffering_interval: 60,
        retry_duration: 300,
        request_configuration: { content_encoding: "GZIP", common_attributes: [] },
      });
    }
  });

  test("backs up failed data only, compressed with GZIP, under the guide's prefixes", () => {
    for (const [address, prefix] of [
      [METRICS, "kloudfuse-metrics-failures/"],
      [LOGS, "kloudfuse-logs-failures/"],
    ] as const) {
      expect(template.resource(address, HTTP, "s3_backup_mode")).toBe("FailedDataOnly");
      expect(template.resource(address, HTTP, "s3_configuration")).toMatchObject({
        prefix,
        compression_format: "GZIP",
      });
      expect(template.resource(address, HTTP, "s3_configuration", "error_output_prefix")).toBeUndefined();
    }
  });

  test("logs the errors of both delivery paths to log streams that are created for it", () => {
    for (const signal of ["metrics", "logs"]) {
      const address = `aws_kinesis_firehose_delivery_stream.${signal}`;
      const logging = (path: string): unknown => ({
        enabled: true,
        log_group_name: "${aws_cloudwatch_log_group.errors.name}",
        log_stream_name: `\${aws_cloudwatch_log_stream.${signal}_${path}.name}`,
      });
      expect(template.resource(address, HTTP, "cloudwatch_logging_options")).toEqual(logging("http_endpoint_delivery"));
      expect(template.resource(address, HTTP, "s3_configuration", "cloudwatch_logging_options")).toEqual(
        logging("s3_backup"),
      );
      for (const [path, name] of [
        ["http_endpoint_delivery", "http-endpoint-delivery"],
        ["s3_backup", "s3-backup"],
      ] as const) {
        expect(template.resource(`aws_cloudwatch_log_stream.${signal}_${path}`)).toMatchObject({
          name: `kloudfuse-${signal}/${name}`,
          log_group_name: "${aws_cloudwatch_log_group.errors.name}",
        });
      }
    }
  });

  test("delivers and backs up with the role and the bucket that are created", () => {
    for (const address of [METRICS, LOGS]) {
      expect(template.resource(address, HTTP, "role_arn")).toBe(ROLE);
      expect(template.resource(address, HTTP, "s3_configuration")).toMatchObject({
        role_arn: ROLE,
        bucket_arn: BUCKET,
      });
    }
  });

  test("is encrypted with an AWS-owned key, and its backup as the bucket is", () => {
    for (const address of [METRICS, LOGS]) {
      expect(template.resource(address, "server_side_encryption")).toEqual({
        enabled: true,
        key_type: "AWS_OWNED_CMK",
      });
      expect(template.resource(address, HTTP, "s3_configuration", "kms_key_arn")).toBeUndefined();
    }
  });

  test("sends no access key and reads no secret", () => {
    for (const address of [METRICS, LOGS]) {
      for (const absent of ["access_key", "secrets_manager_configuration", "dynamic"]) {
        expect(template.resource(address, HTTP, absent)).toBeUndefined();
      }
    }
  });

  test("waits for the role's two policies and for the bucket", () => {
    for (const address of [METRICS, LOGS]) {
      expect(template.resource(address, "depends_on")).toEqual([
        "aws_iam_role_policy.delivery_put_records",
        "aws_iam_role_policy.delivery_deliver",
        "aws_s3_bucket.backup",
      ]);
    }
  });
});

test("a key encrypts the stream and its backup", () => {
  const template = firehose({ kmsKeyArn: KEY });
  expect(template.resource(LOGS, "server_side_encryption")).toEqual({
    enabled: true,
    key_type: "CUSTOMER_MANAGED_CMK",
    key_arn: KEY,
  });
  expect(template.resource(LOGS, HTTP, "s3_configuration", "kms_key_arn")).toBe(KEY);
});

test("a secret is read with the delivery role", () => {
  expect(stream({ accessKeySecretArn: SECRET_ARN }).resource(ADDRESS, HTTP)).toMatchObject({
    dynamic: {
      secrets_manager_configuration: {
        for_each: [SECRET_ARN],
        content: {
          enabled: true,
          secret_arn: "${secrets_manager_configuration.value}",
          role_arn: "arn:aws:iam::123456789012:role/r",
        },
      },
    },
  });
});

test("the endpoint takes a name of its own", () => {
  const template = stream({ endpointName: "Kloudfuse (production)" });
  expect(template.resource(ADDRESS, HTTP, "name")).toBe("Kloudfuse (production)");
  expect(template.resource(ADDRESS, "name")).toBe("s");
});

test("a secret that is no longer set is rejected while the stream still reads it", () => {
  expect(stream().resource(ADDRESS, "lifecycle", "postcondition", 0)).toEqual({
    condition: "${(try(self.http_endpoint_configuration[0].secrets_manager_configuration[0].enabled, false) != true)}",
    error_message:
      "access_key_secret_arn must stay set while the stream reads its access key from a secret, got null: the role would lose the permission to read it. " +
      "Set it, or replace the stream with -replace, which loses the records it has buffered.",
  });
});

test("an access key is sent as a reference", () => {
  const template = stackWith((stack) => {
    const key = new TerraformVariable(stack, "key", { type: "string", sensitive: true });
    new HttpDeliveryStream(stack, "stream", { ...requiredProps(stack), accessKey: key.stringValue });
  });
  expect(template.resource(ADDRESS, HTTP, "access_key")).toBe("${var.key}");
});

test("common attributes are sent as they are, or followed when they are a variable", () => {
  const literal = stream({ commonAttributes: { environment: "production" } });
  const path = [ADDRESS, HTTP, "request_configuration"] as const;
  expect(literal.resource(...path, "common_attributes")).toEqual([{ name: "environment", value: "production" }]);
  const variable = stackWith((stack) => {
    const attributes = new TerraformVariable(stack, "attributes", { type: "map(string)" });
    const commonAttributes = Token.asStringMap(attributes.value);
    new HttpDeliveryStream(stack, "stream", { ...requiredProps(stack), commonAttributes });
  });
  expect(variable.resource(...path, "dynamic", "common_attributes")).toEqual({
    for_each: "${{for name, value in var.attributes : name => value if value != null}}",
    iterator: "each",
    content: { name: "${each.key}", value: "${each.value}" },
  });
});

test("a literal secret needs no postcondition, and Terraform accepts no constant one", () => {
  expect(stream({ accessKeySecretArn: SECRET_ARN }).resource(ADDRESS, "lifecycle", "postcondition")).toBeUndefined();
});

describe("a stream of its own", () => {
  let template: Template;

  beforeAll(() => {
    template = stream();
  });

  test("leave out a value that is a token and turns out to be null", () => {
    const mixed = stackWith((stack) => {
      const team = new TerraformVariable(stack, "team", { type: "string" }).stringValue;
      new HttpDeliveryStream(stack, "stream", {
        ...requiredProps(stack),
        commonAttributes: { environment: "production", team },
      });
    });
    expect(mixed.resource(ADDRESS, HTTP, "request_configuration", "dynamic", "common_attributes", "for_each")).toBe(
      '${{for name, value in {"environment" = "production", "team" = "${var.team}"} : name => value if value != null}}',
    );
  });

  test("has Firehose's defaults and a prefix and a log group named after it", () => {
    expect(template.resource(ADDRESS, HTTP)).toMatchObject({
      name: "s",
      buffering_size: 5,
      buffering_interval: 300,
      retry_duration: 300,
      request_configuration: { content_encoding: "GZIP", common_attributes: [] },
      s3_configuration: { prefix: "s-failures/", bucket_arn: "arn:aws:s3:::bucket" },
    });
    expect(template.resource("aws_cloudwatch_log_group.stream_errors")).toMatchObject({
      name: "/aws/kinesisfirehose/s",
      retention_in_days: 30,
    });
  });

  test("grants its role what it needs, and waits for that", () => {
    expect(template.resource("aws_iam_role_policy.stream_put_records", "name")).toBe(
      `KloudfuseFirehosePermissions-${REGION}-s`,
    );
    expect(template.data("aws_iam_policy_document.stream_deliver_document", "statement", 1, "resources")).toEqual([
      "arn:aws:s3:::bucket/s-failures/*",
    ]);
    expect(template.resource(ADDRESS, "depends_on")).toEqual([
      "aws_iam_role_policy.stream_put_records",
      "aws_iam_role_policy.stream_deliver",
    ]);
  });

  test("grants nothing where the permissions are passed", () => {
    expect(stream({ permissions: [] }).addresses.filter((address) => address.startsWith("aws_iam"))).toEqual([]);
  });
});

const LONG_URL = "https://example.com/";

describe("a stream of its own rejects", () => {
  test.each<[Partial<HttpDeliveryStreamProps>, string]>([
    [{ streamName: "my stream" }, 'streamName must be 1 to 64 of the characters a-z A-Z 0-9 _ . -, got "my stream".'],
    [
      { endpointUrl: "http://example.com/" },
      'endpointUrl must be an https:// URL without port, placeholder or space, got "http://example.com/".',
    ],
    [
      { endpointUrl: "https://example.com:443/" },
      'endpointUrl must be an https:// URL without port, placeholder or space, got "https://example.com:443/".',
    ],
    [
      { endpointUrl: "https://<host>/" },
      'endpointUrl must be an https:// URL without port, placeholder or space, got "https://<host>/".',
    ],
    [
      { endpointUrl: "https://example.com/two words" },
      'endpointUrl must be an https:// URL without port, placeholder or space, got "https://example.com/two words".',
    ],
    [
      { endpointUrl: LONG_URL.padEnd(1001, "a") },
      "endpointUrl must have at most 1000 characters, got 1001 characters.",
    ],
    [{ endpointName: "" }, 'endpointName must not be blank, got "".'],
    [{ endpointName: " " }, 'endpointName must not be blank, got " ".'],
    [{ endpointName: "n".repeat(257) }, "endpointName must have at most 256 characters, got 257 characters."],
    [{ bufferingSizeMb: 65 }, "bufferingSizeMb must be a whole number from 1 to 64, got 65."],
    [{ bufferingIntervalSeconds: -1 }, "bufferingIntervalSeconds must be a whole number from 0 to 900, got -1."],
    [{ bufferingIntervalSeconds: 901 }, "bufferingIntervalSeconds must be a whole number from 0 to 900, got 901."],
    [
      { failurePrefix: "/" },
      'failurePrefix must contain only letters, digits and _ . = - between slashes, and end with / unless it is empty, got "/".',
    ],
    [
      { retryDurationSeconds: 7201 },
      "retryDurationSeconds must be a whole number from 0 to 7200, got 7201. 0 writes to the backup bucket after the first failure.",
    ],
    [
      { accessKey: "s3cr3t" },
      "accessKey must be a token, got a literal that is not shown: it would be in the synthesized JSON. " +
        "Use a sensitive TerraformVariable, or a Secrets Manager secret.",
    ],
    [
      { accessKeySecretArn: "kloudfuse" },
      "accessKeySecretArn must be the ARN of a Secrets Manager secret with its six-character suffix, such as -AbCdEf, got a value that is not shown. Use the secret's full ARN, as Secrets Manager shows it.",
    ],
    [
      { commonAttributes: { "": "v" } },
      'every name in commonAttributes must not be blank, got "". Shorten, rename or remove these attributes.',
    ],
    [
      { kmsKeyArn: "alias/k" },
      'kmsKeyArn must be the ARN of a KMS key, not of an alias, got "alias/k". Use the ARN of the key itself: arn:aws:kms:<region>:<account>:key/<id>.',
    ],
  ])("%.70j", (props, message) => {
    inStack((stack) => {
      expect(() => new HttpDeliveryStream(stack, "stream", { ...requiredProps(stack), ...props })).toThrow(
        new Error(message),
      );
    });
  });
});

test.each<Partial<HttpDeliveryStreamProps>>([
  { endpointUrl: "https://example.com" },
  { endpointUrl: "https://203.0.113.7/" },
  { endpointUrl: LONG_URL.padEnd(1000, "a") },
  { endpointName: "n" },
  { endpointName: "n".repeat(256) },
  { bufferingIntervalSeconds: 0 },
  { bufferingIntervalSeconds: 900 },
])("a stream of its own accepts %.70j", (props) => {
  inStack((stack) => {
    expect(() => new HttpDeliveryStream(stack, "stream", { ...requiredProps(stack), ...props })).not.toThrow();
  });
});

describe("what others may do with a stream", () => {
  const withKloudfuse = (
    use: (stack: ReadableAddressStack, kloudfuse: KloudfuseFirehose) => void,
    kmsKeyArn?: string,
  ) =>
    stackWith((stack) => {
      use(stack, new KloudfuseFirehose(stack, "Default", { kloudfuseIngesterHost: "kfuse.example.com", kmsKeyArn }));
    });
  const grant = (kmsKeyArn?: string): Template =>
    withKloudfuse((stack, { metricsStream }) => {
      const producer = new IamRole(stack, "producer", { name: "producer", assumeRolePolicy: "{}" });
      metricsStream.grantPutRecords(producer);
      metricsStream.grantPutRecords(producer);
    }, kmsKeyArn);
  const addressOf = (template: Template): string => {
    const [address, ...others] = template.addresses.filter((name) =>
      name.startsWith("aws_iam_role_policy.metrics_put_records_"),
    );
    expect(others).toEqual([]);
    return String(address);
  };

  test("is to put records, once it is granted: on this stream only, by one policy", () => {
    const template = grant();
    const address = addressOf(template);
    expect(template.resource(address)).toMatchObject({
      name: `PutRecords-${REGION}-kloudfuse-metrics`,
      role: "${aws_iam_role.producer.name}",
    });
    expect(template.data(`aws_iam_policy_document.${String(address.split(".")[1])}_document`, "statement")).toEqual([
      {
        sid: "PutRecords",
        actions: ["firehose:PutRecord", "firehose:PutRecordBatch"],
        resources: [`\${${METRICS}.arn}`],
      },
    ]);
  });

  test("is to use the stream's key through Firehose, where it has one", () => {
    const template = grant(KEY);
    const document = `aws_iam_policy_document.${String(addressOf(template).split(".")[1])}_document`;
    expect(template.data(document, "statement", 1)).toEqual({
      sid: "UseKmsKey",
      actions: ["kms:Decrypt", "kms:GenerateDataKey"],
      resources: [KEY],
      condition: [
        {
          test: "StringEquals",
          variable: "kms:ViaService",
          values: [`firehose.${REGION}.\${data.aws_partition.partition.dns_suffix}`],
        },
      ],
    });
  });

  test("is to alarm on its metrics", () => {
    const template = withKloudfuse((stack, { metricsStream, logsStream }) => {
      const common = { comparisonOperator: "GreaterThanThreshold", threshold: 900, evaluationPeriods: 3 };
      new CloudwatchMetricAlarm(stack, "late", {
        alarmName: "late",
        ...metricsStream.metricDataFreshness(),
        ...common,
      });
      new CloudwatchMetricAlarm(stack, "failing", {
        alarmName: "failing",
        ...logsStream.metric("DeliveryToHttpEndpoint.Success", { statistic: "Average", periodSeconds: 60 }),
        ...common,
      });
    });
    expect(template.resource("aws_cloudwatch_metric_alarm.late")).toMatchObject({
      namespace: "AWS/Firehose",
      metric_name: "DeliveryToHttpEndpoint.DataFreshness",
      dimensions: { DeliveryStreamName: `\${${METRICS}.name}` },
      statistic: "Maximum",
      period: 300,
    });
    expect(template.resource("aws_cloudwatch_metric_alarm.failing")).toMatchObject({
      metric_name: "DeliveryToHttpEndpoint.Success",
      dimensions: { DeliveryStreamName: `\${${LOGS}.name}` },
      statistic: "Average",
      period: 60,
    });
  });
});
