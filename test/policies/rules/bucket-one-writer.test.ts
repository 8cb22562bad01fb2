import { bucketOneWriter } from "../../../policies/rules/bucket-one-writer";
import { outcomesOf } from "../../helpers/rule-plan";

const BUCKET = "aws_s3_bucket.backup[0]";
const MERGE = "Merge them into one.";

describe.each([
  ["aws_s3_bucket_policy", "policy", "{}"],
  ["aws_s3_bucket_lifecycle_configuration", "lifecycle_rule", [{}]],
])("%s", (type, block, value) => {
  const first = `module.kloudfuse.${type}.backup[0]`;

  test("is one", () => {
    expect(outcomesOf(bucketOneWriter)).toEqual([]);
  });

  test("may be none, with or without a block of the bucket", () => {
    const edits = { [type]: "absent", "aws_s3_bucket.backup": { set: { [block]: value } } } as const;
    expect(outcomesOf(bucketOneWriter, { edits })).toEqual([]);
  });

  test("must not be two", () => {
    const more = [{ address: `${type}.second`, values: { bucket: "failures" } }];
    expect(outcomesOf(bucketOneWriter, { more })).toEqual([
      `finding ${BUCKET}: ${first} and ${type}.second replace each other → ${MERGE}`,
    ]);
  });

  test("may be of another bucket", () => {
    const more = [{ address: `${type}.second`, values: { bucket: "other" } }];
    expect(outcomesOf(bucketOneWriter, { more })).toEqual([]);
  });

  test("may be two, where the bucket of one is not known", () => {
    const more = [{ address: `${type}.second`, values: {}, unknown: ["bucket"] }];
    expect(outcomesOf(bucketOneWriter, { more })).toEqual([
      `unknown ${BUCKET}: whether ${type}.second is for this bucket too, beside ${first}, is not known before the apply → Evaluate the plan again after the apply.`,
    ]);
  });

  test("must not stand beside a block of a bucket that is created", () => {
    expect(outcomesOf(bucketOneWriter, { edits: { "aws_s3_bucket.backup": { set: { [block]: value } } } })).toEqual([
      `finding ${BUCKET}: its ${block} and ${first} replace each other → ${MERGE}`,
    ]);
  });

  test.each([[""], [[]], [undefined]])("may stand beside a block that is empty: %j", (empty) => {
    expect(outcomesOf(bucketOneWriter, { edits: { "aws_s3_bucket.backup": { set: { [block]: empty } } } })).toEqual([]);
  });

  test("shows in a bucket that exists", () => {
    const edits = { "aws_s3_bucket.backup": { set: { [block]: value }, actions: ["no-op"] } };
    expect(outcomesOf(bucketOneWriter, { edits })).toEqual([]);
  });
});
