import { TerraformVariable } from "cdktf";
import { BackupBucket, type BackupBucketProps } from "../modules";
import { firehose, inStack, stackWith, type Template } from "./helpers/synth";

const NAME =
  '${join("-", ["kloudfuse-firehose-backup", data.aws_caller_identity.account.account_id, data.aws_region.region.id])}';
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555";
const CONFIGURATION = [
  "aws_s3_bucket_lifecycle_configuration.backup_lifecycle",
  "aws_s3_bucket_ownership_controls.backup_ownership",
  "aws_s3_bucket_policy.backup_tls_only",
  "aws_s3_bucket_public_access_block.backup_public_access",
  "aws_s3_bucket_server_side_encryption_configuration.backup_encryption",
  "aws_s3_bucket_versioning.backup_versioning",
];

describe("the backup bucket", () => {
  let template: Template;

  beforeAll(() => {
    template = firehose();
  });

  test("is named by account and region, and is keeps its objects when it is destroyed", () => {
    expect(template.resource("aws_s3_bucket.backup", "bucket")).toBe(NAME);
    expect(template.resource("aws_s3_bucket.backup", "force_destroy")).toBe(false);
  });

  test("cannot be renamed, and is not replaced while the account and region are unknown", () => {
    expect(template.resource("aws_s3_bucket.backup", "lifecycle")).toEqual({
      ignore_changes: ["bucket"],
      postcondition: [
        {
          condition: `\${(self.bucket == ${NAME.slice(2, -1)})}`,
          error_message:
            'The backup bucket must keep its name, "${self.bucket}": a rename replaces it and loses the failed records in it. ' +
            "Use its current name, or replace it deliberately with -replace.",
        },
      ],
    });
  });

  test("has exactly six resources that configure it", () => {
    expect(template.addresses.filter((address) => address.startsWith("aws_s3_bucket_"))).toEqual(CONFIGURATION);
    for (const address of CONFIGURATION) {
      expect(template.resource(address, "bucket")).toBe("${aws_s3_bucket.backup.bucket}");
    }
  });

  test("blocks all four ways of public access", () => {
    expect(template.resource("aws_s3_bucket_public_access_block.backup_public_access")).toMatchObject({
      block_public_acls: true,
      block_public_policy: true,
      ignore_public_acls: true,
      restrict_public_buckets: true,
    });
  });

  test("disables ACLs", () => {
    expect(template.resource("aws_s3_bucket_ownership_controls.backup_ownership", "rule")).toEqual({
      object_ownership: "BucketOwnerEnforced",
    });
  });

  test("encrypts with SSE-S3, without a key", () => {
    expect(template.resource("aws_s3_bucket_server_side_encryption_configuration.backup_encryption", "rule")).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" }, bucket_key_enabled: false },
    ]);
  });

  test("keeps versions", () => {
    expect(template.resource("aws_s3_bucket_versioning.backup_versioning", "versioning_configuration")).toEqual({
      status: "Enabled",
    });
  });

  test("denies everything without TLS, and waits until public access is blocked", () => {
    const arn = `arn:\${data.aws_partition.partition.partition}:s3:::${NAME}`;
    expect(template.data("aws_iam_policy_document.backup_tls_only_document", "statement")).toEqual([
      {
        sid: "DenyWithoutTls",
        effect: "Deny",
        principals: [{ type: "*", identifiers: ["*"] }],
        actions: ["s3:*"],
        resources: [arn, `${arn}/*`],
        condition: [{ test: "Bool", variable: "aws:SecureTransport", values: ["false"] }],
      },
    ]);
    expect(template.resource("aws_s3_bucket_policy.backup_tls_only", "depends_on")).toEqual([
      "aws_s3_bucket_public_access_block.backup_public_access",
    ]);
  });

  test("expires objects after 30 days, old versions and incomplete uploads after 7", () => {
    expect(template.resource("aws_s3_bucket_lifecycle_configuration.backup_lifecycle", "rule")).toEqual([
      {
        id: "expire-failed-data",
        status: "Enabled",
        filter: [{ prefix: "" }],
        expiration: [{ days: 30 }],
        noncurrent_version_expiration: [{ noncurrent_days: 7 }],
        abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
      },
    ]);
  });
});

function bucket(props: BackupBucketProps = {}) {
  return stackWith((stack) => {
    new BackupBucket(stack, "backup", props);
  });
}

test("a bucket of its own has the defaults of the construct", () => {
  const [own, made] = [bucket(), firehose()];
  for (const address of ["aws_s3_bucket.backup", ...CONFIGURATION]) {
    expect(own.resource(address)).toEqual({
      ...(made.resource(address) as object),
      "//": {
        metadata: { path: expect.stringMatching(/^test\/backup\//) as unknown, uniqueId: address.split(".")[1] },
      },
    });
  }
});

test("the bucket takes a name, a retention, force_destroy and tags", () => {
  const template = bucket({
    bucketName: "my-failed-data",
    retentionDays: 90,
    forceDestroy: true,
    tags: { team: "platform" },
  });
  expect(template.resource("aws_s3_bucket.backup")).toMatchObject({
    bucket: "my-failed-data",
    force_destroy: true,
    tags: { team: "platform" },
  });
  expect(
    template.resource("aws_s3_bucket_lifecycle_configuration.backup_lifecycle", "rule", 0, "expiration", 0, "days"),
  ).toBe(90);
});

test.each([
  ["of its own", () => bucket({ kmsKeyArn: KEY })],
  ["of the construct", () => firehose({ kmsKeyArn: KEY })],
])("a bucket %s encrypts with its key, through a bucket key", (_whose, make) => {
  expect(make().resource("aws_s3_bucket_server_side_encryption_configuration.backup_encryption", "rule")).toEqual([
    {
      apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: KEY },
      bucket_key_enabled: true,
    },
  ]);
});

test("a bucket that is passed is used, and none is created besides", () => {
  const template = firehose({}, (stack) => ({
    backupBucket: new BackupBucket(stack, "mine", { bucketName: "my-failed-data" }),
  }));
  expect(template.addresses.filter((address) => address.startsWith("aws_s3_bucket."))).toEqual(["aws_s3_bucket.mine"]);
  const stream = "aws_kinesis_firehose_delivery_stream.metrics";
  expect(template.resource(stream, "http_endpoint_configuration", "s3_configuration", "bucket_arn")).toBe(
    "arn:${data.aws_partition.partition.partition}:s3:::my-failed-data",
  );
  expect(template.resource(stream, "depends_on")).toContain("aws_s3_bucket.mine");
});

test("a bucket that exists is used as it is: nothing is created, nothing is changed on it", () => {
  const template = firehose({}, (stack) => ({
    backupBucket: BackupBucket.fromBucketArn(stack, "mine", "arn:aws:s3:::my-bucket"),
  }));
  expect(template.addresses.filter((address) => address.startsWith("aws_s3_bucket"))).toEqual([]);
  expect(
    template.resource(
      "aws_kinesis_firehose_delivery_stream.metrics",
      "http_endpoint_configuration",
      "s3_configuration",
      "bucket_arn",
    ),
  ).toBe("arn:aws:s3:::my-bucket");
});

test("a bucket that exists has the name in its ARN", () => {
  const template = stackWith((stack) => {
    const { bucketName } = BackupBucket.fromBucketArn(stack, "mine", "arn:aws:s3:::my-bucket");
    new TerraformVariable(stack, "name", { type: "string", default: bucketName });
  });
  expect(template.variable("name", "default")).toBe('${element(split(":", "arn:aws:s3:::my-bucket"), 5)}');
});

describe("a bucket of its own", () => {
  test.each<[BackupBucketProps, string]>([
    [
      { bucketName: "my.bucket" },
      'bucketName must be 3 to 63 of the characters a-z 0-9 - and begin and end with a letter or digit, got "my.bucket". Choose another name, unique in all of AWS.',
    ],
    [
      { retentionDays: 0 },
      "retentionDays must be a whole number from 1 to 2147483647, got 0. Allow enough time to notice and replay failed data.",
    ],
    [
      { kmsKeyArn: "alias/k" },
      'kmsKeyArn must be the ARN of a KMS key, not of an alias, got "alias/k". Use the ARN of the key itself: arn:aws:kms:<region>:<account>:key/<id>.',
    ],
    [
      { tags: { "aws:x": "y" } },
      'every name in tags must not begin with aws:, which AWS reserves, got "aws:x". Shorten, rename or remove tags.',
    ],
  ])("rejects %j", (props, message) => {
    inStack((stack) => {
      expect(() => new BackupBucket(stack, "bucket", props)).toThrow(new Error(message));
    });
  });

  test("rejects an ARN that is no bucket's", () => {
    inStack((stack) => {
      expect(() => BackupBucket.fromBucketArn(stack, "bucket", "arn:aws:s3:::bucket/object")).toThrow(
        new Error(
          'bucketArn must be the ARN of an S3 bucket, without an object key, got "arn:aws:s3:::bucket/object". Use the bucket\'s ARN, such as arn:aws:s3:::my-bucket.',
        ),
      );
    });
  });
});
