import { BACKUP_BUCKET_SETTINGS } from "../../modules/backup-bucket-settings";
import { tlsOnlyStatements } from "../../modules/policy-statements";
import { PUBLIC_ACCESS_FIELDS } from "../verify/bucket";
import { type AdoptionItem, change } from "./part";
import type { AdoptableBucket } from "./read-bucket";
import { hasSameStatements } from "./same-statements";

/**
 * The existing settings of a bucket that Terraform changes in place; settings that it lacks are created.
 *
 * @param kmsKeyArn the key that the streams will have
 */
export const bucketChanges = (
  subject: string,
  bucket: AdoptableBucket,
  arn: string,
  kmsKeyArn: unknown,
): AdoptionItem[] => [
  ...publicAccessChange(subject, bucket),
  ...ownershipChange(subject, bucket),
  ...encryptionChange(subject, bucket, kmsKeyArn),
  ...versioningChange(subject, bucket),
  ...policyChange(subject, bucket, arn),
];

function publicAccessChange(subject: string, { publicAccessBlocks: on }: AdoptableBucket): AdoptionItem[] {
  const off = on === undefined ? [] : PUBLIC_ACCESS_FIELDS.filter((block) => !on.includes(block));
  return off.length === 0
    ? []
    : [
        change(
          subject,
          "public access",
          `${off.join(", ")}: off becomes on`,
          "Use --keep bucket if public access is intended.",
        ),
      ];
}

function ownershipChange(subject: string, { name, objectOwnership }: AdoptableBucket): AdoptionItem[] {
  const wanted = BACKUP_BUCKET_SETTINGS.objectOwnership;
  return objectOwnership === undefined || objectOwnership === wanted
    ? []
    : [
        change(
          subject,
          "ownership",
          `${objectOwnership || "not shown by AWS"} becomes ${wanted}: ACLs are disabled`,
          `S3 rejects this while the bucket's ACL grants access to others: aws s3api get-bucket-acl --bucket ${name} shows it. Use --keep bucket to keep ACLs.`,
        ),
      ];
}

/** Never called for a bucket whose customer-managed key the streams do not use: such a bucket stays as it is. */
function encryptionChange(
  subject: string,
  { encryption, hasBucketKey }: AdoptableBucket,
  kmsKeyArn: unknown,
): AdoptionItem[] {
  if (encryption === undefined) {
    return [];
  }
  const { algorithm, keyArn } = encryption;
  const hasKey = typeof kmsKeyArn === "string";
  const found = keyArn === undefined ? keylessText(algorithm) : `${algorithm} with ${keyArn}`;
  const wanted = hasKey ? `aws:kms with ${kmsKeyArn}` : "AES256";
  const isWeaker = algorithm === "aws:kms:dsse" || (algorithm === "aws:kms" && !hasKey);
  return [
    ...(found === wanted
      ? []
      : [
          isWeaker
            ? change(
                subject,
                "encryption",
                `${found} becomes ${wanted}: new objects get weaker encryption`,
                "Use --keep bucket to keep this encryption: the module supports only AES256, and aws:kms with the customer-managed key of streams and bucket (kms_key_arn).",
              )
            : change(subject, "encryption", `${found} becomes ${wanted}`),
        ]),
    ...(hasBucketKey === hasKey
      ? []
      : [change(subject, "bucket key", hasKey ? "off becomes on: S3 sends fewer requests to KMS" : "on becomes off")]),
  ];
}

const keylessText = (algorithm: string): string =>
  algorithm.startsWith("aws:kms") ? `${algorithm} with the key that AWS manages` : algorithm || "not shown by AWS";

function versioningChange(subject: string, { versioning }: AdoptableBucket): AdoptionItem[] {
  const { versioning: wanted, noncurrentVersionDays } = BACKUP_BUCKET_SETTINGS;
  return versioning === undefined || versioning === wanted
    ? []
    : [
        change(
          subject,
          "versioning",
          `${versioning} becomes ${wanted}: objects that are deleted or overwritten are kept, and billed, for another ${noncurrentVersionDays} days`,
          "Use --keep bucket to keep it.",
        ),
      ];
}

function policyChange(subject: string, { policyStatements }: AdoptableBucket, arn: string): AdoptionItem[] {
  return policyStatements === undefined || hasSameStatements(policyStatements, tlsOnlyStatements(arn))
    ? []
    : [
        change(
          subject,
          "policy",
          "becomes the module's, which denies requests without TLS to everyone",
          "Use --keep bucket to keep it.",
        ),
      ];
}
