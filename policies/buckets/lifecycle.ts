import { and, or } from "../../iam/logic";
import { type Plan, type Planned, type PlannedResource, UNKNOWN } from "../plan";

/** What a lifecycle rule can remove. */
export const REMOVALS = {
  objects: "expires objects",
  versions: "expires old versions",
  uploads: "aborts incomplete uploads",
} as const;

export type Removal = keyof typeof REMOVALS;

/** A lifecycle rule, from the separate resource or from the deprecated argument of `aws_s3_bucket`. */
export interface LifecycleRule {
  readonly isEnabled: Planned<boolean>;
  /** Whether it applies to all objects under the prefix, without restriction by tag or size. */
  readonly isForAll: Planned<boolean>;
  readonly prefix: Planned<string>;
  readonly removes: Readonly<Record<Removal, Planned<boolean>>>;
}

/** The rules of an `aws_s3_bucket_lifecycle_configuration`; UNKNOWN where their number is not known. */
export function lifecycleRules(plan: Plan, resource: PlannedResource): Planned<readonly LifecycleRule[]> {
  return rulesAt(resource, "rule", (path) => {
    const get = (name: string): Planned<unknown> => valueOf(plan, resource, `${path}.${name}`);
    const filters = [`${path}.filter.0`, `${path}.filter.0.and.0`];
    return {
      isEnabled: is(get("status"), (status) => status === "Enabled"),
      isForAll: and(...filters.map((filter) => isForAll(plan, resource, filter))),
      prefix: firstPrefix([get("prefix"), ...filters.map((filter) => valueOf(plan, resource, `${filter}.prefix`))]),
      removes: {
        objects: expires(get("expiration.0.days"), get("expiration.0.date")),
        // Noncurrent versions that a rule retains never expire.
        versions: and(
          isPositive(get("noncurrent_version_expiration.0.noncurrent_days")),
          is(get("noncurrent_version_expiration.0.newer_noncurrent_versions"), (kept) => !isNumberAbove(kept, 0)),
        ),
        uploads: isPositive(get("abort_incomplete_multipart_upload.0.days_after_initiation")),
      },
    };
  });
}

/** The rules of the deprecated `lifecycle_rule` of an `aws_s3_bucket`. */
export function bucketLifecycleRules(plan: Plan, bucket: PlannedResource): Planned<readonly LifecycleRule[]> {
  return rulesAt(bucket, "lifecycle_rule", (path) => {
    const get = (name: string): Planned<unknown> => valueOf(plan, bucket, `${path}.${name}`);
    return {
      isEnabled: is(get("enabled"), (enabled) => enabled === true),
      isForAll: is(get("tags"), isEmpty),
      prefix: firstPrefix([get("prefix")]),
      removes: {
        objects: expires(get("expiration.0.days"), get("expiration.0.date")),
        versions: isPositive(get("noncurrent_version_expiration.0.days")),
        uploads: isPositive(get("abort_incomplete_multipart_upload_days")),
      },
    };
  });
}

/** Whether one of the rules applies a removal to everything under a prefix. */
export const isRemoved = (
  rules: readonly LifecycleRule[],
  removal: Removal,
  prefix: Planned<string>,
): Planned<boolean> =>
  or(
    ...rules.map(({ isEnabled, isForAll: all, prefix: own, removes }) =>
      and(isEnabled, all, covers(own, prefix), removes[removal]),
    ),
  );

function rulesAt(
  resource: PlannedResource,
  path: string,
  toRule: (path: string) => LifecycleRule,
): Planned<readonly LifecycleRule[]> {
  const count = resource.count(path);
  return count === UNKNOWN ? UNKNOWN : Array.from({ length: count }, (_, index) => toRule(`${path}.${index}`));
}

/** The value of an attribute, but not a value that the provider fills in. */
const valueOf = (plan: Plan, resource: PlannedResource, path: string): Planned<unknown> =>
  plan.isOmitted(resource, path) ? undefined : resource.get(path);

const is = (value: Planned<unknown>, holds: (value: unknown) => boolean): Planned<boolean> =>
  value === UNKNOWN ? UNKNOWN : holds(value);

const isNumberAbove = (value: unknown, least: number): boolean => typeof value === "number" && value > least;

const isPositive = (days: Planned<unknown>): Planned<boolean> => is(days, (value) => isNumberAbove(value, 0));

/** Objects expire after a number of days, or all objects expire from a date on. */
const expires = (days: Planned<unknown>, date: Planned<unknown>): Planned<boolean> =>
  or(
    isPositive(days),
    is(date, (value) => typeof value === "string" && value !== ""),
  );

/** Whether a filter has no restriction: providers write that as a missing value, an empty string, list or map, or 0. */
const isEmpty = (value: unknown): boolean =>
  value === undefined ||
  value === "" ||
  value === 0 ||
  value === "0" ||
  (typeof value === "object" && value !== null && Object.keys(value).length === 0);

const RESTRICTIONS = ["tag", "tags", "object_size_greater_than", "object_size_less_than"];

const isForAll = (plan: Plan, resource: PlannedResource, filter: string): Planned<boolean> =>
  and(...RESTRICTIONS.map((name) => is(valueOf(plan, resource, `${filter}.${name}`), isEmpty)));

function firstPrefix(values: readonly Planned<unknown>[]): Planned<string> {
  const set = values.find((value) => value === UNKNOWN || (typeof value === "string" && value !== ""));
  return set === UNKNOWN ? UNKNOWN : typeof set === "string" ? set : "";
}

/** Whether a rule's prefix covers all objects under a prefix, which may have expressions such as `!{timestamp:yyyy}`. */
function covers(own: Planned<string>, prefix: Planned<string>): Planned<boolean> {
  if (own === "") {
    return true;
  }
  if (own === UNKNOWN || prefix === UNKNOWN) {
    return UNKNOWN;
  }
  const known = prefix.replace(/!\{.*$/s, "");
  return known.startsWith(own) || (known !== prefix && own.startsWith(known) ? UNKNOWN : false);
}
