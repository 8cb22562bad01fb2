import { bucketLifecycle } from "../../../policies/rules/bucket-lifecycle";
import { type Edit, outcomesOf } from "../../helpers/rule-plan";

const LIFECYCLE = "aws_s3_bucket_lifecycle_configuration";
const ALL = {
  status: "Enabled",
  expiration: [{ days: 30 }],
  noncurrent_version_expiration: [{ noncurrent_days: 7 }],
  abort_incomplete_multipart_upload: [{ days_after_initiation: 7 }],
};
const missing = (does: string): string =>
  `finding ${LIFECYCLE}.backup[0]: no enabled rule ${does} under every prefix of the streams → Add a rule that ${does} of the whole bucket.`;
const NOTHING = ["expires objects", "expires old versions", "aborts incomplete uploads"].map(missing);
const unknown = (does: string): string =>
  `unknown ${LIFECYCLE}.backup[0]: whether a rule ${does} is not known before the apply → Evaluate the plan again after the apply.`;

const lifecycle = (set: unknown, more: Edit = {}): string[] =>
  outcomesOf(bucketLifecycle, { edits: { [LIFECYCLE]: { set: { rule: set }, ...more } } });

describe("the lifecycle of the backup bucket", () => {
  test("is as the module writes it", () => {
    expect(outcomesOf(bucketLifecycle)).toEqual([]);
  });

  test.each([
    ["for the whole bucket", {}],
    ["with an empty filter", { filter: [{}] }],
    ["with an empty prefix", { prefix: "" }],
    [
      "with a filter as the provider shows it",
      { filter: [{ prefix: "", object_size_greater_than: 0, and: [], tag: [] }] },
    ],
    ["for the prefix of the streams", { filter: [{ prefix: "kloudfuse-" }] }],
    ["for that prefix in an and", { filter: [{ and: [{ prefix: "kloudfuse-logs-failures/", tags: {} }] }] }],
    ["at a date", { expiration: [{ date: "2030-01-01T00:00:00Z" }] }],
  ])("may have a rule %s", (_, more) => {
    expect(lifecycle([{ ...ALL, ...more }])).toEqual([]);
  });

  test("may be the sixth rule", () => {
    expect(lifecycle([...Array.from({ length: 5 }, () => ({ ...ALL, status: "Disabled" })), ALL])).toEqual([]);
  });

  test("may be spread over several rules", () => {
    expect(
      lifecycle([
        { status: "Enabled", expiration: ALL.expiration },
        { ...ALL, expiration: [] },
      ]),
    ).toEqual([]);
  });

  test.each([
    ["is disabled", { status: "Disabled" }],
    ["is for another prefix", { filter: [{ prefix: "kloudfuse-metrics-failures/" }] }],
    ["is for another prefix, by the attribute", { prefix: "other/" }],
    ["is for another prefix in an and", { filter: [{ and: [{ prefix: "other/" }] }] }],
    ["is for a prefix under the streams'", { filter: [{ prefix: "kloudfuse-logs-failures/2026/" }] }],
    ["is for a tag", { filter: [{ tag: [{ key: "a", value: "b" }] }] }],
    ["is for tags", { filter: [{ and: [{ tags: { a: "b" } }] }] }],
    ["is for large objects", { filter: [{ object_size_greater_than: 1 }] }],
    ["is for large objects, as text", { filter: [{ object_size_greater_than: "1" }] }],
    ["is for small objects", { filter: [{ and: [{ object_size_less_than: 1 }] }] }],
  ])("counts no rule that %s", (_, more) => {
    expect(lifecycle([{ ...ALL, ...more }])).toEqual(NOTHING);
  });

  test.each([
    ["expires objects", "expiration"],
    ["expires old versions", "noncurrent_version_expiration"],
    ["aborts incomplete uploads", "abort_incomplete_multipart_upload"],
  ])("must have a rule that %s", (does, block) => {
    expect(lifecycle([{ ...ALL, [block]: [] }])).toEqual([missing(does)]);
    const days = { expiration: "days", noncurrent_version_expiration: "noncurrent_days" }[block];
    expect(lifecycle([{ ...ALL, [block]: [{ [days ?? "days_after_initiation"]: 0 }] }])).toEqual([missing(does)]);
    expect(lifecycle([ALL], { unknown: [`rule.0.${block}.0.${days ?? "days_after_initiation"}`] })).toEqual([
      unknown(does),
    ]);
  });

  test.each(["status", "filter.0.prefix", "filter.0.tag.0", "filter.0.and.0.tags", "filter.0.object_size_less_than"])(
    "is unknown with an unknown %s",
    (path) => {
      expect(lifecycle([{ ...ALL, filter: [{}] }], { unknown: [`rule.0.${path}`] })).toEqual(
        ["expires objects", "expires old versions", "aborts incomplete uploads"].map(unknown),
      );
    },
  );

  test("is unknown where its rules are", () => {
    expect(lifecycle([], { unknown: ["rule"] })).toEqual([
      `unknown ${LIFECYCLE}.backup[0]: rule is not known before the apply → Evaluate the plan again after the apply.`,
    ]);
  });

  test("must be there", () => {
    expect(outcomesOf(bucketLifecycle, { edits: { [LIFECYCLE]: "absent" } })).toEqual([
      `finding aws_s3_bucket.backup[0]: it has no ${LIFECYCLE} → Add one.`,
    ]);
  });
});
