import { bucketChanges } from "../../../cli/adopt/bucket-changes";
import { PUBLIC_ACCESS_FIELDS } from "../../../cli/verify/bucket";
import { BUCKET, bucketWith, statementsOf, TLS_ONLY } from "../../helpers/adoption";

const KEY = "arn:aws:kms:eu-west-1:123456789012:key/one";
const changesOf = (fields: Parameters<typeof bucketWith>[0], kmsKeyArn?: string) =>
  bucketChanges("bucket failures", bucketWith(fields), `arn:aws:s3:::${BUCKET}`, kmsKeyArn).map(
    ({ action, name, found, remedy }) => [`${action} ${name}`, found, remedy],
  );
const encryptionOf = (algorithm: string, keyArn?: string) => ({ encryption: { algorithm, keyArn } });

describe("a bucket that is imported", () => {
  test("as the module has it is not changed", () => {
    const settings = {
      publicAccessBlocks: [...PUBLIC_ACCESS_FIELDS],
      objectOwnership: "BucketOwnerEnforced",
      versioning: "Enabled",
      policyStatements: statementsOf(TLS_ONLY),
    };
    expect(changesOf({ ...settings, ...encryptionOf("AES256") })).toEqual([]);
    expect(changesOf({ ...settings, ...encryptionOf("aws:kms", KEY), hasBucketKey: true }, KEY)).toEqual([]);
  });

  test("without a setting gets it as a new resource", () => {
    expect(changesOf({})).toEqual([]);
  });

  test("keeps the public out", () => {
    expect(changesOf({ publicAccessBlocks: ["BlockPublicAcls", "IgnorePublicAcls"] })).toEqual([
      [
        "change public access",
        "BlockPublicPolicy, RestrictPublicBuckets: off becomes on",
        "Use --keep bucket if public access is intended.",
      ],
    ]);
  });

  test.each([
    ["ObjectWriter", "ObjectWriter"],
    ["", "not shown by AWS"],
  ])("disables ACLs in place of %j", (objectOwnership, found) => {
    expect(changesOf({ objectOwnership })).toEqual([
      [
        "change ownership",
        `${found} becomes BucketOwnerEnforced: ACLs are disabled`,
        "S3 rejects this while the bucket's ACL grants access to others: aws s3api get-bucket-acl --bucket failures shows it. Use --keep bucket to keep ACLs.",
      ],
    ]);
  });

  test.each([
    [encryptionOf("aws:kms"), undefined, "aws:kms with the key that AWS manages becomes AES256"],
    [encryptionOf("aws:kms:dsse"), undefined, "aws:kms:dsse with the key that AWS manages becomes AES256"],
    [
      { ...encryptionOf("aws:kms:dsse", KEY), hasBucketKey: true },
      KEY,
      `aws:kms:dsse with ${KEY} becomes aws:kms with ${KEY}`,
    ],
  ])("says with %j that the encryption gets weaker", (fields, kmsKeyArn, found) => {
    expect(changesOf(fields, kmsKeyArn)).toEqual([
      [
        "change encryption",
        `${found}: new objects get weaker encryption`,
        "Use --keep bucket to keep this encryption: the module supports only AES256, and aws:kms with the customer-managed key of streams and bucket (kms_key_arn).",
      ],
    ]);
  });

  test.each([
    ["AES256", `AES256 becomes aws:kms with ${KEY}`],
    ["aws:kms", `aws:kms with the key that AWS manages becomes aws:kms with ${KEY}`],
    ["", `not shown by AWS becomes aws:kms with ${KEY}`],
  ])("with %j gets the key of the streams", (algorithm, found) => {
    expect(changesOf({ ...encryptionOf(algorithm), hasBucketKey: true }, KEY)).toEqual([
      ["change encryption", found, ""],
    ]);
  });

  test("has a bucket key exactly where it has a key", () => {
    expect(changesOf({ ...encryptionOf("AES256"), hasBucketKey: true })).toEqual([
      ["change bucket key", "on becomes off", ""],
    ]);
    expect(changesOf(encryptionOf("aws:kms", KEY), KEY)).toEqual([
      ["change bucket key", "off becomes on: S3 sends fewer requests to KMS", ""],
    ]);
  });

  test("has its versioning switched on", () => {
    expect(changesOf({ versioning: "Suspended" })).toEqual([
      [
        "change versioning",
        "Suspended becomes Enabled: objects that are deleted or overwritten are kept, and billed, for another 7 days",
        "Use --keep bucket to keep it.",
      ],
    ]);
  });

  test("gets the module's policy", () => {
    expect(changesOf({ policyStatements: statementsOf({ ...TLS_ONLY, Action: "s3:GetObject" }) })).toEqual([
      [
        "change policy",
        "becomes the module's, which denies requests without TLS to everyone",
        "Use --keep bucket to keep it.",
      ],
    ]);
  });
});
