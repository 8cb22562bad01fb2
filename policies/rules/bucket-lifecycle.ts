import { perBucketGuard } from "../bucket-guard";
import type { Kloudfuse } from "../kloudfuse";
import { finding, unknown } from "../outcomes";
import { type Planned, type PlannedResource, UNKNOWN } from "../plan";
import type { Outcome, Policy } from "../policy";

/** What rules must do, and where a rule says so. */
const NEEDED = [
  { does: "expires objects", paths: ["expiration.0.days", "expiration.0.date"] },
  { does: "expires old versions", paths: ["noncurrent_version_expiration.0.noncurrent_days"] },
  { does: "aborts incomplete uploads", paths: ["abort_incomplete_multipart_upload.0.days_after_initiation"] },
] as const;

export const bucketLifecycle: Policy = {
  id: "KFF-BKT-004",
  severity: "error",
  title: "Failed data expires: objects, old versions and incomplete uploads",
  why: "Otherwise telemetry is kept and billed for ever.",
  source: "Checkov CKV2_AWS_61, CKV_AWS_300; Security Hub S3.13",
  check: (kloudfuse) =>
    perBucketGuard(kloudfuse, {
      type: "aws_s3_bucket_lifecycle_configuration",
      evaluate: (lifecycle, bucket) => evaluate(lifecycle, prefixesIn(kloudfuse, bucket)),
    }),
};

/** The prefixes under which streams write failed data to a bucket. */
const prefixesIn = ({ streams }: Kloudfuse, bucket: PlannedResource): readonly Planned<string>[] =>
  streams
    .filter((stream) => stream.bucket.resource === bucket)
    .map(({ prefix }) => (prefix === UNKNOWN ? UNKNOWN : (prefix ?? "")));

function evaluate(lifecycle: PlannedResource, prefixes: readonly Planned<string>[]): Outcome[] {
  const count = lifecycle.count("rule");
  if (count === UNKNOWN) {
    return [unknown(lifecycle, "rule")];
  }
  const rules = Array.from({ length: count }, (_, index) => `rule.${index}`);
  return NEEDED.flatMap(({ does, paths }) => {
    const applies = prefixes.map((prefix) =>
      rules.map((rule) => both(covers(lifecycle, rule, prefix), hasAction(lifecycle, rule, paths))),
    );
    if (applies.every((byRule) => byRule.includes(true))) {
      return [];
    }
    return applies.every((byRule) => byRule.includes(true) || byRule.includes(UNKNOWN))
      ? [unknown(lifecycle, `whether a rule ${does}`)]
      : [
          finding(
            lifecycle,
            `no enabled rule ${does} under every prefix of the streams`,
            `Add a rule that ${does} of the whole bucket.`,
          ),
        ];
  });
}

function both(first: Planned<boolean>, second: Planned<boolean>): Planned<boolean> {
  if (first === false || second === false) {
    return false;
  }
  return first === true && second === true ? true : UNKNOWN;
}

/** Whether an enabled rule applies to all that lies under a prefix, whatever its tags and size. */
function covers(lifecycle: PlannedResource, rule: string, prefix: Planned<string>): Planned<boolean> {
  const status = lifecycle.get(`${rule}.status`);
  if (status !== "Enabled") {
    return status === UNKNOWN ? UNKNOWN : false;
  }
  const limits = ["filter.0.tag.0", "filter.0.and.0.tags", ...SIZES].map((path) => lifecycle.get(`${rule}.${path}`));
  if (limits.some(isLimit)) {
    return false;
  }
  const prefixes = ["prefix", "filter.0.prefix", "filter.0.and.0.prefix"].map((path) =>
    lifecycle.get(`${rule}.${path}`),
  );
  const narrow = prefixes.filter((value) => typeof value === "string" && value !== "");
  if (narrow.some((value) => prefix !== UNKNOWN && !prefix.startsWith(String(value)))) {
    return false;
  }
  return [...limits, ...prefixes].includes(UNKNOWN) || (narrow.length > 0 && prefix === UNKNOWN) ? UNKNOWN : true;
}

const SIZES = ["filter.0", "filter.0.and.0"].flatMap((path) => [
  `${path}.object_size_greater_than`,
  `${path}.object_size_less_than`,
]);

/** The provider shows a limit that is not set as nothing, 0, or an empty map. */
function isLimit(value: Planned<unknown>): boolean {
  if (value === UNKNOWN || value === undefined || value === 0 || value === "" || value === "0") {
    return false;
  }
  return typeof value !== "object" || value === null || Object.keys(value).length > 0;
}

function hasAction(lifecycle: PlannedResource, rule: string, paths: readonly string[]): Planned<boolean> {
  const values = paths.map((path) => lifecycle.get(`${rule}.${path}`));
  return values.some((value) => (typeof value === "number" && value > 0) || (typeof value === "string" && value !== ""))
    ? true
    : values.includes(UNKNOWN)
      ? UNKNOWN
      : false;
}
