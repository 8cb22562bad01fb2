import { TerraformVariable, Token } from "cdktf";
import { HttpDeliveryStream, type HttpDeliveryStreamProps } from "../modules";
import { firehose, stackWith, type Template } from "./helpers/synth";

const METRICS = "aws_kinesis_firehose_delivery_stream.metrics";
const LOGS = "aws_kinesis_firehose_delivery_stream.logs";
const HTTP = "http_endpoint_configuration";
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555";
const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kloudfuse-AbCdEf";
const ROLE =
  "arn:${data.aws_partition.partition.partition}:iam::${data.aws_caller_identity.account.account_id}:role${aws_iam_role.delivery[0].path}${aws_iam_role.delivery[0].name}";
const BUCKET =
  'arn:${data.aws_partition.partition.partition}:s3:::${join("-", ["kloudfuse-firehose-backup", data.aws_caller_identity.account.account_id, data.aws_region.region.id])}';

const requiredProps: HttpDeliveryStreamProps = {
  streamName: "s",
  endpointUrl: "https://example.com/path",
  roleArn: "arn:aws:iam::123456789012:role/r",
  bufferingSizeMb: 1,
  bufferingIntervalSeconds: 15,
  retryDurationSeconds: 0,
  commonAttributes: {},
  backupBucketArn: "arn:aws:s3:::bucket",
  failurePrefix: "failures/",
  errorLogGroupName: "/errors",
  tags: {},
  dependsOn: [],
};

const ADDRESS = "aws_kinesis_firehose_delivery_stream.stream";

function stream(props: Partial<HttpDeliveryStreamProps> = {}): Template {
  return stackWith((stack) => {
    new HttpDeliveryStream(stack, "stream", { ...requiredProps, ...props });
  });
}

describe("a delivery stream", () => {
  const template = firehose();

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

  test("logs the errors of both legs to log streams that are made for it", () => {
    for (const signal of ["metrics", "logs"]) {
      const address = `aws_kinesis_firehose_delivery_stream.${signal}`;
      const logging = (leg: string): unknown => ({
        enabled: true,
        log_group_name: "${aws_cloudwatch_log_group.errors.name}",
        log_stream_name: `\${aws_cloudwatch_log_stream.${signal}_${leg}.name}`,
      });
      expect(template.resource(address, HTTP, "cloudwatch_logging_options")).toEqual(logging("http_endpoint_delivery"));
      expect(template.resource(address, HTTP, "s3_configuration", "cloudwatch_logging_options")).toEqual(
        logging("s3_backup"),
      );
      for (const [leg, name] of [
        ["http_endpoint_delivery", "http-endpoint-delivery"],
        ["s3_backup", "s3-backup"],
      ] as const) {
        expect(template.resource(`aws_cloudwatch_log_stream.${signal}_${leg}`)).toMatchObject({
          name: `kloudfuse-${signal}/${name}`,
          log_group_name: "${aws_cloudwatch_log_group.errors.name}",
        });
      }
    }
  });

  test("delivers and backs up with the role and the bucket that are made", () => {
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

test("a key that is given encrypts the stream and its backup", () => {
  const template = firehose({ kmsKeyArn: KEY });
  expect(template.resource(LOGS, "server_side_encryption")).toEqual({
    enabled: true,
    key_type: "CUSTOMER_MANAGED_CMK",
    key_arn: KEY,
  });
  expect(template.resource(LOGS, HTTP, "s3_configuration", "kms_key_arn")).toBe(KEY);
});

test("a secret that is given is read with the delivery role", () => {
  expect(stream({ accessKeySecretArn: SECRET }).resource(ADDRESS, HTTP)).toMatchObject({
    dynamic: {
      secrets_manager_configuration: {
        for_each: [SECRET],
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

test("a secret that is no longer given is refused while the stream still reads it", () => {
  expect(stream().resource(ADDRESS, "lifecycle", "postcondition", 0)).toEqual({
    condition: "${(try(self.http_endpoint_configuration[0].secrets_manager_configuration[0].enabled, false) != true)}",
    error_message:
      "This stream takes its access key from a secret that is no longer given, and would go on to without being allowed to. " +
      "Give the secret, or replace the stream with -replace, which loses the data it has buffered.",
  });
});

test("an access key is sent as a reference", () => {
  const template = stackWith((stack) => {
    const key = new TerraformVariable(stack, "key", { type: "string", sensitive: true });
    new HttpDeliveryStream(stack, "stream", { ...requiredProps, accessKey: key.stringValue });
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
    new HttpDeliveryStream(stack, "stream", { ...requiredProps, commonAttributes });
  });
  expect(variable.resource(...path, "dynamic", "common_attributes")).toEqual({
    for_each: "${var.attributes}",
    iterator: "each",
    content: { name: "${each.key}", value: "${each.value}" },
  });
});

test("a secret that is given needs no condition, and Terraform takes no constant one", () => {
  expect(stream({ accessKeySecretArn: SECRET }).resource(ADDRESS, "lifecycle")).toBeUndefined();
});
