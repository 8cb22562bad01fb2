import {
  GetBucketEncryptionCommand,
  GetBucketLocationCommand,
  GetBucketPolicyCommand,
  GetBucketPolicyStatusCommand,
  GetPublicAccessBlockCommand,
} from "@aws-sdk/client-s3";
import { call } from "../aws/call";
import type { AwsContext } from "../aws/context";
import { attempt } from "../aws/attempt";
import { type Bucket, type Encryption, PUBLIC_ACCESS_FIELDS, type PublicAccessBlock } from "./bucket";
import { POLICY_NAMES } from "./resource-policy";
import { resourceRulesOf, type NamedStatement } from "./rules";

type BucketContext = Pick<AwsContext, "s3">;

/** Reads the settings of a bucket in parallel. */
export async function readBucket(context: BucketContext, name: string): Promise<Bucket> {
  const [region, blocks, isPublic, encryption, policy] = await Promise.all([
    attempt(regionOf(context, name)),
    attempt(blocksOf(context, name)),
    attempt(isPublicByPolicy(context, name)),
    attempt(encryptionOf(context, name)),
    attempt(policyOf(context, name)),
  ]);
  return { name, region, blocks, isPublic, encryption, policy };
}

async function regionOf({ s3 }: BucketContext, name: string): Promise<string | undefined> {
  const command = new GetBucketLocationCommand({ Bucket: name });
  const answer = await call("s3:GetBucketLocation", s3.send(command));
  return answer && regionOfLocation(answer.LocationConstraint);
}

/** S3 has special location names for its two oldest regions. */
export function regionOfLocation(location: string | undefined): string {
  return location === undefined || location === "" ? "us-east-1" : location === "EU" ? "eu-west-1" : location;
}

async function blocksOf({ s3 }: BucketContext, name: string): Promise<readonly PublicAccessBlock[]> {
  const command = new GetPublicAccessBlockCommand({ Bucket: name });
  const answer = await call("s3:GetBucketPublicAccessBlock", s3.send(command));
  return PUBLIC_ACCESS_FIELDS.filter((block) => answer?.PublicAccessBlockConfiguration?.[block] === true);
}

async function isPublicByPolicy({ s3 }: BucketContext, name: string): Promise<boolean | undefined> {
  const command = new GetBucketPolicyStatusCommand({ Bucket: name });
  const answer = await call("s3:GetBucketPolicyStatus", s3.send(command));
  return answer?.PolicyStatus?.IsPublic;
}

async function encryptionOf({ s3 }: BucketContext, name: string): Promise<Encryption | undefined> {
  const command = new GetBucketEncryptionCommand({ Bucket: name });
  const answer = await call("s3:GetEncryptionConfiguration", s3.send(command));
  const rule = answer?.ServerSideEncryptionConfiguration?.Rules?.[0]?.ApplyServerSideEncryptionByDefault;
  return rule && { algorithm: rule.SSEAlgorithm ?? "", keyArn: rule.KMSMasterKeyID };
}

async function policyOf({ s3 }: BucketContext, name: string): Promise<readonly NamedStatement[]> {
  const command = new GetBucketPolicyCommand({ Bucket: name });
  const answer = await call("s3:GetBucketPolicy", s3.send(command));
  return resourceRulesOf(POLICY_NAMES.bucket, answer?.Policy);
}
