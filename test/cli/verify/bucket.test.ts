import { UndeterminedError } from "../../../cli/exit-codes";
import { type Bucket, bucketOutcomes, PUBLIC_ACCESS_FIELDS } from "../../../cli/verify/bucket";
import { resourceRulesOf } from "../../../cli/verify/rules";
import { LOCATION } from "../../helpers/account";
import { outcomeLine } from "../../helpers/outcomes";

const denied = (): UndeterminedError =>
  new UndeterminedError("AWS denied s3:GetBucketLocation. Grant it to the user or role that runs this command.");
const BUCKET: Bucket = {
  name: "backup",
  region: "eu-west-1",
  blocks: PUBLIC_ACCESS_FIELDS,
  isPublic: undefined,
  encryption: { algorithm: "AES256", keyArn: undefined },
  policy: [],
};

/** What is said of a bucket for streams in eu-west-1, a line each. */
const lines = (bucket: Partial<Bucket>): string[] =>
  bucketOutcomes({ ...BUCKET, ...bucket }, LOCATION).map(outcomeLine);

describe("the backup bucket", () => {
  test("is well when it is near, closed and encrypted", () => {
    expect(lines({})).toEqual([
      "ok bucket: exists",
      "ok region: eu-west-1",
      "ok public access: blocked",
      "ok encryption: AES256",
      "ok bucket policy: none",
    ]);
  });

  test("may be shared with another region, each with a prefix of its own", () => {
    expect(bucketOutcomes({ ...BUCKET, region: "us-east-1" }, LOCATION)[1]).toEqual({
      name: "region",
      verdict: "note",
      found: "us-east-1, but the streams are in eu-west-1",
      remedy:
        "No action needed if several regions share the bucket, each with a backup_prefix of its own: failures and replay cannot distinguish streams of one name under one prefix. A KMS key for the backup must be in us-east-1. Otherwise configure a bucket for the streams in eu-west-1.",
    });
  });

  test("is one problem, not four, when it does not exist", () => {
    expect(lines({ region: undefined, blocks: [], encryption: undefined })).toEqual(["problem bucket: does not exist"]);
  });

  test("is open when one block is off and nothing says that it is not public", () => {
    const blocks = PUBLIC_ACCESS_FIELDS.filter((block) => block !== "BlockPublicPolicy");
    expect(lines({ blocks })).toContain("problem public access: BlockPublicPolicy is off");
    expect(lines({ blocks, isPublic: denied() })).toContain("problem public access: BlockPublicPolicy is off");
  });

  test("is no problem without blocks when S3 says that it is not public", () => {
    expect(lines({ blocks: ["BlockPublicAcls", "IgnorePublicAcls"], isPublic: false })).toContain(
      "note public access: not public; BlockPublicPolicy, RestrictPublicBuckets are off",
    );
  });

  test("is named public when S3 says so, and only as long as a block is off", () => {
    expect(lines({ blocks: ["BlockPublicAcls", "IgnorePublicAcls", "BlockPublicPolicy"], isPublic: true })).toContain(
      "problem public access: the bucket's policy makes it public; RestrictPublicBuckets is off",
    );
    expect(lines({ isPublic: true })).toContain("ok public access: blocked");
  });

  test("shows the key that it is encrypted with", () => {
    const keyArn = "arn:aws:kms:eu-west-1:123456789012:key/1";
    expect(lines({ encryption: { algorithm: "aws:kms", keyArn } })).toContain(`ok encryption: aws:kms ${keyArn}`);
  });

  test("does not say what its policy allows when S3 denies to read it", () => {
    const policy = new UndeterminedError(
      "AWS denied s3:GetBucketPolicy. Grant it to the user or role that runs this command.",
    );
    expect(lines({ policy })).toEqual([
      "ok bucket: exists",
      "ok region: eu-west-1",
      "ok public access: blocked",
      "ok encryption: AES256",
      "unknown bucket policy: AWS denied s3:GetBucketPolicy.",
    ]);
  });

  test("is open to whom its policy lets in", () => {
    const statement = {
      Effect: "Allow",
      Principal: { AWS: "210987654321" },
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::backup/*",
    };
    const policy = resourceRulesOf("policy", JSON.stringify({ Statement: [statement] }));
    expect(lines({ policy })).toContain("problem bucket policy: statement 1 allows AWS:210987654321 s3:GetObject");
  });

  test("is evaluated by the rest when S3 denies one call, and names the permission", () => {
    expect(lines({ region: denied() })).toEqual([
      "unknown bucket: AWS denied s3:GetBucketLocation.",
      "ok public access: blocked",
      "ok encryption: AES256",
      "ok bucket policy: none",
    ]);
  });
});
