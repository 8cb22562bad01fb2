import { type Planned, UNKNOWN } from "../../../iam/unknown";
import {
  bucketLifecycleRules,
  isRemoved,
  type LifecycleRule,
  lifecycleRules,
} from "../../../policies/buckets/lifecycle";
import type { JsonObject } from "../../../iam/json";
import { type PlannedChange, planOf, unknownAt } from "../../helpers/plan";
import { resourceAt } from "../resource-at";

const ADDRESS = "aws_s3_bucket_lifecycle_configuration.l";
const BUCKET = "aws_s3_bucket.b";

function rulesOf(rules: readonly JsonObject[], more: Partial<PlannedChange> = {}): Planned<readonly LifecycleRule[]> {
  const plan = planOf([{ address: ADDRESS, values: { rule: rules }, ...more }]);
  return lifecycleRules(plan, resourceAt(plan, ADDRESS));
}

function bucketRulesOf(
  rules: readonly JsonObject[],
  more: Partial<PlannedChange> = {},
): Planned<readonly LifecycleRule[]> {
  const plan = planOf([{ address: BUCKET, values: { lifecycle_rule: rules }, ...more }]);
  return bucketLifecycleRules(plan, resourceAt(plan, BUCKET));
}

const only = (rules: Planned<readonly LifecycleRule[]>): LifecycleRule => {
  const [rule] = rules === UNKNOWN ? [] : rules;
  if (rule === undefined) {
    throw new Error("there must be a rule");
  }
  return rule;
};

const NOTHING = { objects: false, versions: false, uploads: false };

describe("the rules of a lifecycle", () => {
  test("are each one of the list", () => {
    expect(rulesOf([{ prefix: "a/" }, { prefix: "b/" }])).toMatchObject([{ prefix: "a/" }, { prefix: "b/" }]);
    expect(rulesOf([])).toEqual([]);
  });

  test("are not known where their number is not", () => {
    expect(rulesOf([], unknownAt("rule"))).toBe(UNKNOWN);
  });

  test("remove nothing by themselves", () => {
    expect(only(rulesOf([{}]))).toEqual({ isEnabled: false, isForAll: true, prefix: "", removes: NOTHING });
  });

  test.each([
    ["Enabled", true],
    ["Disabled", false],
    ["enabled", false],
  ])("with the status %s are enabled: %j", (status, expected) => {
    expect(only(rulesOf([{ status }])).isEnabled).toBe(expected);
  });

  test("with a status that is not known are enabled or not", () => {
    expect(only(rulesOf([{}], unknownAt("rule.0.status"))).isEnabled).toBe(UNKNOWN);
  });
});

describe("what a rule is for", () => {
  const isForAll = (filter: JsonObject): Planned<boolean> => only(rulesOf([{ filter: [filter] }])).isForAll;

  test.each<[string, JsonObject]>([
    ["a tag", { tag: [{ key: "a", value: "b" }] }],
    ["tags", { tags: { a: "b" } }],
    ["a size", { object_size_greater_than: 1 }],
    ["a size as text", { object_size_less_than: "1" }],
    ["a tag and a prefix", { and: [{ tags: { a: "b" }, prefix: "a/" }] }],
    ["a size and a prefix", { and: [{ object_size_less_than: 5, prefix: "a/" }] }],
  ])("is not all objects with %s", (_, filter) => {
    expect(isForAll(filter)).toBe(false);
  });

  test.each<[string, JsonObject]>([
    ["a prefix", { prefix: "a/" }],
    ["no tag", { tag: [] }],
    ["no tags", { tags: {} }],
    ["an empty size", { object_size_greater_than: "" }],
    ["the size 0", { object_size_greater_than: 0 }],
    ["the size 0 as text", { object_size_less_than: "0" }],
  ])("is all objects with %s", (_, filter) => {
    expect(isForAll(filter)).toBe(true);
  });

  test("is not known where a restriction is not", () => {
    expect(only(rulesOf([{ filter: [{}] }], unknownAt("rule.0.filter.0.tags"))).isForAll).toBe(UNKNOWN);
  });

  test("is all objects where the provider fills in a restriction", () => {
    expect(only(rulesOf([{ filter: [{}] }], { unknown: ["rule.0.filter.0.tags"] })).isForAll).toBe(true);
  });

  test.each<[string, JsonObject]>([
    ["the rule", { prefix: "a/" }],
    ["the filter", { filter: [{ prefix: "a/" }] }],
    ["the conjunction", { filter: [{ and: [{ prefix: "a/" }] }] }],
    ["the filter rather than an empty one of the rule", { prefix: "", filter: [{ prefix: "a/" }] }],
  ])("has the prefix of %s", (_, rule) => {
    expect(only(rulesOf([rule])).prefix).toBe("a/");
  });

  test("has a prefix that is not known", () => {
    expect(only(rulesOf([{}], unknownAt("rule.0.prefix"))).prefix).toBe(UNKNOWN);
    expect(only(rulesOf([{}], { unknown: ["rule.0.prefix"] })).prefix).toBe("");
  });
});

describe("what a rule removes", () => {
  const removes = (rule: JsonObject, more: Partial<PlannedChange> = {}): LifecycleRule["removes"] =>
    only(rulesOf([rule], more)).removes;

  test.each<[string, JsonObject, Partial<LifecycleRule["removes"]>]>([
    ["objects after days", { expiration: [{ days: 1 }] }, { objects: true }],
    ["objects on a date", { expiration: [{ date: "2030-01-01T00:00:00Z" }] }, { objects: true }],
    ["no objects after 0 days", { expiration: [{ days: 0 }] }, {}],
    ["no objects after a text", { expiration: [{ days: "1" }] }, {}],
    ["no objects on an empty date", { expiration: [{ date: "" }] }, {}],
    ["no objects by their markers", { expiration: [{ expired_object_delete_marker: true }] }, {}],
    ["old versions after days", { noncurrent_version_expiration: [{ noncurrent_days: 1 }] }, { versions: true }],
    [
      "not the newest old versions, which it keeps",
      { noncurrent_version_expiration: [{ noncurrent_days: 1, newer_noncurrent_versions: 1 }] },
      {},
    ],
    [
      "old versions of which it keeps none",
      { noncurrent_version_expiration: [{ noncurrent_days: 1, newer_noncurrent_versions: 0 }] },
      { versions: true },
    ],
    [
      "incomplete uploads after days",
      { abort_incomplete_multipart_upload: [{ days_after_initiation: 1 }] },
      { uploads: true },
    ],
    ["no incomplete uploads after 0 days", { abort_incomplete_multipart_upload: [{ days_after_initiation: 0 }] }, {}],
  ])("is %s", (_, rule, expected) => {
    expect(removes(rule)).toEqual({ ...NOTHING, ...expected });
  });

  test.each<[string, keyof LifecycleRule["removes"]]>([
    ["expiration.0.days", "objects"],
    ["expiration.0.date", "objects"],
    ["noncurrent_version_expiration.0.noncurrent_days", "versions"],
    ["abort_incomplete_multipart_upload.0.days_after_initiation", "uploads"],
  ])("is not known where %s is not", (path, removal) => {
    expect(removes({}, unknownAt(`rule.0.${path}`))).toEqual({ ...NOTHING, [removal]: UNKNOWN });
  });

  test("is not known of old versions where the number that it keeps is not", () => {
    const rule = { noncurrent_version_expiration: [{ noncurrent_days: 1 }] };
    const path = "rule.0.noncurrent_version_expiration.0.newer_noncurrent_versions";
    expect(removes(rule, unknownAt(path)).versions).toBe(UNKNOWN);
  });
});

describe("the rules of a bucket's own argument", () => {
  test("are each one of the list", () => {
    expect(bucketRulesOf([{ prefix: "a/" }, {}])).toEqual([
      { isEnabled: false, isForAll: true, prefix: "a/", removes: NOTHING },
      { isEnabled: false, isForAll: true, prefix: "", removes: NOTHING },
    ]);
  });

  test("are not known where their number is not", () => {
    expect(bucketRulesOf([], unknownAt("lifecycle_rule"))).toBe(UNKNOWN);
  });

  test("are enabled by true alone", () => {
    expect(bucketRulesOf([{ enabled: true }, { enabled: false }, { enabled: "true" }])).toMatchObject([
      { isEnabled: true },
      { isEnabled: false },
      { isEnabled: false },
    ]);
  });

  test("are not for all objects with tags", () => {
    expect(only(bucketRulesOf([{ tags: { a: "b" } }])).isForAll).toBe(false);
  });

  test.each<[string, JsonObject, Partial<LifecycleRule["removes"]>]>([
    ["objects after days", { expiration: [{ days: 1 }] }, { objects: true }],
    ["objects on a date", { expiration: [{ date: "2030-01-01" }] }, { objects: true }],
    ["old versions after days", { noncurrent_version_expiration: [{ days: 1 }] }, { versions: true }],
    ["incomplete uploads after days", { abort_incomplete_multipart_upload_days: 1 }, { uploads: true }],
  ])("remove %s", (_, rule, expected) => {
    expect(only(bucketRulesOf([rule])).removes).toEqual({ ...NOTHING, ...expected });
  });
});

describe("whether rules remove all under a prefix", () => {
  const rule = (more: Partial<LifecycleRule> = {}): LifecycleRule => ({
    isEnabled: true,
    isForAll: true,
    prefix: "",
    removes: { ...NOTHING, objects: true },
    ...more,
  });
  const removed = (rules: readonly LifecycleRule[], prefix: Planned<string> = "a/b/"): Planned<boolean> =>
    isRemoved(rules, "objects", prefix);

  test("holds by one rule of several", () => {
    expect(removed([rule({ isEnabled: false }), rule()])).toBe(true);
  });

  test("does not hold without a rule", () => {
    expect(removed([])).toBe(false);
  });

  test.each<[string, Partial<LifecycleRule>]>([
    ["is disabled", { isEnabled: false }],
    ["is for some objects", { isForAll: false }],
    ["removes something else", { removes: { ...NOTHING, versions: true } }],
    ["is for another prefix", { prefix: "b/" }],
    ["is for a longer prefix", { prefix: "a/b/c/" }],
  ])("does not hold by a rule that %s", (_, more) => {
    expect(removed([rule(more)])).toBe(false);
  });

  test.each(["", "a/", "a/b/"])("holds by a rule for the prefix %j", (prefix) => {
    expect(removed([rule({ prefix })])).toBe(true);
  });

  test("is not known where a prefix is not", () => {
    expect(removed([rule({ prefix: UNKNOWN })])).toBe(UNKNOWN);
    expect(removed([rule({ prefix: "a/" })], UNKNOWN)).toBe(UNKNOWN);
    expect(removed([rule()], UNKNOWN)).toBe(true);
  });

  test.each<[string, Planned<boolean>]>([
    ["a/", true],
    ["a/2030/", UNKNOWN],
    ["b/", false],
  ])("under a/!{timestamp:yyyy}/ by a rule for %s is %p", (prefix, expected) => {
    expect(removed([rule({ prefix })], "a/!{timestamp:yyyy}/x/")).toBe(expected);
  });
});
