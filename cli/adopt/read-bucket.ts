import {
  GetBucketEncryptionCommand,
  GetBucketLifecycleConfigurationCommand,
  GetBucketLocationCommand,
  GetBucketOwnershipControlsCommand,
  GetBucketPolicyCommand,
  GetBucketTaggingCommand,
  GetBucketVersioningCommand,
  GetPublicAccessBlockCommand,
  type LifecycleRule,
} from "@aws-sdk/client-s3";
import { call } from "../aws/call";
import type { S3Context } from "../aws/context";
import type { Encryption } from "../verify/bucket";
import { regionOfLocation } from "../verify/read-bucket";
import { resourceRulesOf } from "../verify/rules";
import { otherContents } from "./read-contents";
import { type TagMap, tagMapOf } from "./read-tags";

/** A bucket as far as its adoption depends on it. */
export interface AdoptableBucket {
  readonly name: string;
  readonly region: string;
  /** What is in it besides failed records: names of folders and objects, a few of them. */
  readonly otherContents: readonly string[];
  /** Undefined: it has no lifecycle configuration. */
  readonly lifecycleRules: readonly LifecycleRule[] | undefined;
  /** Ids of the statements of its policy; undefined: it has none. */
  readonly policyStatements: readonly string[] | undefined;
  readonly hasPublicAccessBlock: boolean;
  readonly hasOwnershipControls: boolean;
  /** Whether versioning was ever switched on. */
  readonly isVersioned: boolean;
  /** Undefined: it has no default encryption. */
  readonly encryption: Encryption | undefined;
  readonly tags: TagMap;
}

/**
 * Reads a bucket, all side by side; undefined where it does not exist.
 *
 * @param ownPrefixes prefixes of the failed records
 * @throws UndeterminedError when AWS does not say
 */
export async function readAdoptableBucket(
  context: S3Context,
  name: string,
  ownPrefixes: readonly string[],
): Promise<AdoptableBucket | undefined> {
  const { s3 } = context;
  const Bucket = name;
  const location = await call("s3:GetBucketLocation", s3.send(new GetBucketLocationCommand({ Bucket })));
  if (location === undefined) {
    return undefined;
  }
  const [contents, lifecycle, policy, blocks, ownership, versioning, encryption, tagging] = await Promise.all([
    otherContents(context, name, ownPrefixes),
    call("s3:GetLifecycleConfiguration", s3.send(new GetBucketLifecycleConfigurationCommand({ Bucket }))),
    call("s3:GetBucketPolicy", s3.send(new GetBucketPolicyCommand({ Bucket }))),
    call("s3:GetBucketPublicAccessBlock", s3.send(new GetPublicAccessBlockCommand({ Bucket }))),
    call("s3:GetBucketOwnershipControls", s3.send(new GetBucketOwnershipControlsCommand({ Bucket }))),
    call("s3:GetBucketVersioning", s3.send(new GetBucketVersioningCommand({ Bucket }))),
    call("s3:GetEncryptionConfiguration", s3.send(new GetBucketEncryptionCommand({ Bucket }))),
    call("s3:GetBucketTagging", s3.send(new GetBucketTaggingCommand({ Bucket }))),
  ]);
  const rule = encryption?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
  return {
    name,
    region: regionOfLocation(location.LocationConstraint),
    otherContents: contents,
    lifecycleRules: lifecycle?.Rules,
    policyStatements: policy && resourceRulesOf("bucket policy", policy.Policy).map(({ sid }) => sid),
    hasPublicAccessBlock: blocks?.PublicAccessBlockConfiguration !== undefined,
    hasOwnershipControls: ownership?.OwnershipControls !== undefined,
    isVersioned: versioning?.Status !== undefined,
    encryption: rule && { algorithm: rule.SSEAlgorithm ?? "", keyArn: rule.KMSMasterKeyID },
    tags: tagMapOf(tagging?.TagSet),
  };
}
