import type { LifecycleRule } from "@aws-sdk/client-s3";
import { BACKUP_BUCKET_SETTINGS } from "../../modules/backup-bucket-settings";
import { INPUTS } from "../../modules/inputs";
import { LIFECYCLE_RULE_ID } from "../../modules/resource-names";
import { type AdoptionItem, change } from "./part";
import { lifecycleFacts, prefixOf } from "./lifecycle";

/**
 * The change of an existing lifecycle configuration: the module has one rule, for all objects. No entry if the rule
 * exists already.
 *
 * @param ownPrefixes prefixes of the failed records
 */
export function lifecycleChange(
  subject: string,
  rules: readonly LifecycleRule[] | undefined,
  ownPrefixes: readonly string[],
): AdoptionItem[] {
  const details = rules === undefined ? [] : differences(rules, ownPrefixes);
  return details.length === 0
    ? []
    : [
        {
          ...change(
            subject,
            "lifecycle",
            `one rule for all objects, ${LIFECYCLE_RULE_ID}, replaces the rules, which may delete objects and versions soon after the apply`,
            "Replay what is still needed first (kloudfuse-firehose replay), or use --keep bucket to keep the rules.",
          ),
          details,
        },
      ];
}

function differences(rules: readonly LifecycleRule[], ownPrefixes: readonly string[]): string[] {
  const enabled = rules.filter(({ Status }) => Status === "Enabled");
  const { retentionDays } = lifecycleFacts(rules, ownPrefixes);
  const days = retentionDays ?? INPUTS.backupRetentionDays.default;
  const { noncurrentVersionDays, incompleteUploadDays } = BACKUP_BUCKET_SETTINGS;
  return [
    ...rules.flatMap((rule, index) => ruleDetails(rule, index)),
    ...enabled.flatMap((rule, index) => {
      const found = rule.Expiration?.Days;
      return found === undefined || found === days
        ? []
        : [`expiry of ${scopeOf(rule)} (${idOf(rule, index)}): ${daysText(found)} becomes ${daysText(days)}`];
    }),
    ...unexpired(enabled, ownPrefixes).map((scope) => `expiry of ${scope}: none becomes ${daysText(days)}`),
    ...setting(
      "noncurrent versions",
      enabled.map(({ NoncurrentVersionExpiration }) => NoncurrentVersionExpiration?.NoncurrentDays),
      noncurrentVersionDays,
    ),
    ...(enabled.some(({ NoncurrentVersionExpiration }) => NoncurrentVersionExpiration?.NewerNoncurrentVersions)
      ? ["number of newer versions to retain: set becomes not set"]
      : []),
    ...setting(
      "incomplete uploads",
      enabled.map(({ AbortIncompleteMultipartUpload }) => AbortIncompleteMultipartUpload?.DaysAfterInitiation),
      incompleteUploadDays,
    ),
  ];
}

/** What differs between a rule and the module's: its id, its scope, or that it is disabled. */
function ruleDetails(rule: LifecycleRule, index: number): string[] {
  const id = idOf(rule, index);
  const isOwn = rule.ID === LIFECYCLE_RULE_ID && prefixOf(rule) === "" && rule.Status === "Enabled";
  return [
    ...(isOwn ? [] : [`${id}, for ${scopeOf(rule)}${rule.Status === "Enabled" ? "" : ", disabled"}: is removed`]),
    ...(rule.Expiration?.ExpiredObjectDeleteMarker === true ? [`delete markers (${id}): on becomes off`] : []),
  ];
}

const idOf = ({ ID = "" }: LifecycleRule, index: number): string => `rule ${ID || index + 1}`;

const scopeOf = (rule: LifecycleRule): string => prefixOf(rule) || "all objects";

const daysText = (days: number): string => (days === 1 ? "1 day" : `${days} days`);

/** The prefixes of failed records that no rule expires, where others are expired. */
function unexpired(enabled: readonly LifecycleRule[], ownPrefixes: readonly string[]): string[] {
  const expired = enabled.filter(({ Expiration }) => Expiration?.Days !== undefined).map(prefixOf);
  return expired.length === 0 ? [] : ownPrefixes.filter((own) => !expired.some((prefix) => own.startsWith(prefix)));
}

/** The change of a setting that each rule may have. */
function setting(name: string, found: readonly (number | undefined)[], wanted: number): string[] {
  const known = [...new Set(found.flatMap((days) => days ?? []))].filter((days) => days !== wanted);
  return found.every((days) => days === undefined)
    ? [`${name}: unlimited becomes ${daysText(wanted)}`]
    : known.map((days) => `${name}: ${daysText(days)} becomes ${daysText(wanted)}`);
}
