import { bucketPublicAccess } from "../../../policies/rules/bucket-public-access";
import type { JsonObject } from "../../../iam/json";
import { AFTER, BUCKET_ARN, change, ELSEWHERE } from "../../helpers/iam-plan";
import { ACCOUNT, type PlannedChange, unknownAt } from "../../helpers/plan";
import { BUCKET, bucketChange, checkGood, guard, GUARDS, STREAM } from "../../helpers/rule-plan";

const TYPE = "aws_s3_bucket_public_access_block";
const ALL = GUARDS[TYPE];
const NAMES = ["block_public_acls", "block_public_policy", "ignore_public_acls", "restrict_public_buckets"] as const;
const NONE = { guards: { [TYPE]: undefined } };
const MISSING = `finding ${BUCKET}: it has no ${TYPE} | Add one.`;

const ofAccount = (values: JsonObject = {}, more: Partial<PlannedChange> = {}): PlannedChange =>
  change("aws_s3_account_public_access_block.all", { ...ALL, ...values }, more);

describe("KFF-BKT-001", () => {
  test.each(NAMES)("finds that %s is false, or not set", (name) => {
    const found = (shown: string): string[] => [`finding ${TYPE}.backup: ${name} is ${shown} | Set it to true.`];
    expect(checkGood(bucketPublicAccess, { guards: { [TYPE]: guard(TYPE, { [name]: false }) } })).toEqual(
      found("false"),
    );
    expect(checkGood(bucketPublicAccess, { guards: { [TYPE]: guard(TYPE, { [name]: undefined }) } })).toEqual(
      found("not set"),
    );
  });

  test("says that a block is not known", () => {
    const block = guard(TYPE, {}, { unknown: ["block_public_acls"] });
    expect(checkGood(bucketPublicAccess, { guards: { [TYPE]: block } })).toEqual([
      `unknown ${TYPE}.backup: block_public_acls is not known before the apply | ${AFTER}`,
    ]);
  });

  test("finds that the bucket has none, or that it is another bucket's", () => {
    expect(checkGood(bucketPublicAccess, NONE)).toEqual([MISSING]);
    expect(checkGood(bucketPublicAccess, { guards: { [TYPE]: guard(TYPE, { bucket: "other" }) } })).toEqual([MISSING]);
  });

  test("says that one whose bucket is not known may be the bucket's", () => {
    const possible = guard(TYPE, {}, unknownAt("bucket", "data.aws_s3_bucket.x.id"));
    const bucket = bucketChange({}, { unknown: ["arn"] });
    const other = bucketChange(
      { bucket: "other", arn: undefined },
      { unknown: ["arn"], address: "aws_s3_bucket.other" },
    );
    expect(checkGood(bucketPublicAccess, { bucket, guards: { [TYPE]: possible } }, [other])).toEqual([
      `unknown ${BUCKET}: whether the bucket has ${TYPE} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("says that one may be missing in a plan that is not complete", () => {
    expect(checkGood(bucketPublicAccess, NONE, [], { complete: false })).toEqual([
      `unknown ${BUCKET}: the plan is not complete: whether the bucket has ${TYPE} is undetermined | ${ELSEWHERE}`,
    ]);
  });

  test("says that the bucket is managed elsewhere, unless the plan has its block", () => {
    expect(checkGood(bucketPublicAccess, { ...NONE, bucket: undefined })).toEqual([
      `unknown ${STREAM}: the plan does not have the bucket ${BUCKET_ARN}: its ${TYPE} is undetermined | ${ELSEWHERE}`,
    ]);
    expect(checkGood(bucketPublicAccess, { bucket: undefined })).toEqual([]);
  });
});

describe("KFF-BKT-001, with a block of the account", () => {
  test("accepts it instead of the bucket's", () => {
    expect(checkGood(bucketPublicAccess, NONE, [ofAccount()])).toEqual([]);
  });

  test("adds it to the bucket's", () => {
    const own = { guards: { [TYPE]: guard(TYPE, { block_public_acls: false, ignore_public_acls: false }) } };
    expect(checkGood(bucketPublicAccess, own, [ofAccount({ ignore_public_acls: false })])).toEqual([
      `finding ${TYPE}.backup: ignore_public_acls is false | Set it to true.`,
    ]);
  });

  test.each(NAMES)("does not accept one without %s instead of the bucket's", (name) => {
    expect(checkGood(bucketPublicAccess, NONE, [ofAccount({ [name]: false })])).toEqual([MISSING]);
    expect(checkGood(bucketPublicAccess, NONE, [ofAccount({}, { unknown: [name] })])).toEqual([MISSING]);
  });

  test("compares the account where it is known", () => {
    const bucket = bucketChange({}, { provider: "aws.own" });
    const parts = {
      providers: {
        "aws.own": { assume_role: [{ role_arn: `arn:aws:iam::${ACCOUNT}:role/deploy` }] },
      },
    };
    const checked = (account_id: string): string[] =>
      checkGood(bucketPublicAccess, { ...NONE, bucket }, [ofAccount({ account_id }, { provider: "aws.own" })], parts);
    expect(checked(ACCOUNT)).toEqual([]);
    expect(checked("210987654321")).toEqual([MISSING]);
    expect(checked("")).toEqual([]);
  });

  test("does not accept one of other credentials", () => {
    const parts = { providers: { "aws.other": { profile: "other" } } };
    expect(checkGood(bucketPublicAccess, NONE, [ofAccount({}, { provider: "aws.other" })], parts)).toEqual([MISSING]);
  });

  test("does not know the account of a bucket that is managed elsewhere", () => {
    expect(checkGood(bucketPublicAccess, { ...NONE, bucket: undefined }, [ofAccount()])).toHaveLength(1);
  });
});
