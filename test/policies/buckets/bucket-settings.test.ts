import { backupBuckets } from "../../../policies/buckets/backup-buckets";
import {
  BUCKET_ENCRYPTION,
  BUCKET_LIFECYCLE,
  BUCKET_POLICY,
  type BucketSetting,
  holdersOf,
  perBucketSetting,
  resourcesOf,
} from "../../../policies/buckets/bucket-settings";
import { findKloudfuse } from "../../../policies/kloudfuse";
import { finding } from "../../../policies/outcomes";
import type { JsonObject } from "../../../iam/json";
import { BUCKET_ARN, change, planWith, STREAM, streamChange, streamValues } from "../../helpers/iam-plan";
import { type PlannedChange, planOf, type PlanParts, unknownAt } from "../../helpers/plan";
import { BUCKET, bucketChange } from "../../helpers/rule-plan";

const SETTING = { type: "aws_s3_bucket_x", argument: "x" } as const;
const ALONE: BucketSetting = { type: "aws_s3_bucket_x" };
const BUCKET_PATH = "http_endpoint_configuration.0.s3_configuration.0.bucket_arn";

const setting = (values: JsonObject = { bucket: "backup" }, more: Partial<PlannedChange> = {}): PlannedChange =>
  change("aws_s3_bucket_x.s", values, more);
const unnamed = setting({}, unknownAt("bucket", "data.aws_ssm_parameter.p.value"));
const NO_BUCKET = { bucket: undefined };
const UNKNOWN_BUCKET = { bucket: undefined, stream: streamChange({}, unknownAt(BUCKET_PATH)) };

describe("the types and arguments of a bucket's settings", () => {
  test("are those of the provider", () => {
    expect([BUCKET_ENCRYPTION, BUCKET_LIFECYCLE, BUCKET_POLICY]).toEqual([
      {
        type: "aws_s3_bucket_server_side_encryption_configuration",
        argument: "server_side_encryption_configuration",
      },
      { type: "aws_s3_bucket_lifecycle_configuration", argument: "lifecycle_rule" },
      { type: "aws_s3_bucket_policy", argument: "policy" },
    ]);
  });
});

/** What holds a setting, and why that is undetermined, in short. */
function heldIn(
  of: BucketSetting,
  parts: Parameters<typeof planWith>[0] = {},
  more: readonly PlannedChange[] = [],
): readonly string[] {
  const kloudfuse = findKloudfuse(planOf(planWith(parts, more)));
  return backupBuckets(kloudfuse).flatMap((bucket) => {
    const { holders, unknown } = holdersOf(kloudfuse, of, bucket);
    return [
      ...holders.map(({ resource, isArgument }) => `${resource.address}${isArgument ? " by its argument" : ""}`),
      ...unknown.map(({ kind, address, found }) => `${kind} ${address}: ${found}`),
    ];
  });
}

describe("what holds a setting of a bucket", () => {
  test("is nothing where there is none", () => {
    expect(heldIn(SETTING)).toEqual([]);
  });

  test("is each resource of its own", () => {
    const second = { ...setting(), address: "aws_s3_bucket_x.t" };
    expect(heldIn(SETTING, {}, [setting(), second])).toEqual(["aws_s3_bucket_x.s", "aws_s3_bucket_x.t"]);
  });

  test("is not the resource of another bucket", () => {
    expect(heldIn(SETTING, {}, [setting({ bucket: "other" })])).toEqual([]);
  });

  test("is the resource rather than the argument", () => {
    expect(heldIn(SETTING, { bucket: bucketChange({ x: [{}] }) }, [setting()])).toEqual(["aws_s3_bucket_x.s"]);
  });

  test.each<[string, unknown]>([
    ["a list", [{}]],
    ["a text", "{}"],
  ])("is the bucket by an argument that is %s", (_, x) => {
    expect(heldIn(SETTING, { bucket: bucketChange({ x }) })).toEqual([`${BUCKET} by its argument`]);
  });

  test.each([[[]], [""], [{}], [3], [undefined]])("is not the bucket by the argument %j", (x) => {
    expect(heldIn(SETTING, { bucket: bucketChange({ x }) })).toEqual([]);
  });

  test("is not the bucket by an argument that the setting does not have", () => {
    expect(heldIn(ALONE, { bucket: bucketChange({ x: [{}], undefined: [{}] }) })).toEqual([]);
  });

  test("is not the bucket by an argument that the provider fills in", () => {
    expect(heldIn(SETTING, { bucket: bucketChange({}, { unknown: ["x"] }) })).toEqual([]);
  });

  test("is not determined by an argument that is not known", () => {
    expect(heldIn(SETTING, { bucket: bucketChange({}, unknownAt("x")) })).toEqual([
      `unknown ${BUCKET}: x is not known before the apply`,
    ]);
  });

  test("is not determined by a resource whose bucket is not known", () => {
    expect(heldIn(SETTING, {}, [unnamed])).toEqual([
      `unknown ${BUCKET}: whether the bucket has aws_s3_bucket_x is not known before the apply`,
    ]);
  });

  test("is not the argument that the state has from a resource which the plan destroys", () => {
    const bucket = bucketChange({ x: [{}] }, { actions: ["no-op"] });
    const gone = (values: JsonObject, actions = ["delete"]): PlannedChange => setting(values, { actions });
    expect(heldIn(SETTING, { bucket }, [gone({ bucket: "backup" })])).toEqual([]);
    expect(heldIn(SETTING, { bucket }, [gone({ bucket: "other" })])).toEqual([`${BUCKET} by its argument`]);
    expect(heldIn(SETTING, { bucket }, [gone({})])).toEqual([`${BUCKET} by its argument`]);
  });

  test("is the argument where the plan moves the resource to another bucket", () => {
    const bucket = bucketChange({ x: [{}] }, { actions: ["no-op"] });
    const replaced = setting({ bucket: "other" }, { actions: ["delete", "create"], before: { bucket: "backup" } });
    expect(heldIn(SETTING, { bucket }, [replaced])).toEqual([`${BUCKET} by its argument`]);
  });

  test("of another root is a resource of the plan that names it", () => {
    expect(heldIn(SETTING, NO_BUCKET, [setting()])).toEqual(["aws_s3_bucket_x.s"]);
  });

  test("of another root is undetermined where the plan has none", () => {
    expect(heldIn(SETTING, NO_BUCKET, [setting({ bucket: "other" })])).toEqual([
      `unknown ${STREAM}: the plan does not have the bucket ${BUCKET_ARN}: its aws_s3_bucket_x is undetermined`,
    ]);
  });

  test("of a bucket that is not known is undetermined", () => {
    expect(heldIn(SETTING, UNKNOWN_BUCKET, [setting()])).toEqual([
      `unknown ${STREAM}: ${BUCKET_PATH} is not known before the apply: its aws_s3_bucket_x is undetermined`,
    ]);
  });
});

describe("the resources of a type that name a bucket", () => {
  const named = (
    parts: Parameters<typeof planWith>[0],
    more: readonly PlannedChange[],
  ): readonly (readonly string[])[] => {
    const kloudfuse = findKloudfuse(planOf(planWith(parts, more)));
    return backupBuckets(kloudfuse).flatMap((bucket) => {
      const { certain, possible } = resourcesOf(kloudfuse, SETTING.type, bucket);
      return [certain.map(({ address }) => address), possible.map(({ address }) => address)];
    });
  };

  test("are certain or possible for a bucket of the plan", () => {
    const other = { ...unnamed, address: "aws_s3_bucket_x.u" };
    expect(named({}, [setting(), other])).toEqual([["aws_s3_bucket_x.s"], ["aws_s3_bucket_x.u"]]);
  });

  test("are certain alone for a bucket of another root", () => {
    expect(named(NO_BUCKET, [setting(), { ...unnamed, address: "aws_s3_bucket_x.u" }])).toEqual([
      ["aws_s3_bucket_x.s"],
      [],
    ]);
  });

  test("are none for a bucket that is not known", () => {
    expect(named(UNKNOWN_BUCKET, [setting()])).toEqual([[], []]);
  });
});

describe("a setting of each bucket", () => {
  const evaluated = (
    parts: Parameters<typeof planWith>[0] = {},
    more: readonly PlannedChange[] = [],
    planParts: PlanParts = {},
  ): readonly string[] =>
    perBucketSetting(findKloudfuse(planOf(planWith(parts, more), planParts)), SETTING, ({ resource }, { streams }) => [
      finding(resource, `held for ${streams.map(({ name }) => String(name)).join(" and ")}`, "None."),
    ]).map(({ kind, address, found, remedy }) => `${kind} ${address}: ${found} | ${remedy}`);

  test("is evaluated where it is held, with the streams of the bucket", () => {
    const stream = change("aws_kinesis_firehose_delivery_stream.m", streamValues({ signal: "metrics" }));
    expect(evaluated({}, [stream, setting()])).toEqual([
      "finding aws_s3_bucket_x.s: held for kloudfuse-logs and kloudfuse-metrics | None.",
    ]);
  });

  test("is a finding where the bucket does not have it", () => {
    expect(evaluated()).toEqual([`finding ${BUCKET}: it has no aws_s3_bucket_x | Add one.`]);
  });

  test("is undetermined where the plan is not complete", () => {
    expect(evaluated({}, [], { complete: false })).toEqual([
      `unknown ${BUCKET}: the plan is not complete: whether the bucket has aws_s3_bucket_x is undetermined | Evaluate the plan of the root module that manages it.`,
    ]);
  });

  test("is undetermined where a resource may be the bucket's", () => {
    expect(evaluated({}, [unnamed])).toEqual([
      `unknown ${BUCKET}: whether the bucket has aws_s3_bucket_x is not known before the apply | Evaluate the plan again after the apply.`,
    ]);
  });

  test("is said of a bucket of another root once", () => {
    expect(evaluated(NO_BUCKET)).toHaveLength(1);
  });
});
