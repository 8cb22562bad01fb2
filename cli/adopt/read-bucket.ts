import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  HeadBucketCommand,
  type LifecycleRule,
  S3ServiceException,
} from "@aws-sdk/client-s3";
import { call, toUserError } from "../aws/call";
import type { S3Context } from "../aws/context";
import { type Encryption, PUBLIC_ACCESS_FIELDS, type PublicAccessBlock } from "../verify/bucket";
import { regionOfLocation } from "../verify/read-bucket";
import { type NamedStatement, resourceRulesOf } from "../verify/rules";
import { listOtherContents } from "./read-contents";
import { type TagMap, tagMapOf } from "./read-tags";

/** A bucket as far as its adoption depends on it. */
export interface AdoptableBucket {
  readonly name: string;
  readonly region: string;
  /** Whether the account of the streams owns it. */
  readonly isOwn: boolean;
  /** Names of some folders and objects in it that are not failed records. */
  readonly otherContents: readonly string[];
  /** Undefined: it has no lifecycle configuration. */
  readonly lifecycleRules: readonly LifecycleRule[] | undefined;
  /** Undefined: it has no policy. */
  readonly policyStatements: readonly NamedStatement[] | undefined;
  /** The blocks of public access that are on; undefined: it has no such configuration. */
  readonly publicAccessBlocks: readonly PublicAccessBlock[] | undefined;
  /** AWS's value, such as `ObjectWriter`; undefined: it has no ownership controls. */
  readonly objectOwnership: string | undefined;
  /** AWS's value: `Enabled` or `Suspended`; undefined: versioning was never switched on. */
  readonly versioning: string | undefined;
  /** Undefined: it has no default encryption. */
  readonly encryption: Encryption | undefined;
  /** Whether S3 uses a bucket key, which saves requests to KMS. */
  readonly hasBucketKey: boolean;
  readonly tags: TagMap;
}

/**
 * Reads a bucket and its settings in parallel; undefined if it does not exist.
 *
 * @param accountId account of the streams
 * @param ownPrefixes prefixes of the failed records
 * @throws UndeterminedError when AWS does not say
 */
export async function readAdoptableBucket(
  context: S3Context,
  name: string,
  accountId: string,
  ownPrefixes: readonly string[],
): Promise<AdoptableBucket | undefined> {
  const { s3 } = context;
  const Bucket = name;
  const location = await call("s3:GetBucketLocation", s3.send(new GetBucketLocationCommand({ Bucket })));
  if (location === undefined) {
    return undefined;
  }
  const [isOwn, contents, lifecycle, policy, blocks, ownership, versioning, encryption, tagging] = await Promise.all([
    isOwnedBy(context, name, accountId),
    listOtherContents(context, name, ownPrefixes),
    call("s3:GetLifecycleConfiguration", s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))),
    call("s3:GetBucketPolicy", s3.send(new GetBucketPolicyCommand({ Bucket }))),
    call("s3:GetBucketPublicAccessBlock", s3.send(new GetPublicAccessBlockCommand({ Bucket }))),
    call("s3:GetBucketOwnershipControls", s3.send(new GetBucketOwnershipControlsCommand({ Bucket }))),
    call("s3:GetBucketVersioning", s3.send(new GetBucketVersioningCommand({ Bucket }))),
    call("s3:GetEncryptionConfiguration", s3.send(new GetBucketEncryptionCommand({ Bucket }))),
    call("s3:GetBucketTagging", s3.send(new GetBucketTaggingCommand({ Bucket }))),
  ]);
  const encryptionRule = encryption?.ServerSideEncryptionConfiguration?.Rules?.[0];
  const rule = encryptionRule?.ApplyServerSideEncryptionByDefault;
  const blocksOn = blocks?.PublicAccessBlockConfiguration;
  return {
    name,
    region: regionOfLocation(location.LocationConstraint),
    isOwn,
    otherContents: contents,
    lifecycleRules: lifecycle?.Rules,
    policyStatements: policy && resourceRulesOf("bucket policy", policy.Policy),
    publicAccessBlocks: blocksOn && PUBLIC_ACCESS_FIELDS.filter((field) => blocksOn[field] === true),
    objectOwnership: ownership?.OwnershipControls && (ownership.OwnershipControls.Rules?.[0]?.ObjectOwnership ?? ""),
    versioning: versioning?.Status,
    encryption: rule && { algorithm: rule.SSEAlgorithm ?? "", keyArn: rule.KMSMasterKeyID },
    hasBucketKey: encryptionRule?.BucketKeyEnabled === true,
    tags: tagMapOf(tagging?.TagSet),
  };
}

/**
 * S3 denies a call with another expected owner. If listing the bucket is denied at all, `listOtherContents` reports it.
 */
async function isOwnedBy({ s3 }: S3Context, Bucket: string, ExpectedBucketOwner: string): Promise<boolean> {
  try {
    await s3.send(new HeadBucketCommand({ Bucket, ExpectedBucketOwner }));
    return true;
  } catch (error) {
    // An answer to HEAD has no body, and so no error code.
    if (error instanceof S3ServiceException && error.$metadata.httpStatusCode === 403) {
      return false;
    }
    throw toUserError("s3:ListBucket", error);
  }
}
