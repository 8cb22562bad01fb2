import { firehose } from "./helpers/synth";

const PUT_RECORDS = "aws_iam_policy_document.delivery_put_records_document";
const DELIVER = "aws_iam_policy_document.delivery_deliver_document";
const ACCOUNT = "${data.aws_caller_identity.account.account_id}";
const PARTITION = "${data.aws_partition.partition.partition}";
const REGION = "${data.aws_region.region.id}";
const REGION_IN_STATE = '${element(split(":", aws_cloudwatch_log_group.errors.arn), 3)}';
const BUCKET = `arn:${PARTITION}:s3:::\${join("-", ["kloudfuse-firehose-backup", data.aws_caller_identity.account.account_id, data.aws_region.region.id])}`;
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555";
const SECRET = "arn:aws:secretsmanager:eu-west-1:123456789012:secret:kloudfuse-AbCdEf";

describe("the delivery role", () => {
  const template = firehose();

  test("trusts exactly firehose and logs, each on behalf of this account alone", () => {
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
        principals: [{ type: "Service", identifiers: ["logs.amazonaws.com"] }],
        condition: [
          { test: "StringLike", variable: "aws:SourceArn", values: [`arn:${PARTITION}:logs:*:${ACCOUNT}:*`] },
        ],
      },
    ]);
    expect(template.resource("aws_iam_role.delivery", "assume_role_policy")).toBe(
      "${data.aws_iam_policy_document.delivery_trust[0].json}",
    );
  });

  test("is made, with the guide's name and the root path", () => {
    expect(template.resource("aws_iam_role.delivery", "count")).toBe(1);
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
        role: "${aws_iam_role.delivery[0].name}",
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

test("a role that is to be made elsewhere is given scoped policies named by region and stream", () => {
  const template = firehose({
    createRole: false,
    roleArn: "arn:aws:iam::123456789012:role/observability/telemetry",
    metricsStreamName: "m",
  });
  expect(template.resource("aws_iam_role.delivery", "count")).toBe(0);
  expect(template.data("aws_iam_policy_document.delivery_trust", "count")).toBe(0);
  expect(template.resource("aws_iam_role_policy.delivery_put_records", "name")).toBe(
    `KloudfuseFirehosePermissions-${REGION_IN_STATE}-m`,
  );
  expect(template.resource("aws_iam_role_policy.delivery_deliver", "name")).toBe(
    `KloudfuseFirehoseDelivery-${REGION_IN_STATE}-m`,
  );
  expect(template.resource("aws_iam_role_policy.delivery_deliver", "role")).toBe(
    '${basename("arn:aws:iam::123456789012:role/observability/telemetry")}',
  );
});

test("the role takes a name, a path, a boundary and tags", () => {
  const boundary = "arn:aws:iam::123456789012:policy/boundary";
  const template = firehose({
    roleName: "telemetry",
    rolePath: "/observability/",
    permissionsBoundaryArn: boundary,
    tags: { team: "platform" },
  });
  expect(template.resource("aws_iam_role.delivery")).toMatchObject({
    name: "telemetry",
    path: "/observability/",
    permissions_boundary: boundary,
    tags: { team: "platform" },
  });
});

test("a key may be used through S3 and Secrets Manager alone, and a secret be read, only when they are given", () => {
  const statements = firehose({ kmsKeyArn: KEY, accessKeySecretArn: SECRET }).data(DELIVER, "statement");
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
            values: [
              `s3.${REGION}.\${data.aws_partition.partition.dns_suffix}`,
              `secretsmanager.${REGION}.\${data.aws_partition.partition.dns_suffix}`,
            ],
          },
        ],
      },
      { sid: "ReadAccessKey", actions: ["secretsmanager:GetSecretValue"], resources: [SECRET] },
    ]),
  );
});
