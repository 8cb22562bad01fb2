/**
 * The four settings that block public access to a bucket: as attributes of the AWS provider, as properties of its
 * construct, and as fields of the S3 API. Source: Amazon S3 API, PublicAccessBlockConfiguration.
 */
export const PUBLIC_ACCESS_BLOCKS = [
  { attribute: "block_public_acls", property: "blockPublicAcls", field: "BlockPublicAcls" },
  { attribute: "ignore_public_acls", property: "ignorePublicAcls", field: "IgnorePublicAcls" },
  { attribute: "block_public_policy", property: "blockPublicPolicy", field: "BlockPublicPolicy" },
  { attribute: "restrict_public_buckets", property: "restrictPublicBuckets", field: "RestrictPublicBuckets" },
] as const;
