import type { PlannedBackupBucket } from "../buckets/backup-buckets";
import { BUCKET_LIFECYCLE, perBucketSetting } from "../buckets/bucket-settings";
import { failedDataPrefix } from "../buckets/failed-data";
import type { Kloudfuse } from "../kloudfuse";
import { bucketLifecycleRules, isRemoved, lifecycleRules, REMOVALS, type Removal } from "../buckets/lifecycle";
import { finding, unknownOutcome } from "../outcomes";
import { type Planned, type PlannedResource, redactedText, UNKNOWN } from "../plan";
import type { PolicyOutcome, Policy } from "../policy";

const REMOVAL_NAMES = ["objects", "versions", "uploads"] as const satisfies readonly Removal[];

export const bucketLifecycle: Policy = {
  id: "KFF-BKT-004",
  severity: "error",
  title: "Failed data expires: objects, old versions and incomplete uploads",
  why: "Otherwise telemetry is kept and billed forever.",
  source: "Checkov CKV2_AWS_61, CKV_AWS_300; Security Hub S3.10, S3.13",
  check: (kloudfuse) =>
    perBucketSetting(kloudfuse, BUCKET_LIFECYCLE, ({ resource, isArgument }, bucket) => {
      const { plan } = kloudfuse;
      const rules = isArgument ? bucketLifecycleRules(plan, resource) : lifecycleRules(plan, resource);
      if (rules === UNKNOWN) {
        return [unknownOutcome(resource, isArgument ? BUCKET_LIFECYCLE.argument : "rule")];
      }
      const prefixes = prefixesOf(kloudfuse, bucket);
      return REMOVAL_NAMES.flatMap((removal) =>
        report(
          resource,
          removal,
          prefixes.map(({ shown, prefix }) => ({ shown, isRemoved: isRemoved(rules, removal, prefix) })),
        ),
      );
    }),
};

interface ShownPrefix {
  readonly prefix: Planned<string>;
  readonly shown: string;
}

/** The prefixes that failed data is under, each once. */
function prefixesOf(kloudfuse: Kloudfuse, { streams }: PlannedBackupBucket): readonly ShownPrefix[] {
  const prefixes = streams.map((stream): ShownPrefix => {
    const { path, prefix } = failedDataPrefix(kloudfuse, stream);
    const shown =
      prefix === UNKNOWN ? "a prefix that is not known" : `"${redactedText(stream.resource, path, prefix)}"`;
    return { shown, prefix };
  });
  return [...new Map(prefixes.map((each) => [each.prefix, each])).values()];
}

function report(
  resource: PlannedResource,
  removal: Removal,
  prefixes: readonly { readonly shown: string; readonly isRemoved: Planned<boolean> }[],
): PolicyOutcome[] {
  const shown = (isRemovedOrNot: Planned<boolean>): string =>
    prefixes
      .filter((prefix) => prefix.isRemoved === isRemovedOrNot)
      .map((prefix) => prefix.shown)
      .join(", ");
  const [missing, open] = [shown(false), shown(UNKNOWN)];
  const does = REMOVALS[removal];
  return [
    ...(missing === ""
      ? []
      : [finding(resource, `no enabled rule ${does} under ${missing}`, `Add a rule that ${does} there.`)]),
    ...(open === "" ? [] : [unknownOutcome(resource, `whether a rule ${does} under ${open}`)]),
  ];
}
