import { firehose } from "./helpers/synth";

const NAME =
  '${join("-", ["kloudfuse-firehose-backup", data.aws_caller_identity.account.account_id, data.aws_region.region.id])}';
const KEY = "arn:aws:kms:eu-west-1:123456789012:key/11111111-2222-3333-4444-555555555555";
const GUARDS = [
  "aws_s3_bucket_lifecycle_configuration.backup_lifecycle",
  "aws_s3_bucket_ownership_controls.backup_ownership",
  "aws_s3_bucket_policy.backup_tls_only",
  "aws_s3_bucket_public_access_block.backup_public_access",
  "aws_s3_bucket_server_side_encryption_configuration.backup_encryption",
  "aws_s3_bucket_versioning.backup_versioning",
];

describe("the backup bucket", () => {
  const template = firehose();

  test("is made, with all that guards it", () => {
    for (const address of ["aws_s3_bucket.backup", ...GUARDS]) {
      expect(template.resource(address, "count")).toBe(1);
    }
  });

  test("is named by account and region, and is not emptied when it is destroyed", () => {
    expect(template.resource("aws_s3_bucket.backup", "bucket")).toBe(NAME);
    expect(template.resource("aws_s3_bucket.backup", "force_destroy")).toBe(false);
  });

  test("refuses to be renamed, and survives an account and region that are unknown for a while", () => {
    expect(template.resource("aws_s3_bucket.backup", "lifecycle")).toEqual({
      ignore_changes: ["bucket"],
      postcondition: [
        {
          condition: `\${(self.bucket == ${NAME.slice(2, -1)})}`,
          error_message:
            'The backup bucket must keep its name, "${self.bucket}": a rename replaces it and loses the failed data in it. ' +
            "Give the name it has, or replace it knowingly with -replace.",
        },
      ],
    });
  });

  test("has exactly six guards, each on this bucket", () => {
    expect(template.addresses.filter((address) => address.startsWith("aws_s3_bucket_"))).toEqual(GUARDS);
    for (const guard of GUARDS) {
      expect(template.resource(guard, "bucket")).toBe("${aws_s3_bucket.backup[0].bucket}");
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

  test("takes no ACLs", () => {
    expect(template.resource("aws_s3_bucket_ownership_controls.backup_ownership", "rule")).toEqual({
      object_ownership: "BucketOwnerEnforced",
    });
  });

  test("encrypts with SSE-S3, and names no key", () => {
    expect(template.resource("aws_s3_bucket_server_side_encryption_configuration.backup_encryption", "rule")).toEqual([
      { apply_server_side_encryption_by_default: { sse_algorithm: "AES256" }, bucket_key_enabled: false },
    ]);
  });

  test("keeps versions", () => {
    expect(template.resource("aws_s3_bucket_versioning.backup_versioning", "versioning_configuration")).toEqual({
      status: "Enabled",
    });
  });

  test("denies everything without TLS, once public access is blocked", () => {
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

test("the bucket takes a name, a retention, force_destroy and tags", () => {
  const template = firehose({
    backupBucketName: "my-failed-data",
    backupRetentionDays: 90,
    backupForceDestroy: true,
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

test("the bucket encrypts with a key that is given, through a bucket key", () => {
  expect(
    firehose({ kmsKeyArn: KEY }).resource(
      "aws_s3_bucket_server_side_encryption_configuration.backup_encryption",
      "rule",
    ),
  ).toEqual([
    {
      apply_server_side_encryption_by_default: { sse_algorithm: "aws:kms", kms_master_key_id: KEY },
      bucket_key_enabled: true,
    },
  ]);
});

test("a bucket that exists is used as it is: nothing is made, nothing is changed on it", () => {
  const template = firehose({ createBackupBucket: false, backupBucketArn: "arn:aws:s3:::my-bucket" });
  for (const address of ["aws_s3_bucket.backup", ...GUARDS]) {
    expect(template.resource(address, "count")).toBe(0);
  }
  expect(template.data("aws_iam_policy_document.backup_tls_only_document", "count")).toBe(0);
  expect(
    template.resource(
      "aws_kinesis_firehose_delivery_stream.metrics",
      "http_endpoint_configuration",
      "s3_configuration",
      "bucket_arn",
    ),
  ).toBe("arn:aws:s3:::my-bucket");
});
