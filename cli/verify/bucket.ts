import { note, ok, type Outcome, problem } from "../checks/check";
import { PUBLIC_ACCESS_BLOCKS } from "../../modules/public-access-blocks";
import { UndeterminedError } from "../exit-codes";
import { type Answer } from "../aws/attempt";
import { undetermined } from "../checks/undetermined";
import { bucketArnOf } from "./needs";
import { bucketPolicyOutcome } from "./resource-policy";
import type { NamedStatement } from "./rules";
import type { RoleLocation } from "./trust";

/** The Block Public Access settings, as the S3 API names them. */
export const PUBLIC_ACCESS_FIELDS = PUBLIC_ACCESS_BLOCKS.map(({ field }) => field);

export type PublicAccessBlock = (typeof PUBLIC_ACCESS_FIELDS)[number];

/** The backup bucket as S3 describes it. */
export interface Bucket {
  readonly name: string;
  /** Undefined when there is no such bucket. */
  readonly region: Answer<string | undefined>;
  /** The blocks that are on. */
  readonly blocks: Answer<readonly PublicAccessBlock[]>;
  /** Undefined if S3 does not say: it evaluates the bucket's policy, which may be missing. */
  readonly isPublic: Answer<boolean | undefined>;
  /** Undefined when there is no default encryption. */
  readonly encryption: Answer<Encryption | undefined>;
  /** None when the bucket has no policy. */
  readonly policy: Answer<readonly NamedStatement[]>;
}

export interface Encryption {
  readonly algorithm: string;
  /** ARN or alias; undefined when S3 uses no key of KMS, or the one that AWS manages. */
  readonly keyArn: string | undefined;
}

/**
 * Checks that the backup bucket exists in the streams' region, is not public, is encrypted, and grants access to nobody
 * else.
 *
 * @param location of the streams
 */
export function bucketOutcomes(bucket: Bucket, location: RoleLocation): Outcome[] {
  const { region: streamRegion, partition } = location;
  if (bucket.region === undefined) {
    return [
      problem(
        "bucket",
        "does not exist",
        `Create the bucket ${bucket.name} in ${streamRegion} again, or configure another one for the streams: undelivered data is lost.`,
      ),
    ];
  }
  return [
    ...regionOutcomes(bucket.region, streamRegion),
    publicOutcome(bucket),
    bucket.encryption instanceof UndeterminedError
      ? undetermined("encryption", bucket.encryption)
      : encryptionOutcome(bucket.encryption),
    bucket.policy instanceof UndeterminedError
      ? undetermined("bucket policy", bucket.policy)
      : bucketPolicyOutcome(bucket.policy, bucketArnOf(partition, bucket.name), location),
  ];
}

function regionOutcomes(region: Answer<string>, streamRegion: string): Outcome[] {
  if (region instanceof UndeterminedError) {
    return [undetermined("bucket", region)];
  }
  return [
    ok("bucket", "exists"),
    region === streamRegion
      ? ok("region", region)
      : note(
          "region",
          `${region}, but the streams are in ${streamRegion}`,
          `No action needed if several regions share the bucket, each with a backup_prefix of its own: failures and replay cannot distinguish streams of one name under one prefix. A KMS key for the backup must be in ${region}. Otherwise configure a bucket for the streams in ${streamRegion}.`,
        ),
  ];
}

function publicOutcome({ blocks, isPublic }: Bucket): Outcome {
  const name = "public access";
  const remedy = "Turn on all four Block Public Access settings of the bucket, and remove any grant to the public.";
  if (blocks instanceof UndeterminedError) {
    return undetermined(name, blocks);
  }
  const missing = PUBLIC_ACCESS_FIELDS.filter((block) => !blocks.includes(block));
  if (missing.length === 0) {
    return ok(name, "blocked");
  }
  const off = `${missing.join(", ")} ${missing.length === 1 ? "is" : "are"} off`;
  if (isPublic === true) {
    return problem(name, `the bucket's policy makes it public; ${off}`, remedy);
  }
  return isPublic === false
    ? note(
        name,
        `not public; ${off}`,
        "Turn on all four Block Public Access settings, so that it cannot become public.",
      )
    : problem(name, off, remedy);
}

function encryptionOutcome(encryption: Encryption | undefined): Outcome {
  return encryption === undefined
    ? problem(
        "encryption",
        "no default encryption",
        "Set the bucket's default encryption: AES256, or aws:kms with a key.",
      )
    : ok(
        "encryption",
        encryption.keyArn === undefined ? encryption.algorithm : `${encryption.algorithm} ${encryption.keyArn}`,
      );
}
