import { TerraformVariable } from "cdktf";
import { DeliveryRole, type DeliveryRoleProps } from "../modules";
import { SECRET_ARN } from "./helpers/account";
import { firehose, inStack, stackWith, type Template } from "./helpers/synth";

const PUT_RECORDS = "aws_iam_policy_document.delivery_put_records_document";
const DELIVER = "aws_iam_policy_document.delivery_deliver_document";
const ACCOUNT = "${data.aws_caller_identity.account.account_id}";
const PARTITION = "${data.aws_partition.partition.partition}";
const REGION = "${data.aws_region.region.id}";
const REGION_IN_STATE = '${element(split(":", aws_cloudwatch_log_group.errors.arn), 3)}';
const BUCKET = `arn:${PARTITION}:s3:::\${join("-", ["kloudfuse-firehose-backup", data.aws_caller_identity.account.account_id, data.aws_region.region.id])}`;
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555";

describe("the delivery role", () => {
  let template: Template;

  beforeAll(() => {
    template = firehose();
  });

  test("trusts exactly Firehose and CloudWatch Logs, each on behalf of this account only", () => {
    expect(template.data("aws_iam_policy_document.delivery_trust", "statement")).toEqual([
      {
        sid: "Firehose",
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["firehose.amazonaws.com"] }],
        condition: [{ test: "StringEquals", variable: "sts:ExternalId", values: [ACCOUNT] }],
      },
      {
        sid: "CloudWatchLogs",
        actions: ["sts:AssumeRole"],
        principals: [{ type: "Service", identifiers: ["${data.aws_service_principal.logs_principal.name}"] }],
        condition: [
          { test: "StringLike", variable: "aws:SourceArn", values: [`arn:${PARTITION}:logs:*:${ACCOUNT}:*`] },
        ],
      },
    ]);
    expect(template.resource("aws_iam_role.delivery", "assume_role_policy")).toBe(
      "${data.aws_iam_policy_document.delivery_trust.json}",
    );
  });

  test("takes CloudWatch Logs' principal from the partition, where its domain differs", () => {
    expect(template.data("aws_service_principal.logs_principal")).toEqual(
      expect.objectContaining({ service_name: "logs" }),
    );
    expect(JSON.stringify(template.json)).not.toContain("logs.amazonaws.com");
  });

  test("has the guide's name and the root path", () => {
    expect(template.resource("aws_iam_role.delivery", "name")).toBe("KloudfuseFirehoseRole");
    expect(template.resource("aws_iam_role.delivery", "path")).toBe("/");
    expect(template.resource("aws_iam_role.delivery", "permissions_boundary")).toBeUndefined();
  });

  test("may put records on the two streams and nothing else", () => {
    expect(template.data(PUT_RECORDS, "statement")).toEqual([
      {
        sid: "PutRecords",
        actions: ["firehose:PutRecord", "firehose:PutRecordBatch"],
        resources: [
          `arn:${PARTITION}:firehose:${REGION}:${ACCOUNT}:deliverystream/kloudfuse-metrics`,
          `arn:${PARTITION}:firehose:${REGION}:${ACCOUNT}:deliverystream/kloudfuse-logs`,
        ],
      },
    ]);
    expect(template.data(PUT_RECORDS, "dynamic")).toBeUndefined();
  });

  test("may write to its prefixes of the bucket and to its four log streams", () => {
    const logStream = (name: string): string =>
      `arn:${PARTITION}:logs:${REGION}:${ACCOUNT}:log-group:/aws/kinesisfirehose/kloudfuse-metrics/kloudfuse-logs:log-stream:${name}`;
    expect(template.data(DELIVER, "statement")).toEqual([
      {
        sid: "FindBackupBucket",
        actions: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
        resources: [BUCKET],
      },
      {
        sid: "BackUpFailedData",
        actions: ["s3:AbortMultipartUpload", "s3:GetObject", "s3:PutObject"],
        resources: [`${BUCKET}/kloudfuse-metrics-failures/*`, `${BUCKET}/kloudfuse-logs-failures/*`],
      },
      {
        sid: "LogDeliveryErrors",
        actions: ["logs:PutLogEvents"],
        resources: [
          logStream("kloudfuse-metrics/http-endpoint-delivery"),
          logStream("kloudfuse-metrics/s3-backup"),
          logStream("kloudfuse-logs/http-endpoint-delivery"),
          logStream("kloudfuse-logs/s3-backup"),
        ],
      },
    ]);
    expect(template.data(DELIVER, "dynamic")).toBeUndefined();
  });

  test("has the guide's policy and the one that the guide forgot, inline", () => {
    for (const [policy, name] of [
      ["put_records", "KloudfuseFirehosePermissions"],
      ["deliver", "KloudfuseFirehoseDelivery"],
    ] as const) {
      expect(template.resource(`aws_iam_role_policy.delivery_${policy}`)).toMatchObject({
        name,
        role: "${aws_iam_role.delivery.name}",
        policy: `\${data.aws_iam_policy_document.delivery_${policy}_document.json}`,
      });
    }
    expect(template.addresses.filter((address) => /policy_attachment|aws_iam_policy\./.test(address))).toEqual([]);
  });

  test("allows no action and no resource by a wildcard", () => {
    for (const document of [PUT_RECORDS, DELIVER]) {
      const text = JSON.stringify(template.data(document));
      expect(text).not.toMatch(/"[a-z0-9]*:\*"|"\*"/);
      expect(text).not.toContain("arn:aws:");
    }
  });
});

const EXISTING = "arn:aws:iam::123456789012:role/observability/telemetry";

describe("a role that exists", () => {
  let template: Template;

  beforeAll(() => {
    template = firehose({ metricsStreamName: "m" }, (stack) => ({
      role: DeliveryRole.fromRoleArn(stack, "role", EXISTING),
    }));
  });

  test("is used, and none is created besides", () => {
    expect(template.addresses.filter((address) => address.startsWith("aws_iam_role."))).toEqual([]);
    expect(template.dataAddresses).not.toContain("aws_iam_policy_document.delivery_trust");
    for (const signal of ["metrics", "logs"]) {
      expect(
        template.resource(`aws_kinesis_firehose_delivery_stream.${signal}`, "http_endpoint_configuration", "role_arn"),
      ).toBe(EXISTING);
    }
  });

  test("is given scoped policies named by region and stream", () => {
    expect(template.resource("aws_iam_role_policy.delivery_put_records", "name")).toBe(
      `KloudfuseFirehosePermissions-${REGION_IN_STATE}-m`,
    );
    expect(template.resource("aws_iam_role_policy.delivery_deliver", "name")).toBe(
      `KloudfuseFirehoseDelivery-${REGION_IN_STATE}-m`,
    );
    expect(template.resource("aws_iam_role_policy.delivery_deliver", "role")).toBe(`\${basename("${EXISTING}")}`);
  });

  test.each([
    { signals: ["metrics", "logs"], streamName: "m" },
    { signals: ["metrics"], streamName: "m" },
    { signals: ["logs"], streamName: "l" },
  ] as const)("is given policies named by a stream that exists: $signals", ({ signals, streamName }) => {
    const shared = firehose({ metricsStreamName: "m", logsStreamName: "l", signals }, (stack) => ({
      role: DeliveryRole.fromRoleArn(stack, "role", EXISTING),
    }));
    expect(shared.resource("aws_iam_role_policy.delivery_put_records", "name")).toBe(
      `KloudfuseFirehosePermissions-${REGION_IN_STATE}-${streamName}`,
    );
  });

  test("must be of the streams' account when Terraform plans, and of their partition", () => {
    const preconditions = template.resource("aws_kinesis_firehose_delivery_stream.logs", "lifecycle", "precondition");
    expect(preconditions).toHaveLength(2);
    expect(preconditions).toMatchObject([
      { error_message: expect.stringMatching(/^roleArn must be in the partition /) as unknown },
      {
        condition: `\${!can(regex("^arn:", "${EXISTING}")) ? true : contains([data.aws_caller_identity.account.account_id], element(split(":", "${EXISTING}" == null ? "" : "${EXISTING}"), 4))}`,
        error_message: `roleArn must be in the account that the streams are deployed to, ${ACCOUNT}, got "\${"${EXISTING}" == null ? "" : "${EXISTING}"}". A role cannot be passed to Firehose across accounts: use a role of this account.`,
      },
    ]);
  });

  test("gets no policies when its owner attaches them, from documents that are there to read", () => {
    const withoutPolicies = firehose({}, (stack) => ({
      role: DeliveryRole.fromRoleArn(stack, "role", EXISTING, { attachPolicies: false }),
    }));
    expect(withoutPolicies.addresses.filter((address) => address.startsWith("aws_iam"))).toEqual([]);
    expect(withoutPolicies.data(PUT_RECORDS, "statement", 0, "actions")).toEqual([
      "firehose:PutRecord",
      "firehose:PutRecordBatch",
    ]);
    expect(withoutPolicies.resource("aws_kinesis_firehose_delivery_stream.logs", "depends_on")).toEqual([
      "aws_s3_bucket.backup",
    ]);
  });

  test("may have an ARN that another resource makes", () => {
    const unknown = firehose({}, (stack) => ({
      role: DeliveryRole.fromRoleArn(
        stack,
        "role",
        new TerraformVariable(stack, "arn", { type: "string" }).stringValue,
      ),
    }));
    expect(unknown.addresses.filter((address) => address.startsWith("aws_iam_role."))).toEqual([]);
    expect(unknown.resource("aws_iam_role_policy.delivery_deliver", "role")).toBe("${basename(var.arn)}");
    expect(
      unknown.resource("aws_kinesis_firehose_delivery_stream.metrics", "lifecycle", "precondition", 0),
    ).toMatchObject({
      condition: expect.stringContaining("can(regex(") as unknown,
      error_message: expect.stringMatching(/^roleArn must be the ARN of an IAM role, got /) as unknown,
    });
  });

  test("must be a role", () => {
    inStack((stack) => {
      expect(() => DeliveryRole.fromRoleArn(stack, "role", "arn:aws:iam::123456789012:user/alice")).toThrow(
        new Error(
          'roleArn must be the ARN of an IAM role, got "arn:aws:iam::123456789012:user/alice". Use a role that firehose.amazonaws.com may assume, such as the role_arn output of another region.',
        ),
      );
    });
  });
});

function role(props: DeliveryRoleProps) {
  return stackWith((stack) => {
    new DeliveryRole(stack, "role", props);
  });
}

describe("a role of its own", () => {
  const boundary = "arn:aws:iam::123456789012:policy/boundary";

  test("takes a name, a path, a boundary and tags", () => {
    const template = role({
      roleName: "telemetry",
      rolePath: "/observability/",
      permissionsBoundaryArn: boundary,
      tags: { team: "platform" },
    });
    expect(template.resource("aws_iam_role.role")).toMatchObject({
      name: "telemetry",
      path: "/observability/",
      permissions_boundary: boundary,
      tags: { team: "platform" },
    });
  });

  test("has no permissions but those of the streams that use it, named by region and stream", () => {
    expect(role({}).addresses).toEqual(["aws_iam_role.role"]);
    const used = firehose({}, (stack) => ({ role: new DeliveryRole(stack, "role") }));
    expect(used.addresses.filter((address) => address.startsWith("aws_iam"))).toEqual([
      "aws_iam_role.role",
      "aws_iam_role_policy.delivery_deliver",
      "aws_iam_role_policy.delivery_put_records",
    ]);
    expect(used.resource("aws_iam_role_policy.delivery_deliver")).toMatchObject({
      name: `KloudfuseFirehoseDelivery-${REGION_IN_STATE}-kloudfuse-metrics`,
      role: "${aws_iam_role.role.name}",
    });
  });

  test.each<[DeliveryRoleProps, string]>([
    [
      { roleName: "" },
      'roleName must be 1 to 64 of the characters a-z A-Z 0-9 _ + = , . @ -, got "". Choose another name, unique among the account\'s roles.',
    ],
    [
      { rolePath: "/a" },
      'rolePath must begin and end with / and contain only printable ASCII characters without spaces, got "/a". Use / or a path such as /observability/.',
    ],
    [
      { permissionsBoundaryArn: "b" },
      'permissionsBoundaryArn must be the ARN of an IAM policy, got "b". Use the ARN of a managed policy.',
    ],
    [{ tags: { "": "x" } }, 'every name in tags must not be empty, got "". Shorten, rename or remove tags.'],
  ])("rejects %j", (props, message) => {
    inStack((stack) => {
      expect(() => new DeliveryRole(stack, "role", props)).toThrow(new Error(message));
    });
  });
});

test("a key may be used through Firehose, S3 and Secrets Manager only, and a secret be read, only when they are set", () => {
  const statements = firehose({ kmsKeyArn: KEY, accessKeySecretArn: SECRET_ARN }).data(DELIVER, "statement");
  expect(statements).toHaveLength(5);
  expect(statements).toEqual(
    expect.arrayContaining([
      {
        sid: "UseKmsKey",
        actions: ["kms:Decrypt", "kms:GenerateDataKey"],
        resources: [KEY],
        condition: [
          {
            test: "StringEquals",
            variable: "kms:ViaService",
            values: ["firehose", "s3", "secretsmanager"].map(
              (service) => `${service}.${REGION}.\${data.aws_partition.partition.dns_suffix}`,
            ),
          },
        ],
      },
      { sid: "ReadAccessKey", actions: ["secretsmanager:GetSecretValue"], resources: [SECRET_ARN] },
    ]),
  );
});

test("a prefix in front of the documented ones is the only one that may be written to", () => {
  const template = firehose({ backupPrefix: "eu-west-1/" });
  expect(template.data(DELIVER, "statement", 1, "resources")).toEqual([
    `${BUCKET}/eu-west-1/kloudfuse-metrics-failures/*`,
    `${BUCKET}/eu-west-1/kloudfuse-logs-failures/*`,
  ]);
  for (const signal of ["metrics", "logs"]) {
    expect(
      template.resource(
        `aws_kinesis_firehose_delivery_stream.${signal}`,
        "http_endpoint_configuration",
        "s3_configuration",
        "prefix",
      ),
    ).toBe(`eu-west-1/kloudfuse-${signal}-failures/`);
  }
});
