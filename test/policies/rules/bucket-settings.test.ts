import { bucketOwnership } from "../../../policies/rules/bucket-ownership";
import { bucketVersioning } from "../../../policies/rules/bucket-versioning";
import { encryptionBucket } from "../../../policies/rules/encryption-bucket";
import type { JsonObject } from "../../../iam/json";
import { AFTER, BUCKET_ARN, ELSEWHERE } from "../../helpers/iam-plan";
import { unknownAt } from "../../helpers/plan";
import { BUCKET, bucketChange, checkGood, type Guard, guard, STREAM } from "../../helpers/rule-plan";

const OWNERSHIP = "aws_s3_bucket_ownership_controls";
const VERSIONING = "aws_s3_bucket_versioning";
const SSE = "aws_s3_bucket_server_side_encryption_configuration";
const CASES = [
  {
    policy: bucketOwnership,
    type: OWNERSHIP,
    path: "rule.0.object_ownership",
    bad: { rule: [{ object_ownership: "ObjectWriter" }] },
    shown: '"ObjectWriter"',
    remedy: "Set it to BucketOwnerEnforced.",
    argument: undefined,
  },
  {
    policy: bucketVersioning,
    type: VERSIONING,
    path: "versioning_configuration.0.status",
    bad: { versioning_configuration: [{ status: "Suspended" }] },
    shown: '"Suspended"',
    remedy: "Set it to Enabled.",
    argument: "versioning",
  },
  {
    policy: encryptionBucket,
    type: SSE,
    path: "rule.0.apply_server_side_encryption_by_default.0.sse_algorithm",
    bad: { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "ROT13" }] }] },
    shown: '"ROT13"',
    remedy: "Use AES256 or aws:kms.",
    argument: "server_side_encryption_configuration",
  },
] as const satisfies readonly { readonly type: Guard; readonly [name: string]: unknown }[];

describe.each(CASES)("$policy.id", ({ policy, type, path, bad, shown, remedy, argument }) => {
  const address = `${type}.backup`;
  const without = { guards: { [type]: undefined } };

  test("finds another value", () => {
    expect(checkGood(policy, { guards: { [type]: guard(type, bad) } })).toEqual([
      `finding ${address}: ${path} is ${shown} | ${remedy}`,
    ]);
  });

  test("finds that the bucket has none", () => {
    expect(checkGood(policy, without)).toEqual([`finding ${BUCKET}: it has no ${type} | Add one.`]);
  });

  test("does not take another bucket's for it", () => {
    expect(checkGood(policy, { guards: { [type]: guard(type, { bucket: "other" }) } })).toEqual([
      `finding ${BUCKET}: it has no ${type} | Add one.`,
    ]);
  });

  test("says that the value is not known", () => {
    expect(checkGood(policy, { guards: { [type]: guard(type, {}, { unknown: [path] }) } })).toEqual([
      `unknown ${address}: ${path} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("says that one whose bucket is not known may be the bucket's", () => {
    const possible = guard(type, {}, unknownAt("bucket", "data.aws_s3_bucket.x.id"));
    const bucket = bucketChange({}, { unknown: ["arn"] });
    const other = bucketChange(
      { bucket: "other", arn: undefined },
      { unknown: ["arn"], address: "aws_s3_bucket.other" },
    );
    expect(checkGood(policy, { bucket, guards: { [type]: possible } }, [other])).toEqual([
      `unknown ${BUCKET}: whether the bucket has ${type} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("says that one may be missing in a plan that is not complete", () => {
    expect(checkGood(policy, without, [], { complete: false })).toEqual([
      `unknown ${BUCKET}: the plan is not complete: whether the bucket has ${type} is undetermined | ${ELSEWHERE}`,
    ]);
  });

  test("says that the bucket is managed elsewhere, unless the plan has the setting", () => {
    expect(checkGood(policy, { ...without, bucket: undefined })).toEqual([
      `unknown ${STREAM}: the plan does not have the bucket ${BUCKET_ARN}: its ${type} is undetermined | ${ELSEWHERE}`,
    ]);
    expect(checkGood(policy, { bucket: undefined })).toEqual([]);
    expect(checkGood(policy, { bucket: undefined, guards: { [type]: guard(type, bad) } })).toEqual([
      `finding ${address}: ${path} is ${shown} | ${remedy}`,
    ]);
  });

  test("does not take what the provider fills in for a setting", () => {
    const unknown = argument === undefined ? [] : [argument];
    expect(checkGood(policy, { ...without, bucket: bucketChange({}, { unknown }) })).toEqual([
      `finding ${BUCKET}: it has no ${type} | Add one.`,
    ]);
  });
});

const ARGUMENTS = [
  {
    policy: bucketVersioning,
    type: VERSIONING,
    good: { versioning: [{ enabled: true }] },
    bad: { versioning: [{ enabled: false }] },
    found: "versioning.0.enabled is false | Set it to true.",
    path: "versioning",
  },
  {
    policy: encryptionBucket,
    type: SSE,
    good: {
      server_side_encryption_configuration: [
        { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "aws:kms" }] }] },
      ],
    },
    bad: {
      server_side_encryption_configuration: [
        { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm: "ROT13" }] }] },
      ],
    },
    found:
      'server_side_encryption_configuration.0.rule.0.apply_server_side_encryption_by_default.0.sse_algorithm is "ROT13" | Use AES256 or aws:kms.',
    path: "server_side_encryption_configuration",
  },
] as const satisfies readonly { readonly type: Guard; readonly good: JsonObject; readonly [name: string]: unknown }[];

describe.each(ARGUMENTS)("$policy.id, of the bucket's own $path", ({ policy, type, good, bad, found, path }) => {
  const without = { guards: { [type]: undefined } };
  const destroyed = guard(type, {}, { actions: ["delete"] });

  test("evaluates it", () => {
    expect(checkGood(policy, { ...without, bucket: bucketChange(good) })).toEqual([]);
    expect(checkGood(policy, { ...without, bucket: bucketChange(bad) })).toEqual([`finding ${BUCKET}: ${found}`]);
  });

  test("does not take an empty one for a setting", () => {
    expect(checkGood(policy, { ...without, bucket: bucketChange({ [path]: [] }) })).toEqual([
      `finding ${BUCKET}: it has no ${type} | Add one.`,
    ]);
  });

  test("says that it is not known", () => {
    const bucket = bucketChange({}, unknownAt(path));
    expect(checkGood(policy, { ...without, bucket })).toEqual([
      `unknown ${BUCKET}: ${path} is not known before the apply | ${AFTER}`,
    ]);
  });

  test("evaluates the resource where there are both", () => {
    expect(checkGood(policy, { bucket: bucketChange(bad) })).toEqual([]);
  });

  test("finds that the plan destroys the resource that the state has read it from", () => {
    const bucket = bucketChange(good, { actions: ["no-op"] });
    expect(checkGood(policy, { guards: { [type]: destroyed }, bucket })).toEqual([
      `finding ${BUCKET}: it has no ${type} | Add one.`,
    ]);
    const ofAnother = guard(type, { bucket: "other" }, { actions: ["delete"] });
    expect(checkGood(policy, { guards: { [type]: ofAnother }, bucket })).toEqual([]);
  });
});

describe("KFF-ENC-002", () => {
  test.each(["AES256", "aws:kms", "aws:kms:dsse"])("accepts %s", (sse_algorithm) => {
    const values = { rule: [{ apply_server_side_encryption_by_default: [{ sse_algorithm }] }] };
    expect(checkGood(encryptionBucket, { guards: { [SSE]: guard(SSE, values) } })).toEqual([]);
  });
});
