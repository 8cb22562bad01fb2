import { LIMITS } from "../../modules/limits";
import { backupBucketNameParts, TLS_ONLY_SID } from "../../modules/resource-names";
import { type ImportedBucketSetting, IMPORT_ADDRESSES } from "../../modules/import-addresses";
import { INPUTS, type InputValues } from "../../modules/inputs";
import { UndeterminedError } from "../exit-codes";
import type { StreamWithBackup } from "../aws/find-streams";
import { bucketArnOf } from "../verify/needs";
import { backupPrefixPart } from "./backup-prefix";
import { bucketChanges } from "./bucket-changes";
import type { AdoptionInventory } from "./inventory";
import { lifecycleFacts } from "./lifecycle";
import { lifecycleChange } from "./lifecycle-change";
import type { AdoptionDecisions } from "./options";
import { ownPrefixes } from "./own-prefixes";
import { type AdoptionItem, type AdoptionPart, change, importOrCreate, leave, mergedParts, unknownItem } from "./part";
import type { AdoptableBucket } from "./read-bucket";

const bucketSubject = (name: string): string => `bucket ${name}`;

/** The bucket for failed records. @param kmsKeyArn the key that the streams will have */
export function bucketPart(
  inventory: AdoptionInventory,
  { keeps }: Pick<AdoptionDecisions, "keeps">,
  { kmsKeyArn }: InputValues,
): Partial<AdoptionPart> {
  const { streams, buckets, otherStreams, location } = inventory;
  const names = bucketNames(streams);
  const [name, ...others] = names;
  if (name === undefined) {
    return {};
  }
  const bucket = buckets.get(name);
  const common = [backupPrefixPart(streams), { items: others.map((other) => otherBucket(other, name)) }];
  if (bucket instanceof UndeterminedError) {
    return mergedParts([{ items: [unknownItem(bucketSubject(name), "bucket", bucket)] }, ...common]);
  }
  const ofBucket = streams.filter(({ destination }) => destination.backup.bucket === name);
  const obstacles = bucket === undefined ? [] : obstaclesOf(bucket, ofBucket, inventory, kmsKeyArn);
  const reasons = [...(keeps("bucket") ? ["--keep bucket"] : []), ...obstacles];
  if (reasons.length > 0) {
    return mergedParts([keptBucket(name, reasons, location.partition), ...common]);
  }
  if (otherStreams instanceof UndeterminedError) {
    return mergedParts([{ items: [unknownItem(bucketSubject(name), "users", otherStreams)] }, ...common]);
  }
  return mergedParts([adoptedBucket(name, bucket, ofBucket, inventory, kmsKeyArn), ...common]);
}

const bucketNames = (streams: readonly StreamWithBackup[]): string[] =>
  [...new Set(streams.map(({ destination }) => destination.backup.bucket))].filter((name) => name !== "");

/** Name of the bucket that all failed records go to: the first one. */
export const backupBucketName = ({ streams }: Pick<AdoptionInventory, "streams">): string | undefined =>
  bucketNames(streams)[0];

const prefixesOf = (streams: readonly StreamWithBackup[]): string[] =>
  ownPrefixes(streams.map(({ destination }) => destination.backup));

/** The reasons not to adopt a bucket: the module expires every object, and replaces the lifecycle and the policy. */
function obstaclesOf(
  bucket: AdoptableBucket,
  streams: readonly StreamWithBackup[],
  { otherStreams, location }: AdoptionInventory,
  kmsKeyArn: unknown,
): string[] {
  const { name, region, isOwn, otherContents, policyStatements = [], encryption } = bucket;
  const { otherRules } = lifecycleFacts(bucket.lifecycleRules, prefixesOf(streams));
  const statements = policyStatements.filter(({ sid }) => sid !== TLS_ONLY_SID);
  const violated = LIMITS.bucketName.find((rule) => !rule.allows(name));
  const archives = streams.filter(({ destination }) => destination.backup.mode === "AllData");
  const users = (otherStreams instanceof UndeterminedError ? [] : otherStreams.buckets).filter(
    ({ bucketArn }) => bucketArn === bucketArnOf(location.partition, name),
  );
  const expires = "the module's lifecycle expires every object";
  return [
    ...(isOwn ? [] : ["another account owns it"]),
    ...(region === location.region ? [] : [`it is in ${region}, but the streams are in ${location.region}`]),
    ...(users.length === 0 ? [] : [`others use it too: ${users.map(({ user }) => user).join(", ")}`]),
    ...(otherContents.length === 0 ? [] : [`it has other contents, and ${expires}: ${otherContents.join(", ")}`]),
    ...(archives.length === 0
      ? []
      : [`it has all data of ${archives.map((stream) => stream.name).join(" and ")} (AllData), and ${expires}`]),
    ...(otherRules.length === 0
      ? []
      : [`its lifecycle has other rules, which the module would remove: ${otherRules.join(", ")}`]),
    ...(statements.length === 0
      ? []
      : [
          `its policy has other statements, which the module would remove: ${statements.map(({ sid }) => sid || "one without a Sid").join(", ")}`,
        ]),
    ...(encryption?.keyArn === undefined || encryption.keyArn === kmsKeyArn
      ? []
      : [
          `it is encrypted with ${encryption.keyArn}, but the streams ${kmsKeyArn === undefined ? "are not" : "use another key"}`,
        ]),
    ...(violated === undefined ? [] : [`a name that the module creates must ${violated.text}`]),
  ];
}

const keptBucket = (name: string, reasons: readonly string[], partition: string): Partial<AdoptionPart> => ({
  items: [
    {
      ...leave(
        bucketSubject(name),
        "create_backup_bucket",
        "false: failed records are still written to the bucket, whose settings stay as they are",
        "Expire failed records under the failure prefixes with a lifecycle rule of your own.",
      ),
      details: reasons,
    },
  ],
  inputs: { createBackupBucket: false, backupBucketArn: bucketArnOf(partition, name) },
});

function adoptedBucket(
  name: string,
  bucket: AdoptableBucket | undefined,
  streams: readonly StreamWithBackup[],
  { location }: AdoptionInventory,
  kmsKeyArn: unknown,
): AdoptionPart {
  const subject = bucketSubject(name);
  const settings: Readonly<Record<ImportedBucketSetting, boolean>> = {
    publicAccess: bucket?.publicAccessBlocks !== undefined,
    ownership: bucket?.objectOwnership !== undefined,
    encryption: bucket?.encryption !== undefined,
    versioning: bucket?.versioning !== undefined,
    policy: bucket?.policyStatements !== undefined,
    lifecycle: bucket?.lifecycleRules !== undefined,
  };
  const { retentionDays } = lifecycleFacts(bucket?.lifecycleRules, prefixesOf(streams));
  const isDefaultName = name === backupBucketNameParts(location.accountId, location.region).join("-");
  return mergedParts([
    importOrCreate(subject, IMPORT_ADDRESSES.bucket, name, bucket !== undefined),
    ...Object.entries(IMPORT_ADDRESSES.bucketSettings).map(([setting, to]) =>
      importOrCreate(subject, to, name, isSetting(setting) && settings[setting]),
    ),
    {
      items:
        bucket === undefined
          ? []
          : [
              ...(retentionDays === undefined ? [expiryItem(subject)] : []),
              ...bucketChanges(subject, bucket, bucketArnOf(location.partition, name), kmsKeyArn),
              ...lifecycleChange(subject, bucket.lifecycleRules, prefixesOf(streams)),
            ],
      inputs: {
        ...(isDefaultName ? {} : { backupBucketName: name }),
        ...(retentionDays === undefined ? {} : { backupRetentionDays: retentionDays }),
      },
    },
  ]);
}

const isSetting = (name: string): name is ImportedBucketSetting => name in IMPORT_ADDRESSES.bucketSettings;

const expiryItem = (subject: string): AdoptionItem =>
  change(
    subject,
    "expiry",
    `objects never expire now; after the apply they expire ${INPUTS.backupRetentionDays.default} days after they were written, and older failed records are deleted soon`,
    "Replay what is still needed first (kloudfuse-firehose replay), or set backup_retention_days.",
  );

const otherBucket = (other: string, name: string): AdoptionItem =>
  leave(
    bucketSubject(other),
    "bucket",
    `is no longer used, and keeps its contents: the module has one bucket; after the apply all failed records go to ${name}`,
    "Replay its failed records before the apply. To keep a bucket for each stream, adopt each stream into a module of its own, with --signal.",
  );
