import { bucketForceDestroy } from "../../../policies/rules/bucket-force-destroy";
import { bucketOwnership } from "../../../policies/rules/bucket-ownership";
import { bucketPublicAccess } from "../../../policies/rules/bucket-public-access";
import { bucketVersioning } from "../../../policies/rules/bucket-versioning";
import { encryptionBucket } from "../../../policies/rules/encryption-bucket";
import { outcomesOf } from "../../helpers/rule-plan";

const BUCKET = "aws_s3_bucket.backup[0]";
const OWNERSHIP = "aws_s3_bucket_ownership_controls";
const BLOCK = "aws_s3_bucket_public_access_block";
const VERSIONING = "aws_s3_bucket_versioning";
const ENCRYPTION = "aws_s3_bucket_server_side_encryption_configuration";
const ALGORITHM = "rule.0.apply_server_side_encryption_by_default.0.sse_algorithm";
const BLOCKS = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"];

describe.each([
  [bucketOwnership, OWNERSHIP],
  [bucketPublicAccess, BLOCK],
  [bucketVersioning, VERSIONING],
  [encryptionBucket, ENCRYPTION],
])("what protects the backup bucket", (policy, type) => {
  test(`is ${type}, as the module writes it`, () => {
    expect(outcomesOf(policy)).toEqual([]);
  });

  test(`is missing without ${type}`, () => {
    expect(outcomesOf(policy, { edits: { [type]: "absent" } })).toEqual([
      `finding ${BUCKET}: it has no ${type} → Add one.`,
    ]);
  });

  test(`may be in what a plan that is not complete leaves out: ${type}`, () => {
    expect(outcomesOf(policy, { edits: { [type]: "absent" }, parts: { complete: false } })).toEqual([
      `unknown ${BUCKET}: its ${type} are not in this plan, or not known before the apply → Evaluate the plan of the root that manages them.`,
    ]);
  });

  test(`may be a ${type} of which the bucket is not known`, () => {
    const more = [{ address: `${type}.other`, values: {}, unknown: ["bucket"] }];
    expect(outcomesOf(policy, { edits: { [type]: "absent" }, more })).toEqual([
      `unknown ${BUCKET}: whether it has a ${type} is not known before the apply → Evaluate the plan again after the apply.`,
    ]);
  });

  test(`is undetermined for a bucket that the plan does not have: ${type}`, () => {
    expect(outcomesOf(policy, { edits: { "aws_s3_bucket.backup": "absent" } })).toEqual([
      `unknown aws_kinesis_firehose_delivery_stream.logs: the backup bucket, and its ${type} are not in this plan, or not known before the apply → Evaluate the plan of the root that manages them.`,
    ]);
  });
});

describe("ACLs", () => {
  test("must be disabled", () => {
    const edits = { [OWNERSHIP]: { set: { "rule.0.object_ownership": "ObjectWriter" } } };
    expect(outcomesOf(bucketOwnership, { edits })).toEqual([
      `finding ${OWNERSHIP}.backup[0]: rule.0.object_ownership is "ObjectWriter" → Set it to BucketOwnerEnforced.`,
    ]);
  });
});

describe("public access", () => {
  test.each(BLOCKS)("must be blocked: %s", (block) => {
    for (const [value, shown] of [
      [false, "false"],
      [undefined, "not set"],
    ] as const) {
      expect(outcomesOf(bucketPublicAccess, { edits: { [BLOCK]: { set: { [block]: value } } } })).toEqual([
        `finding ${BLOCK}.backup[0]: ${block} is ${shown} → Set it to true.`,
      ]);
    }
    expect(outcomesOf(bucketPublicAccess, { edits: { [BLOCK]: { unknown: [block] } } })).toEqual([
      `unknown ${BLOCK}.backup[0]: ${block} is not known before the apply → Evaluate the plan again after the apply.`,
    ]);
  });

  const account = (values: Readonly<Record<string, boolean>>) => ({
    edits: { [BLOCK]: "absent" as const },
    more: [{ address: "aws_s3_account_public_access_block.all", values }],
  });
  const all = Object.fromEntries(BLOCKS.map((block) => [block, true]));

  test("may be blocked for the whole account", () => {
    expect(outcomesOf(bucketPublicAccess, account(all))).toEqual([]);
  });

  test.each(BLOCKS)("is not blocked by an account without %s", (block) => {
    expect(outcomesOf(bucketPublicAccess, account({ ...all, [block]: false }))).toEqual([
      `finding ${BUCKET}: it has no ${BLOCK} → Add one.`,
    ]);
  });
});

describe("versioning", () => {
  test("must be enabled", () => {
    const edits = { [VERSIONING]: { set: { "versioning_configuration.0.status": "Suspended" } } };
    expect(outcomesOf(bucketVersioning, { edits })).toEqual([
      `finding ${VERSIONING}.backup[0]: versioning_configuration.0.status is "Suspended" → Set it to Enabled.`,
    ]);
  });

  const inline = (enabled: boolean) => ({
    [VERSIONING]: "absent" as const,
    "aws_s3_bucket.backup": { set: { versioning: [{ enabled }] } },
  });

  test("may be a block of the bucket", () => {
    expect(outcomesOf(bucketVersioning, { edits: inline(true) })).toEqual([]);
    expect(outcomesOf(bucketVersioning, { edits: inline(false) })).toEqual([
      `finding ${BUCKET}: it has no ${VERSIONING} → Add one.`,
    ]);
  });

  test("ends when the plan destroys the resource that the bucket shows it from", () => {
    const more = [{ address: `${VERSIONING}.old`, values: { bucket: "failures" }, actions: ["delete"] }];
    expect(outcomesOf(bucketVersioning, { edits: inline(true), more })).toEqual([
      `finding ${BUCKET}: it has no ${VERSIONING} → Add one.`,
    ]);
  });
});

describe("default encryption", () => {
  test.each(["AES256", "aws:kms", "aws:kms:dsse"])("may be %s, also by a block of the bucket", (algorithm) => {
    expect(outcomesOf(encryptionBucket, { edits: { [ENCRYPTION]: { set: { [ALGORITHM]: algorithm } } } })).toEqual([]);
    const block = { set: { [`server_side_encryption_configuration.0.${ALGORITHM}`]: algorithm } };
    expect(outcomesOf(encryptionBucket, { edits: { [ENCRYPTION]: "absent", "aws_s3_bucket.backup": block } })).toEqual(
      [],
    );
  });

  test("must not be another", () => {
    expect(outcomesOf(encryptionBucket, { edits: { [ENCRYPTION]: { set: { [ALGORITHM]: "none" } } } })).toEqual([
      `finding ${ENCRYPTION}.backup[0]: ${ALGORITHM} is "none" → Use AES256 or aws:kms.`,
    ]);
  });
});

describe("force_destroy", () => {
  test.each([[false], [undefined]])("may be %s", (value) => {
    const edits = { "aws_s3_bucket.backup": { set: { force_destroy: value } } };
    expect(outcomesOf(bucketForceDestroy, { edits })).toEqual([]);
  });

  test("must not be true", () => {
    const edits = { "aws_s3_bucket.backup": { set: { force_destroy: true } } };
    expect(outcomesOf(bucketForceDestroy, { edits })).toEqual([
      `finding ${BUCKET}: force_destroy is true → Set it only for the apply before the destroy.`,
    ]);
  });
});
