/** Settings of the backup bucket that no input changes, in the words of S3's API. */
export const BACKUP_BUCKET_SETTINGS = {
  /** ACLs are disabled. */
  objectOwnership: "BucketOwnerEnforced",
  versioning: "Enabled",
  /** Days after which a version that was overwritten or deleted expires. */
  noncurrentVersionDays: 7,
  /** Days after which the parts of an upload that was never completed are deleted. */
  incompleteUploadDays: 7,
} as const;
