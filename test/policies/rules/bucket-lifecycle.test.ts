import { bucketLifecycle } from "../../../policies/rules/bucket-lifecycle";
import type { JsonObject } from "../../../iam/json";
import { AFTER } from "../../helpers/iam-plan";
import { type PlannedChange, unknownAt } from "../../helpers/plan";
import { BACKUP, BUCKET, bucketChange, checkGood, goodStream, guard, RULE, STREAM } from "../../helpers/rule-plan";

const TYPE = "aws_s3_bucket_lifecycle_configuration";
const LOGS = '"kloudfuse-logs-failures/"';
const DOES = ["expires objects", "expires old versions", "aborts incomplete uploads"] as const;

const finding = (does: string, prefixes = LOGS, address = `${TYPE}.backup`): string =>
  `finding ${address}: no enabled rule ${does} under ${prefixes} | Add a rule that ${does} there.`;
const notKnown = (does: string, prefixes = LOGS, address = `${TYPE}.backup`): string =>
  `unknown ${address}: whether a rule ${does} under ${prefixes} is not known before the apply | ${AFTER}`;
const NOTHING = DOES.map((does) => finding(does));

const withRules = (
  rules: readonly JsonObject[],
  more: Partial<PlannedChange> = {},
  stream: PlannedChange = goodStream(),
  others: readonly PlannedChange[] = [],
): string[] => checkGood(bucketLifecycle, { stream, guards: { [TYPE]: guard(TYPE, { rule: rules }, more) } }, others);
const withRule = (values: JsonObject, more: Partial<PlannedChange> = {}): string[] =>
  withRules([{ ...RULE, ...values }], more);
const filtered = (filter: JsonObject, more: Partial<PlannedChange> = {}): string[] =>
  withRule({ filter: [filter] }, more);

describe("KFF-BKT-004, of what a rule removes", () => {
  test.each<[string, JsonObject, number]>([
    ["objects", { expiration: [] }, 0],
    ["objects, after 0 days", { expiration: [{ days: 0 }] }, 0],
    ["objects, but delete markers", { expiration: [{ expired_object_delete_marker: true }] }, 0],
    ["objects, with an empty date", { expiration: [{ date: "" }] }, 0],
    ["old versions", { noncurrent_version_expiration: [] }, 1],
    ["old versions, after 0 days", { noncurrent_version_expiration: [{ noncurrent_days: 0 }] }, 1],
    [
      "old versions, but those beyond one",
      { noncurrent_version_expiration: [{ noncurrent_days: 7, newer_noncurrent_versions: 1 }] },
      1,
    ],
    ["incomplete uploads", { abort_incomplete_multipart_upload: [] }, 2],
    ["incomplete uploads, after 0 days", { abort_incomplete_multipart_upload: [{ days_after_initiation: 0 }] }, 2],
  ])("finds a rule that does not remove %s", (_, values, index) => {
    expect(withRule(values)).toEqual([finding(DOES[index] ?? "")]);
  });

  test.each<[string, JsonObject]>([
    ["a day", { expiration: [{ days: 1 }] }],
    ["a date", { expiration: [{ date: "2030-01-01T00:00:00Z" }] }],
    [
      "no version that it keeps",
      { noncurrent_version_expiration: [{ noncurrent_days: 1, newer_noncurrent_versions: 0 }] },
    ],
    ["an upload of a day", { abort_incomplete_multipart_upload: [{ days_after_initiation: 1 }] }],
  ])("accepts %s", (_, values) => {
    expect(withRule(values)).toEqual([]);
  });

  test("finds a rule that is disabled, and none at all", () => {
    expect(withRule({ status: "Disabled" })).toEqual(NOTHING);
    expect(withRules([])).toEqual(NOTHING);
  });

  test("accepts a rule for each, and the sixth", () => {
    const { expiration, noncurrent_version_expiration, abort_incomplete_multipart_upload } = RULE;
    const status = "Enabled";
    expect(
      withRules([
        { status, expiration },
        { status, noncurrent_version_expiration },
        { status, abort_incomplete_multipart_upload },
      ]),
    ).toEqual([]);
    expect(withRules([...Array.from({ length: 5 }, () => ({ ...RULE, status: "Disabled" })), RULE])).toEqual([]);
  });

  test.each([
    ["rule.0.status", DOES],
    ["rule.0.expiration.0.days", [DOES[0]]],
    ["rule.0.noncurrent_version_expiration.0.noncurrent_days", [DOES[1]]],
    ["rule.0.abort_incomplete_multipart_upload.0.days_after_initiation", [DOES[2]]],
  ])("says that %s is not known", (path, does) => {
    expect(withRule({}, unknownAt(path))).toEqual(does.map((each) => notKnown(each)));
  });

  test("says that the versions that a rule keeps are not known", () => {
    const path = "rule.0.noncurrent_version_expiration.0.newer_noncurrent_versions";
    expect(withRule({}, unknownAt(path))).toEqual([notKnown(DOES[1])]);
  });

  test("says that the rules are not known", () => {
    expect(withRules([RULE], unknownAt("rule", "var.rules"))).toEqual([
      `unknown ${TYPE}.backup: rule is not known before the apply | ${AFTER}`,
    ]);
  });

  test("does not ask what is not known of a rule where another one removes all", () => {
    const path = "rule.0.status";
    expect(withRules([RULE, RULE], unknownAt(path))).toEqual([]);
  });
});

describe("KFF-BKT-004, of what a rule is for", () => {
  const EMPTY = { prefix: "", tag: [], and: [], object_size_greater_than: "", object_size_less_than: 0 };

  test.each<[string, JsonObject]>([
    ["no filter", { filter: [] }],
    ["an empty filter", { filter: [{}] }],
    ["a filter as the provider reads it", { filter: [EMPTY] }],
    ["the size 0", { filter: [{ object_size_greater_than: "0" }] }],
    ["the empty prefix", { filter: [{ prefix: "" }] }],
    ["the stream's prefix", { filter: [{ prefix: "kloudfuse-logs-failures/" }] }],
    ["a part of the stream's prefix", { filter: [{ prefix: "kloudfuse-" }] }],
    ["the stream's prefix in and", { filter: [{ and: [{ prefix: "kloudfuse-logs-failures/", tags: {} }] }] }],
    ["the stream's prefix beside a filter", { prefix: "kloudfuse-logs-failures/", filter: [] }],
  ])("accepts %s", (_, values) => {
    expect(withRule(values)).toEqual([]);
  });

  test.each<[string, JsonObject]>([
    ["another prefix", { filter: [{ prefix: "kloudfuse-metrics-failures/" }] }],
    ["a prefix under the stream's", { filter: [{ prefix: "kloudfuse-logs-failures/2025/" }] }],
    ["another prefix beside a filter", { prefix: "x/", filter: [{}] }],
    ["another prefix in and", { filter: [{ and: [{ prefix: "x/" }] }] }],
    ["a tag", { filter: [{ tag: [{ key: "expire", value: "yes" }] }] }],
    ["tags in and", { filter: [{ and: [{ prefix: "", tags: { expire: "yes" } }] }] }],
    ["big objects", { filter: [{ object_size_greater_than: 1048576 }] }],
    ["small objects", { filter: [{ object_size_less_than: 1 }] }],
    ["big objects in and", { filter: [{ and: [{ prefix: "kloudfuse-", object_size_greater_than: 1 }] }] }],
    ["small objects in and", { filter: [{ and: [{ object_size_less_than: "9" }] }] }],
  ])("finds a rule for %s", (_, values) => {
    expect(withRule(values)).toEqual(NOTHING);
  });

  test.each(["prefix", "object_size_greater_than", "tag"])("says that the filter's %s is not known", (name) => {
    const path = `rule.0.filter.0.${name}`;
    expect(filtered({}, unknownAt(path))).toEqual(DOES.map((does) => notKnown(does)));
  });

  test("does not treat a filter that is left out, and that the provider fills in, as a restriction", () => {
    expect(withRule({ filter: undefined }, { unknown: ["rule.0.filter", "rule.0.prefix"] })).toEqual([]);
    expect(filtered({}, { unknown: ["rule.0.filter.0.prefix", "rule.0.filter.0.and"] })).toEqual([]);
  });
});

describe("KFF-BKT-004, of the streams' prefixes", () => {
  const metrics = goodStream({ address: STREAM.replace("logs", "metrics"), signal: "metrics" });
  const forLogs = [{ ...RULE, filter: [{ prefix: "kloudfuse-logs-failures/" }] }];

  test("asks each stream's prefix, and lists those without a rule", () => {
    const more = goodStream({
      address: STREAM.replace("logs", "more"),
      backup: { prefix: "eu/kloudfuse-logs-failures/" },
    });
    expect(withRules(forLogs, {}, goodStream(), [metrics, more])).toEqual(
      DOES.map((does) => finding(does, '"kloudfuse-metrics-failures/", "eu/kloudfuse-logs-failures/"')),
    );
    expect(withRules([{ ...RULE }], {}, goodStream(), [metrics])).toEqual([]);
  });

  test("asks one prefix of two streams once", () => {
    const second = { ...goodStream(), address: STREAM.replace("logs", "more") };
    expect(withRules([], {}, goodStream(), [second])).toEqual(NOTHING);
  });

  test("asks the error output prefix, where there is one", () => {
    const stream = goodStream({ backup: { error_output_prefix: "errors/" } });
    expect(withRules(forLogs, {}, stream)).toEqual(DOES.map((does) => finding(does, '"errors/"')));
  });

  test("reads a prefix with expressions as far as the first one", () => {
    const stream = goodStream({ backup: { prefix: "kloudfuse-!{timestamp:yyyy}/kloudfuse-logs-failures/" } });
    const shown = '"kloudfuse-!{timestamp:yyyy}/kloudfuse-logs-failures/"';
    const rule = (prefix: string): readonly JsonObject[] => [{ ...RULE, filter: [{ prefix }] }];
    expect(withRules(rule("kloudfuse-"), {}, stream)).toEqual([]);
    expect(withRules(rule("kloudfuse-2030/"), {}, stream)).toEqual(DOES.map((does) => notKnown(does, shown)));
    expect(withRules(rule("x"), {}, stream)).toEqual(DOES.map((does) => finding(does, shown)));
  });

  test("says that a prefix is not known, unless a rule is for all objects", () => {
    const stream = goodStream({}, { unknown: [`${BACKUP}.prefix`] });
    expect(withRules(forLogs, {}, stream)).toEqual(DOES.map((does) => notKnown(does, "a prefix that is not known")));
    expect(withRules([RULE], {}, stream)).toEqual([]);
  });

  test("does not treat a prefix as the whole bucket", () => {
    const stream = goodStream({ backup: { prefix: undefined } });
    expect(withRules(forLogs, {}, stream)).toEqual(DOES.map((does) => finding(does, '""')));
  });

  test("quotes no sensitive prefix", () => {
    const stream = goodStream({}, { sensitive: [`${BACKUP}.prefix`] });
    expect(withRules([], {}, stream)).toEqual(DOES.map((does) => finding(does, '"(sensitive value)"')));
  });
});

describe("KFF-BKT-004, of the bucket's own lifecycle_rule", () => {
  const OWN = {
    enabled: true,
    expiration: [{ days: 30 }],
    noncurrent_version_expiration: [{ days: 7 }],
    abort_incomplete_multipart_upload_days: 7,
  };
  const own = (values: JsonObject, more: Partial<PlannedChange> = {}): string[] =>
    checkGood(bucketLifecycle, {
      guards: { [TYPE]: undefined },
      bucket: bucketChange({ lifecycle_rule: [{ ...OWN, ...values }] }, more),
    });

  test.each<[string, JsonObject]>([
    ["all", {}],
    ["a date", { expiration: [{ date: "2030-01-01" }] }],
    ["the stream's prefix", { prefix: "kloudfuse-logs-failures/", tags: {} }],
  ])("accepts %s", (_, values) => {
    expect(own(values)).toEqual([]);
  });

  test.each<[string, JsonObject, readonly string[]]>([
    ["is disabled", { enabled: false }, DOES],
    ["is for another prefix", { prefix: "x/" }, DOES],
    ["is for a tag", { tags: { expire: "yes" } }, DOES],
    ["expires no objects", { expiration: [] }, [DOES[0]]],
    ["expires no versions", { noncurrent_version_expiration: [{ days: 0 }] }, [DOES[1]]],
    ["aborts no uploads", { abort_incomplete_multipart_upload_days: 0 }, [DOES[2]]],
  ])("finds a rule that %s", (_, values, does) => {
    expect(own(values)).toEqual(does.map((each) => finding(each, LOGS, BUCKET)));
  });

  test("says that its parts are not known", () => {
    const path = "lifecycle_rule.0.enabled";
    expect(own({}, unknownAt(path))).toEqual(DOES.map((does) => notKnown(does, LOGS, BUCKET)));
  });

  test("finds that there is no lifecycle at all", () => {
    expect(checkGood(bucketLifecycle, { guards: { [TYPE]: undefined } })).toEqual([
      `finding ${BUCKET}: it has no ${TYPE} | Add one.`,
    ]);
  });
});
