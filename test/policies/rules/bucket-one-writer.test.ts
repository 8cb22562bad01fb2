import { bucketOneWriter } from "../../../policies/rules/bucket-one-writer";
import type { JsonObject } from "../../../iam/json";
import { AFTER, BUCKET_ARN, ELSEWHERE } from "../../helpers/iam-plan";
import { unknownAt } from "../../helpers/plan";
import { BUCKET, bucketChange, checkGood, guard, GUARDS, STREAM } from "../../helpers/rule-plan";

const POLICY = "aws_s3_bucket_policy";
const LIFECYCLE = "aws_s3_bucket_lifecycle_configuration";

describe.each([
  [POLICY, "policy", GUARDS[POLICY].policy],
  [LIFECYCLE, "lifecycle_rule", [{ enabled: true }]],
] as const)("KFF-BKT-008, of %s", (type, argument, value) => {
  const address = `${type}.backup`;
  const second = { ...guard(type), address: `${type}.second` };
  const both = `finding ${BUCKET}: ${argument} and ${address} set the same configuration of the bucket | Remove ${argument}: the last writer wins.`;
  const argumentOf = (values: JsonObject, more: object = {}): string[] =>
    checkGood(bucketOneWriter, { bucket: bucketChange(values, more) });

  test("finds every resource beside the first one", () => {
    const third = { ...guard(type), address: `${type}.third` };
    expect(checkGood(bucketOneWriter, {}, [second, third])).toEqual(
      [second, third].map(
        (other) =>
          `finding ${other.address}: ${address} sets the same configuration of the bucket | Merge them: the last writer wins.`,
      ),
    );
  });

  test("accepts one of another bucket, and none", () => {
    expect(checkGood(bucketOneWriter, {}, [{ ...second, values: { ...second.values, bucket: "other" } }])).toEqual([]);
    expect(checkGood(bucketOneWriter, { guards: { [type]: undefined } })).toEqual([]);
  });

  test("finds the bucket's own argument beside the resource", () => {
    expect(argumentOf({ [argument]: value })).toEqual([both]);
    expect(argumentOf({ [argument]: value }, { actions: ["update"] })).toEqual([both]);
  });

  test("accepts the bucket's own argument alone", () => {
    expect(
      checkGood(bucketOneWriter, { bucket: bucketChange({ [argument]: value }), guards: { [type]: undefined } }),
    ).toEqual([]);
  });

  test("does not take what the provider reads back for the configuration's", () => {
    const change = { actions: ["no-op"], isUnconfigured: true };
    expect(argumentOf({ [argument]: value }, change)).toEqual([]);
    expect(argumentOf({}, { unknown: [argument] })).toEqual([]);
    expect(argumentOf({ [argument]: "" })).toEqual([]);
    expect(argumentOf({ [argument]: [] })).toEqual([]);
  });

  test("finds a dynamic block of a new bucket, which the configuration does not show", () => {
    expect(argumentOf({ [argument]: value }, { isUnconfigured: true })).toEqual([both]);
  });

  test("finds an argument whose value is not known", () => {
    expect(argumentOf({}, unknownAt(argument))).toEqual([both]);
  });

  test("says that a resource whose bucket is not known may be a second one", () => {
    const possible = { ...second, unknown: ["bucket"], references: { bucket: ["data.aws_s3_bucket.x.id"] } };
    const bucket = bucketChange({}, { unknown: ["arn"] });
    const other = bucketChange(
      { bucket: "other", arn: undefined },
      { unknown: ["arn"], address: "aws_s3_bucket.other" },
    );
    expect(checkGood(bucketOneWriter, { bucket }, [possible, other])).toEqual([
      `unknown ${second.address}: whether it sets the same configuration as ${address} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("finds two for a bucket of another root, of which the rest is undetermined", () => {
    const rest = `unknown ${STREAM}: the plan does not have the bucket ${BUCKET_ARN}: whether it has one policy and one lifecycle is undetermined | ${ELSEWHERE}`;
    expect(checkGood(bucketOneWriter, { bucket: undefined }, [second])).toEqual([
      `finding ${second.address}: ${address} sets the same configuration of the bucket | Merge them: the last writer wins.`,
      rest,
    ]);
    expect(checkGood(bucketOneWriter, { bucket: undefined })).toEqual([rest]);
  });
});
